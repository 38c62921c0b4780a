const prefix = 'attach:';

/** The session of a claim that an operator opened to put a number of the pool on an account: no popup stands behind it. */
export const attachmentSession = (claimId: string): string => `${prefix}${claimId}`;

/** Whether a session is one of those. No other session begins so: theirs are made of an id alone. */
export const isAttachmentSession = (sessionId: string): boolean => sessionId.startsWith(prefix);

/** Matches them, as SQL's `like` does. */
export const attachmentSessions = `${prefix}%`;
