/** The steps of a claim, in their order. They are kept in rows of work, so a name is never reused. */
export const claimSteps = ['exchange', 'prove', 'subscribe', 'register'] as const;

/** One of {@link claimSteps}. */
export type ClaimStep = (typeof claimSteps)[number];

/** The step that a new claim begins with. */
export const firstStep: ClaimStep = 'exchange';

/**
 * The steps to which a late half of a claim is news. The others have all they need; waking one of them would only make it
 * call Meta before its time.
 */
export const stepsThatListen: readonly ClaimStep[] = ['exchange', 'prove'];
