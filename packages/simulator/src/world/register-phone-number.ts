import { HOUR } from '../clock/units.ts';
import { phoneNumberVerificationOf, type PhoneNumber } from './phone-number.ts';

/** Register calls allowed per number in a moving window, which is also how long the block then lasts (registration page). */
export const REGISTER_LIMIT = { calls: 10, window: 72 * HOUR };

/** What came of a register call. */
export type RegisterOutcome = 'registered' | 'not-verified' | 'other-pin';

/** Counts a register call, whatever becomes of it. False when it is one too many, or the number is blocked already. */
export function spendRegisterCall(number: PhoneNumber, now: number): boolean {
  if (now < number.registerBlockedUntil) return false;
  number.registerCalls = number.registerCalls.filter((at) => at > now - REGISTER_LIMIT.window);
  if (number.registerCalls.length >= REGISTER_LIMIT.calls) {
    number.registerBlockedUntil = now + REGISTER_LIMIT.window;
    return false;
  }
  number.registerCalls.push(now);
  return true;
}

/** Registers a number for the Cloud API. The first PIN is kept; later calls must bring the same one. */
export function registerPhoneNumber(number: PhoneNumber, pin: string, now: number): RegisterOutcome {
  if (phoneNumberVerificationOf(number, now) !== 'VERIFIED') return 'not-verified';
  if (number.pin !== undefined && number.pin !== pin) return 'other-pin';
  number.pin = pin;
  number.registeredAt ??= now;
  return 'registered';
}
