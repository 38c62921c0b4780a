import type { Kysely } from 'kysely';
import type { IdentityStore } from '../../ports/identity-store.ts';
import { isHeard, tellHostBesideClaims } from '../host-events/tell-host.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** What the host is told of a changed identity. JSON. */
export type ChangeData = Readonly<Record<string, string>>;

/**
 * Tells of changes that were noted where nobody hears of them. Most nodes find none each time, so that is found out by a look
 * at a small index, without a transaction.
 */
export async function tellOfUnheardChanges(
  deps: QueryDeps,
  { now, limit }: Parameters<IdentityStore['tellOfUnheardChanges']>[0],
): ReturnType<IdentityStore['tellOfUnheardChanges']> {
  const { engine, scope } = deps;
  if (!isHeard(deps, 'identityChanged')) return 0;
  const some = await engine.reading(() => untold(engine.read, deps, 1).execute());
  if (some.length === 0) return 0;
  return engine.write(async (trx) => {
    const rows = await untold(trx, deps, limit)
      // Another node may be telling of them, or the host vouching for one: nobody waits here.
      .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked())
      .execute();
    for (const { phone_number_id, digits, untold: kept } of rows) {
      if (kept === null) continue;
      const data = JSON.parse(kept) as ChangeData; // written by this kit alone
      await tellHostBesideClaims(trx, deps, { type: 'identityChanged', now, data });
      await trx
        .updateTable('signup_identities')
        .set({ untold: null })
        .where('app_id', '=', scope.appId)
        .where('business_id', '=', scope.businessId)
        .where('phone_number_id', '=', phone_number_id)
        .where('digits', '=', digits)
        .execute();
    }
    return rows.length;
  });
}

const untold = (db: Pick<Kysely<Tables>, 'selectFrom'>, { scope }: QueryDeps, limit: number) =>
  db
    .selectFrom('signup_identities')
    .select(['phone_number_id', 'digits', 'untold'])
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('untold', 'is not', null)
    .orderBy('phone_number_id')
    .orderBy('digits')
    .limit(limit);
