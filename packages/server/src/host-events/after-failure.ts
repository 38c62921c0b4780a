import { day, hour, minute, second } from '../domain/durations.ts';
import type { HostEventEnd, HostEventLease } from '../ports/host-events.ts';
import type { Random } from '../ports/random.ts';

/** Waits after the first tries, milliseconds; the last one is repeated. */
const waits = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour];

/** By which part a wait may be shorter or longer: a host that comes back is not called by all events at once. */
const part = 5;

/** From the first try on, milliseconds. The last try is made at its very end. */
const triedFor = day;

/** What follows a try that failed: another one later, or, a day after the first, none. */
export function afterFailure({
  lease,
  now,
  random,
  error,
}: {
  lease: HostEventLease;
  now: number;
  random: Random;
  error: string;
}): HostEventEnd {
  const until = lease.firstTriedAt + triedFor;
  if (now >= until) return { do: 'give_up', error };
  const wait = waits[Math.min(lease.attempts, waits.length) - 1] ?? hour;
  const spread = wait / part;
  const runAt = now + wait - spread + random.below(2 * spread + 1);
  return { do: 'again', runAt: Math.min(runAt, until), error };
}
