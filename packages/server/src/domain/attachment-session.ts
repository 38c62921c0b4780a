const prefix = 'attach:';

/** The session of a claim that an operator opened to put a number of the pool on an account: no popup stands behind it. */
export const attachmentSession = (claimId: string): string => `${prefix}${claimId}`;

/**
 * The claim for which a number of the pool is set aside, if it is one of those. Such a number is held by its claim's session and not by
 * its customer, so no version of the kit takes it for one that the customer's own page may have.
 */
export const claimOfHold = (heldBy: string | undefined): string | undefined =>
  heldBy?.startsWith(prefix) === true ? heldBy.slice(prefix.length) : undefined;
