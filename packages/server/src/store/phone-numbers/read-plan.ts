import type { Kysely } from 'kysely';
import { minute, second } from '../../domain/durations.ts';
import type { PhoneNumberRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/**
 * How far apart two reads of a number are at least, however much happens to it. Milliseconds. Meta counts 200 calls an hour
 * and account (Meta, "Rate limits"): of those, reads take 120 at most, whatever number of numbers the account has.
 */
const apart = { least: 5 * minute, forEachNumber: 30 * second } as const;

/** How far apart the reads of a number of each of these accounts are. Milliseconds. */
export async function apartOnAccounts(
  db: Pick<Kysely<Tables>, 'selectFrom'>,
  { scope }: QueryDeps,
  wabaIds: readonly string[],
): Promise<(wabaId: string) => number> {
  const counts = new Map<string, number>();
  for (let from = 0; from < wabaIds.length; from += slice) {
    const rows = await db
      .selectFrom('signup_phone_numbers')
      .select(({ fn }) => ['waba_id', fn.countAll().as('numbers')])
      .where('app_id', '=', scope.appId)
      .where('business_id', '=', scope.businessId)
      .where('waba_id', 'in', wabaIds.slice(from, from + slice))
      .where('left_at', 'is', null)
      .groupBy('waba_id')
      .execute();
    for (const { waba_id, numbers } of rows) counts.set(waba_id, Number(numbers));
  }
  return (wabaId) => Math.max(apart.least, apart.forEachNumber * (counts.get(wabaId) ?? 1));
}

/** Accounts per statement. */
const slice = 500;

/**
 * When a number of which there is news is read: when it was asked for, or when that was planned already; and not too soon after
 * the last call, whichever way that ended.
 *
 * @param least as {@link apartOnAccounts} says of its account
 */
export function plannedRead(row: PhoneNumberRow, readAt: number, least: number): number {
  const asked = Math.max(row.read_at ?? 0, row.problem_at ?? 0);
  return Math.min(row.run_at, Math.max(readAt, asked + least));
}
