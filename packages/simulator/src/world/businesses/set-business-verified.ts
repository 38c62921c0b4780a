import type { World } from '../world.ts';

/** Completes or undoes Meta's verification of a business. Throws RangeError when there is no such business. */
export function setBusinessVerified(world: World, businessId: string, verified: boolean): void {
  const business = world.businesses.get(businessId);
  if (business === undefined) throw new RangeError(`There is no business "${businessId}"`);
  business.verified = verified;
}
