import type { Transaction } from 'kysely';
import type { PoolNumber } from '../../domain/pool-number.ts';
import type { PoolRecord } from '../../ports/records.ts';
import { toPoolRecord } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { toRow, upsertNumbers } from './mirror-pool.ts';
import { markOwned, ownedRows } from './owned-numbers.ts';

/** Writes one number as Meta shows it. */
export async function keepNumber(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { number, now }: { number: PoolNumber; now: number },
): Promise<PoolRecord> {
  const row = toRow(number, scope, now);
  await upsertNumbers(trx, [row], 'reading');
  for (const owned of await ownedRows(trx, scope, [row])) await markOwned(trx, owned);
  const kept = await trx
    .selectFrom('signup_numbers')
    .selectAll()
    .where('id', '=', number.id)
    .executeTakeFirstOrThrow();
  return toPoolRecord(kept);
}

/** Marks a number as gone: it was seen to be, or was deleted. */
export async function markNumberGone(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { id, now }: { id: string; now: number },
): Promise<boolean> {
  const gone = await trx
    .updateTable('signup_numbers')
    .set({
      gone_at: now,
      last_listed_at: now,
      sealed_text: null,
      text_received_at: null,
    })
    .where('id', '=', id)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('gone_at', 'is', null)
    .executeTakeFirst();
  return gone.numUpdatedRows > 0n;
}
