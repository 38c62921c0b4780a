import { day } from './durations.ts';

/** When the host is warned about a number that is claimed and not registered, counted from the sign-up. */
const first = 7 * day;
const second = 14 * day;
const weekly = 7 * day;

/** Then Meta takes the verification back, and the claim is over (Meta, "Pre-verified phone numbers"). */
export const registerWithin = 90 * day;

/**
 * The next moment to look at a claim that is not registered yet: 7 and 14 days after the sign-up, then weekly, and
 * at the end of its 90 days.
 *
 * @param signedUpAt milliseconds UTC
 * @param after the last look, milliseconds UTC
 * @returns milliseconds UTC
 */
export function nextReminder(signedUpAt: number, after: number): number {
  const age = after - signedUpAt;
  if (age < first) return signedUpAt + first;
  if (age < second) return signedUpAt + second;
  const weeks = Math.floor((age - second) / weekly) + 1;
  return signedUpAt + Math.min(second + weeks * weekly, registerWithin);
}
