import { isInPool, type PreverifiedNumber } from './preverified-number.ts';
import type { Moment } from '../simulation.ts';

/** The pool in order of creation, as it stands at `now` (ms, UTC). */
export function poolOf({ world, now }: Pick<Moment, 'world' | 'now'>): PreverifiedNumber[] {
  return [...world.preverifiedNumbers.values()].filter((number) => isInPool(number, now));
}

/** A number of the pool by its id, or undefined when it never was there, was claimed, deleted or removed. */
export function poolNumber(
  { world, now }: Pick<Moment, 'world' | 'now'>,
  id: string,
): PreverifiedNumber | undefined {
  const number = world.preverifiedNumbers.get(id);
  return number !== undefined && isInPool(number, now) ? number : undefined;
}

/** A number that the graph answers for by its id: one of the pool, or, if a switch says so, one that was claimed. */
export function preverifiedNode(
  { world, now, assumptions }: Pick<Moment, 'world' | 'now' | 'assumptions'>,
  id: string,
): PreverifiedNumber | undefined {
  const number = world.preverifiedNumbers.get(id);
  const isClaimed = number?.claimedAt !== undefined;
  if (isClaimed) return assumptions.claimedPreverified === 'readable' ? number : undefined;
  return poolNumber({ world, now }, id);
}

/** Whether these digits are in the pool or on an account: such a number cannot be added anywhere. */
export function isNumberTaken({ world, now }: Pick<Moment, 'world' | 'now'>, digits: string): boolean {
  return (
    poolOf({ world, now }).some((number) => number.digits === digits) ||
    [...world.phoneNumbers.values()].some((number) => number.digits === digits)
  );
}
