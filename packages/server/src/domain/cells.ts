/** Where the token of a claim is kept. */
export const tokenCell = (claimId: string): string => `claims.token/${claimId}`;

/** Where the PIN of a number is kept: it stays the number's, whatever becomes of the claim. */
export const pinCell = (phoneNumberId: string): string => `pins.pin/${phoneNumberId}`;

/** Where the one-time code of a text is kept, by the id of the pool's number. */
export const textCell = (numberId: string): string => `numbers.text/${numberId}`;

/** Where the code of a session is kept. */
export const codeCell = (sessionId: string): string => `claims.code/${sessionId}`;
