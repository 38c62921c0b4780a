import { hour, minute, second } from './durations.ts';

/**
 * A wait in words for people, such as `42 seconds`, `3 minutes` or `12 hours`. Rounded up: who waits that long is not too early.
 *
 * @param ms milliseconds
 */
export function howLong(ms: number): string {
  if (ms <= 90 * second) return counted(Math.max(1, Math.ceil(ms / second)), 'second');
  if (ms <= 90 * minute) return counted(Math.ceil(ms / minute), 'minute');
  return counted(Math.ceil(ms / hour), 'hour');
}

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
