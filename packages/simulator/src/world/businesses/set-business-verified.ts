import type { Moment } from '../simulation.ts';

/**
 * Completes or undoes Meta's verification of a business, which changes how many numbers it may hold. Throws RangeError
 * when there is no such business.
 */
export function setBusinessVerified(
  { world, tell }: Pick<Moment, 'world' | 'tell'>,
  businessId: string,
  verified: boolean,
): void {
  const business = world.businesses.get(businessId);
  if (business === undefined) throw new RangeError(`There is no business "${businessId}"`);
  const changed = business.verified !== verified;
  business.verified = verified;
  if (changed) tell({ kind: 'capability-changed', businessId });
}
