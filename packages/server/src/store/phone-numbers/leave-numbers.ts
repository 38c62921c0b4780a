import type { Kysely, Transaction } from 'kysely';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { lockNumbers, updateNumber } from './known-number.ts';
import { leftIdentityCheck } from './switch-identity-check.ts';

/** Has numbers leave that no live claim owns any more. Those that another claim owns by now, or that have left, stay as they are. */
export async function leaveNumbers(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  phoneNumberIds: readonly string[],
  now: number,
): Promise<void> {
  if (phoneNumberIds.length === 0) return;
  // Once they are locked, whoever makes a claim on one of them live has done so, or does so afterwards.
  const rows = (await lockNumbers(trx, deps, phoneNumberIds)).filter(({ left_at }) => left_at === null);
  if (rows.length === 0) return;
  const owned = await ownedOf(
    trx,
    deps,
    rows.map(({ phone_number_id }) => phone_number_id),
  );
  for (const row of rows) {
    if (owned.has(row.phone_number_id)) continue;
    const check = await leftIdentityCheck(trx, deps, row, now);
    await updateNumber(trx, deps, row.phone_number_id, { left_at: now, ...check });
  }
}

/** Those of the numbers that a live claim owns. */
export async function ownedOf(
  db: Pick<Kysely<Tables>, 'selectFrom'>,
  { scope }: QueryDeps,
  phoneNumberIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('signup_claims')
    .select('phone_number_id')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('live', '=', 1)
    .where('phone_number_id', 'in', phoneNumberIds)
    .execute();
  return new Set(rows.flatMap(({ phone_number_id }) => (phone_number_id === null ? [] : [phone_number_id])));
}
