import type { Kysely } from 'kysely';
import { day, hour, minute } from '../../domain/durations.ts';
import type { PhoneNumberRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { apartAmong, mostReadsAnHour, spreadBy } from './read-plan.ts';

/** Which numbers that are due may be read now. */
export interface WithinBudget {
  may: PhoneNumberRow[];
  /** When the others are due again. Milliseconds UTC. */
  others: { phoneNumberId: string; runAt: number }[];
}

/** Nodes' clocks differ a little: what is further ahead was written by a clock that was wrong. Milliseconds. */
const mostAhead = minute;

/**
 * Keeps the reads of each account below what Meta allows, whatever has made them due: news of all its numbers, an import, an
 * upgrade, plans that have come together by chance, or failures that are tried again soon.
 *
 * @param due in the order in which they would be read
 * @param taken how many of each account were taken for this moment before; counted on
 */
export async function withinBudget(
  db: Pick<Kysely<Tables>, 'selectFrom'>,
  deps: QueryDeps,
  { due, now, taken }: { due: readonly PhoneNumberRow[]; now: number; taken: Map<string, number> },
): Promise<WithinBudget> {
  const accounts = await readsOf(db, deps, [...new Set(due.map(({ waba_id }) => waba_id))], now);
  const heldBack = new Map<string, number>();
  const within: WithinBudget = { may: [], others: [] };
  for (const row of due) {
    const { numbers, reads, oldest } = accounts.get(row.waba_id) ?? { numbers: 1, reads: 0, oldest: now };
    const soonest = lastAsked(row, now) + apartAmong(numbers);
    const others = taken.get(row.waba_id) ?? 0;
    if (soonest <= now && reads + others < mostReadsAnHour) {
      taken.set(row.waba_id, others + 1);
      within.may.push(row);
      continue;
    }
    // An hour after the first of the last hour's reads there is room again, for one after the other.
    const place = heldBack.get(row.waba_id) ?? 0;
    heldBack.set(row.waba_id, place + 1);
    const runAt = soonest > now ? soonest : oldest + hour + place * spreadBy;
    // What is planned for a later day is taken for a clock's mistake.
    const inTime = Math.min(Math.max(runAt, now + 1), now + day);
    within.others.push({ phoneNumberId: row.phone_number_id, runAt: inTime });
  }
  return within;
}

/** When Meta was last asked for the number, whichever way that ended; 0: never, or by a clock that was ahead. */
function lastAsked({ read_at, problem_at }: PhoneNumberRow, now: number): number {
  return Math.max(0, ...[read_at ?? 0, problem_at ?? 0].filter((at) => at <= now + mostAhead));
}

interface AccountReads {
  /** That are in service. */
  numbers: number;
  /** Of the last hour. A number counts once: it is not read twice in an hour where an account has too many of them. */
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
    .select((eb) => {
      const isLate = (column: 'read_at' | 'problem_at') =>
        eb.and([eb(column, '>', now - hour), eb(column, '<=', now + mostAhead)]);
      const asked = eb
        .case()
        .when(isLate('read_at'))
        .then(eb.ref('read_at'))
        .when(isLate('problem_at'))
        .then(eb.ref('problem_at'))
        .else(null)
        .end();
      const inService = eb.case().when('left_at', 'is', null).then(1).else(null).end();
      return [
        'waba_id',
        eb.fn.count(inService).as('numbers'),
        eb.fn.count(asked).as('reads'),
        eb.fn.min(asked).as('oldest'),
      ];
    })
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('waba_id', 'in', wabaIds)
    .groupBy('waba_id')
    .execute();
  return new Map(
    rows.map(({ waba_id, numbers, reads, oldest }) => [
      waba_id,
      { numbers: Number(numbers), reads: Number(reads), oldest: oldest ?? now },
    ]),
  );
}
