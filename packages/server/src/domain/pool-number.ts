/**
 * A pre-verified number as Meta describes it (Meta, "WhatsApp Business Pre-Verified Phone Number").
 * Times are milliseconds UTC.
 */
export interface PoolNumber {
  /** Meta's id of the pre-verified object. Digits. Not the id that the number has once it is claimed. */
  id: string;
  /** E.164, with the plus. */
  phoneNumber: string;
  displayPhoneNumber: string;
  /** ISO 3166-1 alpha-2, where the number tells. */
  country: string | undefined;
  /** Meta's word: `VERIFIED`, `NOT_VERIFIED`, `EXPIRED`, or one we do not know yet. */
  verificationStatus: string;
  verifiedAt: number | undefined;
  /** When the verification lapses, as Meta says it. */
  verificationExpiresAt: number | undefined;
  /** The business portfolio that owns it; another one than ours when it is shared with us. */
  ownerBusinessId: string | undefined;
}

/**
 * Whether Meta would show the number in the popup without asking for a code, until `until` at least.
 * Without an expiry from Meta the word VERIFIED is taken at its value: here, where numbers are selected, and in warnings.
 */
export function isOfferable(
  number: Pick<PoolNumber, 'verificationStatus' | 'verificationExpiresAt'>,
  until: number,
): boolean {
  return (
    number.verificationStatus === 'VERIFIED' &&
    (number.verificationExpiresAt === undefined || number.verificationExpiresAt > until)
  );
}
