import { day } from './durations.ts';
import { renewableFrom, type NumberFacts } from './number-lifecycle.ts';
import { isOfferable } from './pool-number.ts';

/** A code that was asked for. */
export interface CodeRequest {
  /** Milliseconds UTC. */
  at: number;
  /** `kit`, or an operator's name. */
  who: string;
}

/** How often the kit asks for a code by itself while nothing comes of it. Waits in milliseconds. */
const tries = { soon: 3, apart: day, later: 7 * day } as const;

/** The newest calls of a number that have to be known to say when the next one may be. */
export const requestsToKnow = 12;

/** What the kit asked for by itself since the number could be verified. What was asked for earlier has done its work. */
export function ownRequests(facts: NumberFacts, made: readonly CodeRequest[]): CodeRequest[] {
  const since = renewableFrom(facts) ?? 0;
  return made.filter(({ at, who }) => who === 'kit' && at >= since);
}

/**
 * Numbers in the order in which their codes are to be asked for: those that customers would lose, the one that lapses soonest
 * first, and apart from them those that nobody can be given anyway.
 */
export function orderOfNeed<Facts extends NumberFacts>(
  numbers: readonly Facts[],
  now: number,
): { renewals: Facts[]; others: Facts[] } {
  const from = (number: Facts): number => renewableFrom(number) ?? Number.MAX_SAFE_INTEGER;
  return {
    renewals: numbers
      .filter((number) => isOfferable(number, now))
      .toSorted((one, other) => from(one) - from(other)),
    others: numbers.filter((number) => !isOfferable(number, now)),
  };
}

/**
 * From when on the kit may ask for a code of a number by itself, milliseconds UTC: a day after anybody asked for one, and once
 * its own first three came to nothing, a week after its last one.
 *
 * @param made the newest first, at least the last {@link requestsToKnow} if there are so many
 */
export function nextOwnRequest(facts: NumberFacts, made: readonly CodeRequest[]): number {
  const own = ownRequests(facts, made);
  const wait = own.length < tries.soon ? tries.apart : tries.later;
  const [lastOwn] = own;
  const [last] = made;
  return Math.max(
    0,
    last === undefined ? 0 : last.at + tries.apart,
    lastOwn === undefined ? 0 : lastOwn.at + wait,
  );
}
