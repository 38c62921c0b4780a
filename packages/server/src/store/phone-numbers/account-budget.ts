import type { Kysely } from 'kysely';
import { hour, minute } from '../../domain/durations.ts';
import type { PhoneNumberRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { apartOnAccounts, mostReadsAnHour } from './read-plan.ts';

/** Which numbers that are due may be read now. */
export interface WithinBudget {
  may: PhoneNumberRow[];
  /** Of accounts that may have more reads: those that were read too short a time ago, and when they may be. Milliseconds UTC. */
  tooSoon: { row: PhoneNumberRow; soonest: number }[];
  /** The others, of accounts that may have no more, and when each of these has room again. Milliseconds UTC. */
  usedUp: { row: PhoneNumberRow; roomAt: number }[];
}

/** Nodes' clocks differ a little: what is further ahead was written by a clock that was wrong. Milliseconds. */
const mostAhead = minute;

/**
 * Keeps the reads of each account below what Meta allows, whatever has made them due: news of all its numbers, an import, an
 * upgrade, plans that have come together by chance, or failures that are tried again soon.
 *
 * @param due in the order in which they would be read
 */
export async function withinBudget(
  db: Pick<Kysely<Tables>, 'selectFrom'>,
  deps: QueryDeps,
  { due, now }: { due: readonly PhoneNumberRow[]; now: number },
): Promise<WithinBudget> {
  const wabaIds = [...new Set(due.map(({ waba_id }) => waba_id))];
  const accounts = await readsOf(db, deps, wabaIds, now);
  const readsOn = (wabaId: string) => accounts.get(wabaId) ?? { reads: 0, oldest: now };
  // To count the numbers of an account is not for nothing: so of one that waits for its hour nobody does.
  const open = wabaIds.filter((wabaId) => readsOn(wabaId).reads < mostReadsAnHour);
  const apart = await apartOnAccounts(db, deps, open);
  const within: WithinBudget = { may: [], tooSoon: [], usedUp: [] };
  for (const row of due) {
    const { reads, oldest } = readsOn(row.waba_id);
    if (reads >= mostReadsAnHour) {
      // An hour after the first of the last hour's reads.
      within.usedUp.push({ row, roomAt: oldest + hour });
      continue;
    }
    const soonest = lastAsked(row, now) + apart(row.waba_id);
    if (soonest > now) {
      within.tooSoon.push({ row, soonest });
      continue;
    }
    accounts.set(row.waba_id, { reads: reads + 1, oldest });
    within.may.push(row);
  }
  return within;
}

/** When Meta was last asked for the number, whichever way that ended; 0: never, or by a clock that was ahead. */
function lastAsked({ read_at, problem_at }: PhoneNumberRow, now: number): number {
  return Math.max(0, ...[read_at ?? 0, problem_at ?? 0].filter((at) => at <= now + mostAhead));
}

interface AccountReads {
  /**
   * Of the last hour, and those that somebody has taken and not made yet. A number counts once: it is not read twice in an hour
   * where an account has too many of them.
   */
  reads: number;
  /** The first of these. Milliseconds UTC. */
  oldest: number;
}

async function readsOf(
  db: Pick<Kysely<Tables>, 'selectFrom'>,
  { scope }: QueryDeps,
  wabaIds: readonly string[],
  now: number,
): Promise<Map<string, AccountReads>> {
  if (wabaIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('signup_phone_numbers')
    .select(({ fn }) => ['waba_id', fn.countAll().as('reads'), fn.min('asked_at').as('oldest')])
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('waba_id', 'in', wabaIds)
    .where('asked_at', '>', now - hour)
    .where('asked_at', '<=', now + mostAhead)
    .groupBy('waba_id')
    .execute();
  return new Map(
    rows.map(({ waba_id, reads, oldest }) => [waba_id, { reads: Number(reads), oldest: oldest ?? now }]),
  );
}
