import { day, hour, minute, second } from './durations.ts';

/** Calls about a telephone number that are not repeated blindly. */
export type NumberCallKind = 'add' | 'request_code' | 'verify_code';

/** What a call may cost. */
export interface NumberCallBudget {
  /** Milliseconds in which calls are counted. */
  window: number;
  /** Calls in it. Those that Meta refused are counted as well: Meta may do so too. */
  calls: number;
  /** Milliseconds between two calls. */
  apart: number;
  /** Of refusals that are not counted: their reasons, as they are kept. @default all are counted */
  uncounted?: readonly string[];
}

/** What is kept as the reason of a call that surely never left this machine. */
export const notSent = 'not_sent';

/** A call that Meta throttles may be one code too many for this number. */
const ofCodes = [notSent, 'graph:auth', 'graph:permission'];

/**
 * What the kit allows itself for each telephone number, below what Meta is thought to allow, whether it is in the pool or on a
 * customer’s account: it is one number to Meta. What never left this machine cost nothing at Meta, and what a token that is not
 * good was refused for neither.
 *
 * - `add`: Meta names no limit; a list that is imported every minute must not ask it every minute. While one is under way (a
 *   call is over after 8 seconds) there is no other.
 * - `request_code`: Meta's limit has no name; ten in 12 hours is what some count, the popup's included.
 * - `verify_code`: the fifth wrong code blocks the number for 12 hours, so one is left to the popup. Every try since the
 *   last right code counts, because a code whose answer was lost may have been a wrong one.
 */
export const numberCallBudgets: Readonly<Record<NumberCallKind, NumberCallBudget>> = {
  add: { window: day, calls: 10, apart: 15 * second, uncounted: [...ofCodes, 'graph:throttled'] },
  request_code: { window: 12 * hour, calls: 6, apart: minute, uncounted: ofCodes },
  verify_code: { window: 12 * hour, calls: 4, apart: 0, uncounted: ofCodes },
};
