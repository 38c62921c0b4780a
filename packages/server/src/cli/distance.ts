import { day, hour, minute } from '../domain/durations.ts';

/** How far away a time is, in words: `in 12 days`, `3 days ago`, `in 1 hour`, `now`. Milliseconds UTC. */
export function distance(time: number, now: number): string {
  const away = Math.abs(time - now);
  if (away < minute) return 'now';
  const words = inUnits(away);
  return time > now ? `in ${words}` : `${words} ago`;
}

/** The largest unit of which there are two, rounded down: nobody is promised a day that is not whole. */
function inUnits(ms: number): string {
  if (ms >= 2 * day) return counted(ms / day, 'day');
  if (ms >= 2 * hour) return counted(ms / hour, 'hour');
  return counted(ms / minute, 'minute');
}

const counted = (amount: number, unit: string): string => {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`;
};

/** A day, such as `2026-08-15`, UTC. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** A moment, such as `2026-08-15 14:05 UTC`. */
export const momentOf = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A moment and how far away it is. */
export const momentAndDistance = (time: number, now: number): string =>
  `${momentOf(time)} (${distance(time, now)})`;
