import { DAY } from '../../clock/units.ts';
import { freshAllowance } from './call-allowance.ts';
import { noGuesses } from '../codes/guesses.ts';
import type { PhoneNumber } from './phone-number.ts';
import type { PreverifiedNumber } from './preverified-number.ts';
import type { Moment } from '../simulation.ts';

/** A number to put onto an account. */
export interface NewPhoneNumber {
  readonly accountId: string;
  readonly digits: string;
  readonly verifiedName: string;
  readonly isPreverified: boolean;
  /** Whether a one-time code proved it. @default true */
  readonly isVerified?: boolean | undefined;
  /** Coexistence. @default false */
  readonly onBusinessApp?: boolean | undefined;
  /** The two-step PIN it has already. */
  readonly pin?: string | undefined;
}

/** Puts a number onto an account, under a new id. */
export function addPhoneNumber(
  { world, ids, assumptions, now }: Moment,
  { isVerified = true, onBusinessApp = false, pin, ...number }: NewPhoneNumber,
): PhoneNumber {
  world.created += 1;
  const added: PhoneNumber = {
    ...number,
    id: ids.objectId(),
    sequence: world.created,
    onBusinessApp,
    onboardedAt: now,
    verifiedAt: isVerified ? now : undefined,
    registerBy: now + assumptions.daysToRegister * DAY,
    registeredAt: undefined,
    deregisteredAt: undefined,
    dataRegion: undefined,
    pin,
    pinGuesses: noGuesses(),
    registering: freshAllowance(),
    deregistering: freshAllowance(),
    identityKeyCheck: false,
    webhookOverride: undefined,
    qualityRating: 'UNKNOWN',
    throughputLevel: 'NOT_APPLICABLE',
    nameStatus: 'AVAILABLE_WITHOUT_REVIEW',
    messagingLimitTier: 'TIER_250',
  };
  world.phoneNumbers.set(added.id, added);
  return added;
}

/** Notes that a number on an account was verified now; it is to be registered from now on. */
export function verifyPhoneNumber({ assumptions, now }: Moment, number: PhoneNumber): void {
  number.verifiedAt = now;
  number.registerBy = now + assumptions.daysToRegister * DAY;
}

/**
 * Replaces a pre-verified number by a WhatsApp phone number with another id, verified unless told otherwise
 * (pre-verified numbers guide).
 */
export function claimNumber(
  moment: Moment,
  number: PreverifiedNumber,
  claim: Pick<NewPhoneNumber, 'accountId' | 'verifiedName' | 'isVerified'>,
): PhoneNumber {
  number.claimedAt = moment.now;
  moment.world.oneTimeCodes.delete(number.digits);
  return addPhoneNumber(moment, { ...claim, digits: number.digits, isPreverified: true });
}
