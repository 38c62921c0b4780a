import { wholeNumber } from './json-readers.ts';

/** A whole number from `least` to `most`. Throws TypeError naming the member. */
export function wholeBetween(least: number, most: number) {
  return (name: string, value: unknown): number => {
    const number = wholeNumber(name, value);
    if (number >= least && number <= most) return number;
    throw new TypeError(`${name} must be a whole number from ${least} to ${most}`);
  };
}
