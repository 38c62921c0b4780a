import { hour } from './durations.ts';

/**
 * What one customer may have under way. People come nowhere near; whoever posts claims by the thousand is held here, so
 * that nobody fills the database or spends Meta's calls with claims that prove nothing.
 */
export const claimLimits = {
  /** New claims of one customer within {@link claimLimits.window}. More are refused, not lost: nothing of them is written. */
  newClaims: 30,
  /** Milliseconds. */
  window: hour,
  /** Lines of a claim's history after which it takes no more codes. */
  historyForCodes: 100,
  /** Claims of one customer that wait for another sign-up. Beyond that the oldest are put aside. */
  waitingForSignup: 20,
} as const;
