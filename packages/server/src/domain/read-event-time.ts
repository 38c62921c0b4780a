import { day, second } from './durations.ts';

/** Above this, a time is in milliseconds: in seconds it would be the year 5138. */
const mostSeconds = 100_000_000_000;

/** How far Meta's clock may be before ours. A time beyond that is no time, and would win over all later news. */
const mostAhead = day;

/**
 * When Meta says that something happened: seconds by its documents; milliseconds, texts and ISO 8601 are understood as well.
 * `undefined` when it says nothing that can be used.
 *
 * @param now milliseconds UTC
 * @returns milliseconds UTC, in whole seconds
 */
export function readEventTime(value: unknown, now: number): number | undefined {
  const time = typeof value === 'string' ? timeOfText(value) : value;
  if (typeof time !== 'number' || !Number.isFinite(time) || time <= 0) return undefined;
  const milliseconds = wholeSeconds(time < mostSeconds ? time * second : time);
  return milliseconds > 0 && milliseconds <= now + mostAhead ? milliseconds : undefined;
}

/** Without what is below a second, as Meta counts. Milliseconds. */
export function wholeSeconds(time: number): number {
  return Math.floor(time / second) * second;
}

function timeOfText(text: string): number {
  if (/^[0-9]{1,20}(\.[0-9]+)?$/.test(text)) return Number(text);
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}T/.test(text) ? Date.parse(text) : Number.NaN;
}
