import { minute } from './durations.ts';

/** Somebody for whom a number of the pool was set aside. Times in milliseconds UTC. */
export interface Launch {
  customerId: string;
  heldAt: number;
  /** Until when a sign-up of that time may still come in. */
  claimUntil: number;
}

/**
 * Whose a number is by who could have taken it: one customer; or it is unsure, between these, or whether it was anybody of
 * them at all.
 */
export type WhoLaunched<L extends Launch> = { launch: L } | { unsure: string[] };

/** When a number left the pool, as far as our mirror shows it. Times in milliseconds UTC. */
export interface LeftPool {
  /** It was still listed then. */
  lastListedAt: number | undefined;
  /** It was not listed any more. */
  goneAt: number | undefined;
}

/** Meta's clock and ours differ, and it tells the time of a sign-up in whole seconds; our mirror of the pool lags. Milliseconds. */
const tolerance = 30 * minute;

/**
 * Says who took a number of the pool: the one customer who could have. Never a guess between two.
 *
 * Whoever was ever given the number's id can put it into a popup as long as the number is in the pool, whatever our holds
 * say: so an earlier holder makes it unsure for ever. And the only holder counts only while their session could bring a
 * claim: a page that was opened weeks ago says nothing of a popup that was finished today.
 *
 * @param at when the account was shared with us, by Meta's clock; `undefined` when only Meta's lists show it
 * @param left when it left the pool: without a moment, the sign-up was around that time
 */
export function whoLaunched<L extends Launch>(
  launches: readonly L[],
  at: number | undefined,
  left: LeftPool = { lastListedAt: undefined, goneAt: undefined },
): WhoLaunched<L> {
  // Set aside for somebody well after that moment, so it was in the pool still: the moment is of another sign-up.
  const isOfAnother = at !== undefined && launches.some(({ heldAt }) => heldAt > at + tolerance);
  const moment = isOfAnother ? undefined : at;
  const [from, until] = [moment ?? left.lastListedAt, moment ?? left.goneAt];
  const given = launches.filter(({ heldAt }) => until === undefined || heldAt <= until + tolerance);
  const customerIds = [...new Set(given.map(({ customerId }) => customerId))];
  const launch = given.find(({ claimUntil }) => from === undefined || claimUntil >= from - tolerance);
  return launch !== undefined && customerIds.length === 1 ? { launch } : { unsure: customerIds };
}
