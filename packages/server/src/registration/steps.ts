/** The steps of a claim, in their order. They are kept in rows of work, so a name is never reused. */
export const claimSteps = ['exchange', 'prove', 'subscribe', 'register'] as const;

/** One of {@link claimSteps}. */
export type ClaimStep = (typeof claimSteps)[number];
