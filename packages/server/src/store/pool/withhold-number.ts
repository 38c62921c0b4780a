import type { Transaction } from 'kysely';
import type { PoolStore } from '../../ports/pool-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** Who holds a number that is set aside for nobody. Every version of the kit leaves a held number alone. */
const nobody = '';

/** Sets a number aside for nobody, so that it is given to no customer while it is being deleted. */
export async function withholdNumber(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  { id, now, until, force }: Parameters<PoolStore['withholdNumber']>[0],
): ReturnType<PoolStore['withholdNumber']> {
  const row = await trx
    .selectFrom('signup_numbers')
    .select(['claim_id', 'held_by', 'held_until'])
    .where('id', '=', id)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) return 'missing';
  if (row.claim_id !== null) return force ? 'withheld' : 'claimed';
  const isHeld = row.held_by !== null && row.held_by !== nobody && (row.held_until ?? 0) > now;
  if (isHeld && !force) return 'held';
  await trx
    .updateTable('signup_numbers')
    .set({ held_by: nobody, held_until: until })
    .where('id', '=', id)
    .execute();
  await trx
    .updateTable('signup_holds')
    .set({ released_at: now })
    .where('number_id', '=', id)
    .where('released_at', 'is', null)
    .execute();
  return 'withheld';
}

/** Gives a number back that was set aside for nobody. */
export async function releaseNumber(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { id }: { id: string },
): Promise<void> {
  await trx
    .updateTable('signup_numbers')
    .set({ held_by: null, held_until: null })
    .where('id', '=', id)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('held_by', '=', nobody)
    .execute();
}
