import { day } from './durations.ts';
import { renewableFrom, type NumberFacts } from './number-lifecycle.ts';

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

/**
 * From when on the kit may ask for a code of a number by itself, milliseconds UTC: a day after anybody asked for one, and once
 * its own first three came to nothing, a week after its last one.
 *
 * @param made the newest first, at least the last {@link requestsToKnow} if there are so many
 */
export function nextOwnRequest(facts: NumberFacts, made: readonly CodeRequest[]): number {
  // What was asked for in an earlier window has done its work.
  const since = renewableFrom(facts) ?? 0;
  const own = made.filter(({ at, who }) => who === 'kit' && at >= since);
  const wait = own.length < tries.soon ? tries.apart : tries.later;
  const [lastOwn] = own;
  const [last] = made;
  return Math.max(
    0,
    last === undefined ? 0 : last.at + tries.apart,
    lastOwn === undefined ? 0 : lastOwn.at + wait,
  );
}
