import type { Transaction } from 'kysely';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** Gives back numbers whose hold is over; the hold stays as history. At most `limit`, so that nobody waits long. */
export async function releaseHolds(
  trx: Transaction<Tables>,
  { engine }: QueryDeps,
  { now, limit }: { now: number; limit: number },
): Promise<number> {
  const over = await trx
    .selectFrom('signup_numbers')
    .select('id')
    .where('held_by', 'is not', null)
    .where('held_until', '<=', now)
    .orderBy('held_until')
    .limit(limit)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  const ids = over.map((row) => row.id);
  await giveBack(trx, ids, now);
  return ids.length;
}

/** Ends holds on numbers that this transaction has locked. */
export async function giveBack(trx: Transaction<Tables>, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable('signup_numbers')
    .set({ held_by: null, held_until: null })
    .where('id', 'in', ids)
    .execute();
  await trx
    .updateTable('signup_holds')
    .set({ released_at: now })
    .where('number_id', 'in', ids)
    .where('released_at', 'is', null)
    .execute();
}
