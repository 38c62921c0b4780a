import type { PhoneNumber } from './phone-number.ts';
import type { World } from '../world.ts';

/** Registered numbers a portfolio may hold at first, and once it is trusted (phone numbers page). */
export const NUMBER_LIMIT = { atFirst: 2, trusted: 20 };

const SMALL_TIERS = new Set(['TIER_50', 'TIER_250']);

/** The numbers of a business that are registered at the moment. */
export function registeredNumbersOf(world: World, businessId: string): PhoneNumber[] {
  return [...world.phoneNumbers.values()].filter(
    ({ registeredAt, accountId }) =>
      registeredAt !== undefined && world.accounts.get(accountId)?.ownerBusinessId === businessId,
  );
}

/** How many registered numbers the portfolio may hold: more once it is verified or may write to 2,000 customers a day. */
export function numberLimitOf(world: World, businessId: string): number {
  const trusted =
    world.businesses.get(businessId)?.verified === true ||
    registeredNumbersOf(world, businessId).some(
      ({ messagingLimitTier }) => !SMALL_TIERS.has(messagingLimitTier),
    );
  return trusted ? NUMBER_LIMIT.trusted : NUMBER_LIMIT.atFirst;
}

/** True when the portfolio holds as many registered numbers as it may. */
export function isAtNumberLimit(world: World, businessId: string | undefined): boolean {
  if (businessId === undefined) return false;
  return registeredNumbersOf(world, businessId).length >= numberLimitOf(world, businessId);
}
