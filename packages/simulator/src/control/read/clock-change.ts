import { bodyOf, text } from './json-readers.ts';

/** Reads `{now | advance}`; `now` in ms or as an ISO 8601 time. Throws TypeError. */
export function readClockChange(value: unknown): { now?: number; advance?: string } {
  const { now, advance } = bodyOf(value, ['now', 'advance']);
  if ((now === undefined) === (advance === undefined)) throw new TypeError('give either now or advance');
  if (advance !== undefined) return { advance: text('advance', advance) };
  const time = typeof now === 'string' ? Date.parse(now) : now;
  if (typeof time !== 'number' || !Number.isFinite(time)) {
    throw new TypeError('now must be milliseconds or an ISO 8601 time');
  }
  return { now: time };
}
