import { DAY } from '../../clock/units.ts';

/** `code_verification_status` of a pre-verified number (the SDKs' enumeration; the guide's prose says UNVERIFIED). */
export type CodeVerificationStatus = 'VERIFIED' | 'NOT_VERIFIED' | 'EXPIRED';

/** Meta's temporary object for a number in the BSP's pool. It ends when the number is claimed. */
export interface PreverifiedNumber {
  readonly id: string;
  /** Place in the order of creation, which is the order of lists. */
  readonly sequence: number;
  readonly digits: string;
  readonly ownerBusinessId: string;
  /** ms, UTC. */
  readonly addedAt: number;
  /** When it was last verified (ms, UTC); undefined when never. */
  verifiedAt: number | undefined;
  /** When it was claimed (ms, UTC): from then on it is no longer in the pool. */
  claimedAt: number | undefined;
}

/** How long a verification holds, and how long a number may stay in the pool without one (pre-verified numbers guide). */
export const VERIFICATION_LIFETIME = 90 * DAY;
/** Only this close to the end of a verification may a number be verified again (pre-verified numbers guide). */
export const REVERIFICATION_WINDOW = 45 * DAY;

/** The end of the current or last verification (ms, UTC), or undefined when there never was one. */
export function verificationExpiryOf(number: PreverifiedNumber): number | undefined {
  return number.verifiedAt === undefined ? undefined : number.verifiedAt + VERIFICATION_LIFETIME;
}

/** The status at the time `now` (ms, UTC). */
export function verificationStatusOf(number: PreverifiedNumber, now: number): CodeVerificationStatus {
  const expiry = verificationExpiryOf(number);
  if (expiry === undefined) return 'NOT_VERIFIED';
  return now < expiry ? 'VERIFIED' : 'EXPIRED';
}

/** False once a number is claimed, or was left unverified for 90 days: Meta then removes it from the pool. */
export function isInPool(number: PreverifiedNumber, now: number): boolean {
  if (number.claimedAt !== undefined) return false;
  return number.verifiedAt !== undefined || now < number.addedAt + VERIFICATION_LIFETIME;
}

/** True while a verification is too fresh for another one. */
export function isTooEarlyToReverify(number: PreverifiedNumber, now: number): boolean {
  const expiry = verificationExpiryOf(number);
  return expiry !== undefined && now < expiry - REVERIFICATION_WINDOW;
}
