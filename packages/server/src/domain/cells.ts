/** Where the token of a claim is kept. */
export const tokenCell = (claimId: string): string => `claims.token/${claimId}`;

/** Where the PIN of a number is kept: it stays the number's, whatever becomes of the claim. */
export const pinCell = (phoneNumberId: string): string => `pins.pin/${phoneNumberId}`;

/** Where the code of a session is kept. */
export const codeCell = (sessionId: string): string => `claims.code/${sessionId}`;
