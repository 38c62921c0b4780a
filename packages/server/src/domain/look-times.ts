import { day, hour, minute, second } from './durations.ts';

/** Between looks at an account at which something is open. Milliseconds; what is longer open is looked at once a day. */
const waits = [30 * second, minute, 5 * minute, 15 * minute, hour, 6 * hour] as const;

/** So long an account that is news has the chance to show what it is about. Milliseconds. */
const newsLasts = 6 * hour;

/** The looks of routine are spread over so much of a day. Milliseconds. */
const spread = 4 * hour;

/**
 * When to look again at an account at which something is open; `undefined` when this was the last look for that.
 *
 * @param looks since the news, this one included
 * @param since when the account was news, milliseconds UTC: looks that failed must not use its time up
 */
export function nextLook(facts: { looks: number; since: number; now: number }): number | undefined {
  const { looks, since, now } = facts;
  const wait = waits[looks - 1];
  if (wait !== undefined) return now + wait;
  return now < since + newsLasts ? now + hour : undefined;
}

/** When to look at an account as a matter of routine: after most of a day, and not when all the others are looked at. */
export function routineLook(wabaId: string, now: number): number {
  let mixed = 2_166_136_261;
  for (const digit of wabaId) mixed = Math.imul(mixed ^ digit.charCodeAt(0), 16_777_619) >>> 0;
  return now + day - (mixed % spread);
}
