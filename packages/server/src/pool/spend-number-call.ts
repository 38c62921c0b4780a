import { day, hour, minute, second } from '../domain/durations.ts';
import type { GraphErrorKind } from '../ports/graph-error.ts';
import type { NumberCallBudget, NumberCallKind, NumberCallLeave, PoolStore } from '../ports/pool-store.ts';

/** What is kept as the reason of a call that surely never left this machine. */
export const notSent = 'not_sent';

/** Refusals that say nothing about the number: others would end the same. Kept by the kind, whatever Meta's code. */
export const notAboutNumber: ReadonlySet<GraphErrorKind> = new Set(['auth', 'permission', 'throttled']);

/** A call that Meta throttles may be one code too many for this number. */
const ofCodes = [notSent, 'graph:auth', 'graph:permission'];

/**
 * What the kit allows itself for each telephone number, below what Meta is thought to allow. What never left this machine cost
 * nothing at Meta, and what a token that is not good was refused for neither.
 *
 * - `add`: Meta names no limit; a list that is imported every minute must not ask it every minute. While one is under way (a
 *   call is over after 8 seconds) there is no other.
 * - `request_code`: Meta's limit has no name; ten in 12 hours is what some count, the popup's included.
 * - `verify_code`: the fifth wrong code blocks the number for 12 hours, so one is left to the popup. Every try since the
 *   last right code counts, because a code whose answer was lost may have been a wrong one.
 */
export const numberCallBudgets: Readonly<Record<NumberCallKind, NumberCallBudget>> = {
  add: { window: day, calls: 10, apart: 15 * second, uncounted: [...ofCodes, 'graph:throttled'] },
  request_code: { window: 12 * hour, calls: 6, apart: minute, uncounted: ofCodes },
  verify_code: { window: 12 * hour, calls: 4, apart: 0, uncounted: ofCodes },
};

/**
 * Writes a call into the ledger before it is made, if it may be made.
 *
 * @param input.apart another distance to the call before than the usual one, milliseconds
 * @throws StoreUnavailableError
 */
export function spendNumberCall(
  store: Pick<PoolStore, 'spendNumberCall'>,
  {
    apart,
    ...call
  }: Omit<Parameters<PoolStore['spendNumberCall']>[0], 'budget'> & { apart?: number | undefined },
): Promise<NumberCallLeave> {
  const budget = numberCallBudgets[call.kind];
  return store.spendNumberCall({ ...call, budget: apart === undefined ? budget : { ...budget, apart } });
}
