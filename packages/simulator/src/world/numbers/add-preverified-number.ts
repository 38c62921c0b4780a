import type { PreverifiedNumber } from './preverified-number.ts';
import type { Moment } from '../simulation.ts';

/** Puts a number, given by its digits, into a business's pool, not verified yet. */
export function addPreverifiedNumber(
  { world, ids, now, businessId }: Moment & { businessId: string },
  digits: string,
): PreverifiedNumber {
  world.created += 1;
  const number: PreverifiedNumber = {
    id: ids.objectId(),
    sequence: world.created,
    digits,
    ownerBusinessId: businessId,
    addedAt: now,
    verifiedAt: undefined,
    claimedAt: undefined,
  };
  world.preverifiedNumbers.set(number.id, number);
  return number;
}
