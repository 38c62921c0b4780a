import { VERIFICATION_LIFETIME, type CodeVerificationStatus } from './preverified-number.ts';

/** A WhatsApp Business phone number on a customer's account. */
export interface PhoneNumber {
  readonly id: string;
  /** Place in the order of creation. */
  readonly sequence: number;
  readonly accountId: string;
  readonly digits: string;
  readonly verifiedName: string;
  /** Whether it came out of the BSP's pool. */
  readonly isPreverified: boolean;
  /** When it came onto the account (ms, UTC). */
  readonly onboardedAt: number;
  /** When it was last verified (ms, UTC): for a claimed number the moment of the claim. */
  verifiedAt: number;
  /** When it was registered for the Cloud API (ms, UTC); undefined before. */
  registeredAt: number | undefined;
  /** The two-step PIN, once one is set. */
  pin: string | undefined;
  /** Times of the register calls that count against the limit (ms, UTC). */
  registerCalls: number[];
  /** End of the block after too many register calls (ms, UTC). */
  registerBlockedUntil: number;
}

/** The status at the time `now`: unregistered numbers lapse after 90 days (pre-verified numbers guide). */
export function phoneNumberVerificationOf(number: PhoneNumber, now: number): CodeVerificationStatus {
  if (number.registeredAt !== undefined || now < number.verifiedAt + VERIFICATION_LIFETIME) return 'VERIFIED';
  return 'EXPIRED';
}
