/** Milliseconds. */
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/**
 * The times that Meta and the design fix, in milliseconds.
 */
export const durations = {
  /** A session may open the popup for this long; numbers are held for as long. */
  launch: hour,
  /** A session may be renewed for this long after it was first opened. */
  renewSession: day,
  /** A session may deliver its claim for this long. */
  deliverClaim: day,
  /** After CANCEL the popup may still finish, so the hold goes on for a moment. */
  holdAfterCancel: 10 * minute,
  /** How much longer than the session a number must stay verified to be offered. */
  verifiedBeyondSession: day,
  /** Life of the code of `FB.login` (Meta, "Implementation", step 4). */
  code: 30 * second,
  /** A claim should be registered within this time after the popup (Meta, "Get started for solution partners"). */
  registerBy: 14 * day,
  /** Meta's window for counting calls of `/register`. */
  registerWindow: 72 * hour,
} as const;

/** Meta allows 10 calls of `/register` per number in 72 hours; the kit leaves some to people. */
export const registerBudget = 6;
