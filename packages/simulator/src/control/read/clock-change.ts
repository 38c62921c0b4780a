import { bodyOf, optional, text } from './json-readers.ts';

/** One of the three things that can be done to the clock. */
export interface ClockChange {
  /** ms, UTC. */
  readonly now?: number | undefined;
  /** ISO 8601 duration. */
  readonly advance?: string | undefined;
  /** Whether the clock is to move with real time from now on. */
  readonly run?: boolean | undefined;
}

/** Reads `{now | advance | run}`; `now` in ms or as an ISO 8601 time. Throws TypeError. */
export function readClockChange(value: unknown): ClockChange {
  const body = bodyOf(value, ['now', 'advance', 'run']);
  if (Object.values(body).filter((given) => given !== undefined).length !== 1) {
    throw new TypeError('give one of now, advance and run');
  }
  return {
    now: optional('now', body, wholeTime),
    advance: optional('advance', body, text),
    run: optional('run', body, trueOrFalse),
  };
}

function wholeTime(name: string, value: unknown): number {
  const time = typeof value === 'string' ? Date.parse(value) : value;
  if (typeof time === 'number' && Number.isInteger(time)) return time;
  throw new TypeError(`${name} must be whole milliseconds or an ISO 8601 time`);
}

function trueOrFalse(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError(`${name} must be true or false`);
  return value;
}
