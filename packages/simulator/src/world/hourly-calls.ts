import { HOUR, MINUTE } from '../clock/units.ts';

/** Calls in a rolling hour, counted by the minute so that a counter stays small however many there are. */
export interface HourlyCalls {
  /** Oldest first; `minute` is counted from 1970. */
  minutes: { readonly minute: number; calls: number }[];
  /** Calls in all of them. */
  total: number;
  /** End of the block after too many calls (ms, UTC); 0 when there was none. */
  blockedUntil: number;
}

/** A counter of which nothing is spent. */
export function noHourlyCalls(): HourlyCalls {
  return { minutes: [], total: 0, blockedUntil: 0 };
}

/**
 * Counts a call at `now` (ms, UTC). False when it is one too many: then calls are blocked until enough of the counted
 * ones are an hour old. A call that comes while they are blocked lengthens the block by a minute, but never beyond an
 * hour after it: that calls during a block lengthen it is documented, by how much is not.
 */
export function spendHourlyCall(counter: HourlyCalls, limit: number, now: number): boolean {
  forgetOld(counter, now);
  if (now < counter.blockedUntil) {
    const longer = Math.min(counter.blockedUntil + MINUTE, now + HOUR);
    counter.blockedUntil = Math.max(counter.blockedUntil, longer);
    return false;
  }
  if (counter.total >= limit) {
    counter.blockedUntil = freeAgainAt(counter, limit);
    return false;
  }
  const minute = Math.floor(now / MINUTE);
  const newest = counter.minutes.at(-1);
  // A clock that was set back counts into the newest minute, so that they stay in order.
  if (newest !== undefined && newest.minute >= minute) newest.calls += 1;
  else counter.minutes.push({ minute, calls: 1 });
  counter.total += 1;
  return true;
}

/** How much of the limit is used, in whole percent: 100 only when it is reached. */
export function percentUsed({ total, blockedUntil }: HourlyCalls, limit: number, now: number): number {
  return now < blockedUntil || total >= limit ? 100 : Math.floor((total * 100) / limit);
}

/** Minutes until calls are answered again; 0 when they are. */
export function minutesToRegain(counter: HourlyCalls, limit: number, now: number): number {
  const until = Math.max(counter.blockedUntil, counter.total >= limit ? freeAgainAt(counter, limit) : 0);
  return Math.max(0, Math.ceil((until - now) / MINUTE));
}

function forgetOld(counter: HourlyCalls, now: number): void {
  const oldest = Math.floor((now - HOUR) / MINUTE);
  let first = counter.minutes[0];
  while (first !== undefined && first.minute <= oldest) {
    counter.total -= first.calls;
    counter.minutes.shift();
    first = counter.minutes[0];
  }
}

/** When enough calls are an hour old for one more to be answered (ms, UTC). */
function freeAgainAt({ minutes, total }: HourlyCalls, limit: number): number {
  let left = total;
  for (const { minute, calls } of minutes) {
    left -= calls;
    if (left < limit) return minute * MINUTE + HOUR;
  }
  return 0;
}
