import { day, hour, minute, second } from '../domain/durations.ts';
import type {
  NumberCall,
  NumberCallBudget,
  NumberCallKind,
  NumberCallLeave,
  PoolStore,
} from '../ports/pool-store.ts';

/** What is kept as the reason of a call that surely never left this machine. */
export const notSent = 'not_sent';

/**
 * What the kit allows itself for each telephone number, below what Meta is thought to allow.
 *
 * - `add`: Meta names no limit; a list that is imported every minute must not ask it every minute. While one is under way (a
 *   call is over after 8 seconds) there is no other.
 * - `request_code`: Meta's limit has no name; ten in 12 hours is what some count, the popup's included.
 * - `verify_code`: the fifth wrong code blocks the number for 12 hours, so one is left to the popup. Every try since the
 *   last right code counts, because a code whose answer was lost may have been a wrong one.
 */
export const numberCallBudgets: Readonly<Record<NumberCallKind, NumberCallBudget>> = {
  add: { window: day, calls: 10, apart: 15 * second },
  request_code: { window: 12 * hour, calls: 6, apart: minute },
  verify_code: { window: 12 * hour, calls: 4, apart: 0 },
};

/** As many calls as the ledger is looked through for those that do not count. */
const mostLooked = 50;

/**
 * The budget for the next call: one that never left this machine cost nothing at Meta, and is given back.
 *
 * @throws StoreUnavailableError
 */
export async function budgetFor(
  store: Pick<PoolStore, 'listNumberCalls'>,
  { phoneNumber, kind, now }: { phoneNumber: string; kind: NumberCallKind; now: number },
): Promise<NumberCallBudget> {
  const budget = numberCallBudgets[kind];
  const calls = await store.listNumberCalls({ phoneNumber, kind, limit: mostLooked });
  return { ...budget, calls: budget.calls + unsent(calls, kind, now - budget.window) };
}

/** @param calls the newest first */
function unsent(calls: readonly NumberCall[], kind: NumberCallKind, since: number): number {
  // The store counts codes since the last right one.
  const right = kind === 'verify_code' ? calls.findIndex(({ outcome }) => outcome === 'done') : -1;
  return (right === -1 ? calls : calls.slice(0, right)).filter(
    ({ at, outcome, reason }) => at > since && outcome === 'refused' && reason === notSent,
  ).length;
}

/**
 * Writes a call into the ledger before it is made, if it may be made.
 *
 * @param input.apart another distance to the call before than the usual one, milliseconds
 * @throws StoreUnavailableError
 */
export async function spendNumberCall(
  store: Pick<PoolStore, 'listNumberCalls' | 'spendNumberCall'>,
  {
    apart,
    ...call
  }: Omit<Parameters<PoolStore['spendNumberCall']>[0], 'budget'> & { apart?: number | undefined },
): Promise<NumberCallLeave> {
  const budget = await budgetFor(store, call);
  return store.spendNumberCall({ ...call, budget: apart === undefined ? budget : { ...budget, apart } });
}
