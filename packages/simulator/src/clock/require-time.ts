/** The last ms that a Date can be. */
const END_OF_TIME = 8.64e15;

/** Hands back `time` when it is whole ms that a date can be. Throws RangeError. */
export function requireTime(time: number): number {
  if (!Number.isInteger(time) || Math.abs(time) > END_OF_TIME) {
    throw new RangeError(`a time is whole milliseconds since 1970, up to the year 275760; ${time} is not`);
  }
  return time;
}
