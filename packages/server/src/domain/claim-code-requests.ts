import { day, hour } from './durations.ts';
import type { CodeRequest } from './own-code-requests.ts';
import { textTime } from './text-time.ts';

/** After the kit's first request, and its second one. Milliseconds. */
const waits = [textTime, 2 * hour] as const;

/** The newest calls that have to be known to say when the next one may be. */
export const claimRequestsToKnow = 12;

/** When the kit asks for a code for a claim by itself, milliseconds UTC; or when it leaves that to people. */
export interface NextClaimRequest {
  what: 'ask' | 'leave';
  at: number;
}

/**
 * When the kit asks for a code next for the number of a claim, by itself: at once, then after 15 minutes and 2 hours. Whoever
 * asked for one, its text is waited for. After three that came to nothing it is left to people. Requests that Meta refused are
 * counted as well, and those that turned out to be needless: the claim has come back since.
 *
 * @param made requests for codes to this telephone number, the newest first
 * @param since when the number was proven to be the claim's: what was asked for earlier was for the pool. A time that is still to
 *   come was written by a clock that is ahead, and says nothing: then the last day counts
 */
export function nextClaimRequest(
  made: readonly (CodeRequest & { outcome: string | undefined })[],
  { since, now }: { since: number; now: number },
): NextClaimRequest {
  // Written by a clock that is ahead, it was now at the latest.
  const past = made.map((call) => ({ ...call, at: Math.min(call.at, now) }));
  const from = since <= now ? since : now - day;
  const own = past.filter(({ who, at }) => who === 'kit' && at >= from);
  const [lastOwn] = own;
  const wait = waits[own.length - 1];
  if (lastOwn !== undefined && wait === undefined) return { what: 'leave', at: lastOwn.at + textTime };
  const lastSent = past.find(({ outcome }) => outcome !== 'refused');
  return {
    what: 'ask',
    at: Math.max(
      lastOwn === undefined || wait === undefined ? 0 : lastOwn.at + wait,
      lastSent === undefined ? 0 : lastSent.at + textTime,
    ),
  };
}
