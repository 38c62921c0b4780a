import type { PhoneNumber } from './phone-number.ts';
import type { PreverifiedNumber } from './preverified-number.ts';
import type { Moment } from './simulation.ts';

/** Puts a verified number onto an account, under a new id. */
export function addPhoneNumber(
  { world, ids, now }: Moment,
  number: { accountId: string; digits: string; verifiedName: string; isPreverified: boolean },
): PhoneNumber {
  world.created += 1;
  const added: PhoneNumber = {
    ...number,
    id: ids.objectId(),
    sequence: world.created,
    onboardedAt: now,
    verifiedAt: now,
    registeredAt: undefined,
    pin: undefined,
    registerCalls: [],
    registerBlockedUntil: 0,
  };
  world.phoneNumbers.set(added.id, added);
  return added;
}

/** Replaces a pre-verified number by a verified WhatsApp phone number with another id (pre-verified numbers guide). */
export function claimNumber(
  moment: Moment,
  number: PreverifiedNumber,
  { accountId, verifiedName }: { accountId: string; verifiedName: string },
): PhoneNumber {
  moment.world.preverifiedNumbers.delete(number.id);
  moment.world.oneTimeCodes.delete(number.digits);
  return addPhoneNumber(moment, { accountId, digits: number.digits, verifiedName, isPreverified: true });
}
