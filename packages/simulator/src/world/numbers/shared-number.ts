import { poolOf } from './number-lookup.ts';
import { verificationStatusOf, type PreverifiedNumber } from './preverified-number.ts';
import type { Moment } from '../simulation.ts';
import type { World } from '../world.ts';

/** Ids of the businesses a number of the pool is shared with, in the order of sharing. */
export function sharedWith(world: World, numberId: string): readonly string[] {
  return world.sharedNumbers.get(numberId) ?? [];
}

/** Whether a business sees this number: its own, or one that is shared with it. */
export function seesNumber(world: World, businessId: string, number: PreverifiedNumber): boolean {
  return number.ownerBusinessId === businessId || sharedWith(world, number.id).includes(businessId);
}

/** The pool as a business sees it at `now` (ms, UTC), in order of creation. */
export function poolSeenBy(
  { world, now }: Pick<Moment, 'world' | 'now'>,
  businessId: string,
): PreverifiedNumber[] {
  return poolOf({ world, now }).filter((number) => seesNumber(world, businessId, number));
}

/** Why a number was not shared. */
export type SharingRefusal =
  'unknown-business' | 'not-a-partner' | 'no-relationship' | 'not-verified' | 'already';

/** Shares a number with another partner; the ownership stays. Says why when it cannot. */
export function shareNumber(
  { world, now, assumptions }: Pick<Moment, 'world' | 'now' | 'assumptions'>,
  number: PreverifiedNumber,
  partnerBusinessId: string,
): 'shared' | SharingRefusal {
  if (!world.businesses.has(partnerBusinessId)) return 'unknown-business';
  if (partnerBusinessId === number.ownerBusinessId) return 'no-relationship';
  const partner = world.partners.get(partnerBusinessId);
  if (partner === undefined) return 'not-a-partner';
  if (!partner.inSolution) return 'no-relationship';
  const shared = sharedWith(world, number.id);
  if (shared.includes(partnerBusinessId)) return 'already';
  const isVerified = verificationStatusOf(number, now) === 'VERIFIED';
  if (!isVerified && assumptions.shareableNumbers === 'verified') return 'not-verified';
  world.sharedNumbers.set(number.id, [...shared, partnerBusinessId]);
  return 'shared';
}

/** Ends the sharing with one partner. False when the number was not shared with it. */
export function unshareNumber(world: World, number: PreverifiedNumber, partnerBusinessId: string): boolean {
  const shared = sharedWith(world, number.id);
  const left = shared.filter((id) => id !== partnerBusinessId);
  if (left.length === shared.length) return false;
  if (left.length === 0) world.sharedNumbers.delete(number.id);
  else world.sharedNumbers.set(number.id, left);
  return true;
}
