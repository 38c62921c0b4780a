import type { Kysely } from 'kysely';
import { hour, minute } from '../../domain/durations.ts';
import type { PhoneNumberRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/**
 * Reads of all numbers of an account in an hour, at most. Meta counts 200 calls an hour and account (Meta, "Rate limits"), and what
 * people do needs some.
 */
export const mostReadsAnHour = 120;

/** Two reads of one number are at least this far apart, however much happens to it. Milliseconds. */
const leastApart = 5 * minute;

/** How far apart those reads of an account are that need not be made at once. Milliseconds. */
export const spreadBy = hour / mostReadsAnHour;

/** Numbers of an account that are read at once when there is news of all of them. Most accounts may have no more. */
const atOnce = 20;

/**
 * How much later the n-th number of an account is read of which there is news at the same time. Milliseconds.
 *
 * @param n counted from 0
 */
export const laterForNth = (n: number): number => Math.max(0, n + 1 - atOnce) * spreadBy;

/**
 * How far apart two reads of a number of an account are at least, so that all of them come to {@link mostReadsAnHour}. An account
 * that has more numbers is held back as a whole as well, see `withinBudget`. Milliseconds.
 *
 * @param numbers how many the account has
 */
export function apartAmong(numbers: number): number {
  if (numbers > mostReadsAnHour) return numbers * spreadBy;
  const readsOfEach = Math.floor(mostReadsAnHour / Math.max(1, numbers));
  return Math.max(leastApart, Math.ceil(hour / readsOfEach));
}

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
  return (wabaId) => apartAmong(counts.get(wabaId) ?? 1);
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
