import { requireTime } from './require-time.ts';
import { DAY, HOUR, MINUTE, SECOND } from './units.ts';

const DURATION =
  /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?!$)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** More than three decimals of a second that say something. */
const TOO_FINE = /\.\d{3}\d*[1-9]\d*S/;

/**
 * `from` (ms, UTC) plus an ISO 8601 duration. Years and months move the UTC calendar, the rest is exact.
 * Throws RangeError for anything that is not such a duration, for fractions of a millisecond, and beyond the last date.
 */
export function addDuration(from: number, duration: string): number {
  const match = DURATION.exec(duration);
  if (match === null) throw new RangeError(`"${duration}" is not an ISO 8601 duration such as P46D or PT31S`);
  if (TOO_FINE.test(duration)) {
    throw new RangeError(`"${duration}" is finer than a millisecond; times here are whole milliseconds`);
  }
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const date = new Date(from);
  date.setUTCMonth(date.getUTCMonth() + years * 12 + months);
  const rest = (weeks * 7 + days) * DAY + hours * HOUR + minutes * MINUTE + Math.round(seconds * SECOND);
  const moment = date.getTime() + rest;
  if (Number.isNaN(moment)) throw new RangeError(`"${duration}" leads beyond the last date there is`);
  return requireTime(moment);
}
