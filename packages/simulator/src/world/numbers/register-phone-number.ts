import { DAY, HOUR, SECOND } from '../../clock/units.ts';
import { isRecentlyDeleted } from './delete-phone-number.ts';
import { countWrongGuess, forgiveGuesses, isLocked } from '../codes/guesses.ts';
import { isAtNumberLimit } from './number-limit.ts';
import { phoneNumberVerificationOf, type PhoneNumber } from './phone-number.ts';
import type { Moment } from '../simulation.ts';

/** Why a number was not registered. */
export type RegisterRefusal =
  'recently-deleted' | 'not-verified' | 'guesses-spent' | 'too-fast' | 'other-pin' | 'number-limit';

/**
 * Registers a number for the Cloud API. The first PIN is kept; later calls must bring the same one. Wrong PINs count
 * towards a lock, in which the right one is refused too.
 */
export function registerPhoneNumber(
  moment: Moment,
  number: PhoneNumber,
  { pin, dataRegion }: { pin: string; dataRegion: string | undefined },
): 'registered' | RegisterRefusal {
  const { world, assumptions, now } = moment;
  if (isRecentlyDeleted(moment, number.digits)) return 'recently-deleted';
  if (phoneNumberVerificationOf(number, now) !== 'VERIFIED') return 'not-verified';
  const refusal = tryPin(moment, number, pin);
  if (refusal !== undefined) return refusal;
  if (
    assumptions.numberLimitAt === 'add-and-register' &&
    number.registeredAt === undefined &&
    isAtNumberLimit(world, world.accounts.get(number.accountId)?.ownerBusinessId)
  ) {
    return 'number-limit';
  }
  number.pin = pin;
  number.dataRegion = dataRegion ?? number.dataRegion;
  if (number.registeredAt === undefined) {
    number.registeredAt = now;
    number.qualityRating = 'GREEN';
    number.throughputLevel = 'STANDARD';
  }
  return 'registered';
}

/**
 * Takes a number off the Cloud API: it stays on its account, verified and with its PIN, and may be registered again.
 * False when it was not registered.
 */
export function deregisterPhoneNumber({ assumptions, now }: Moment, number: PhoneNumber): boolean {
  if (number.registeredAt === undefined) return false;
  number.registeredAt = undefined;
  number.deregisteredAt = now;
  number.registerBy = now + assumptions.daysToRegister * DAY;
  number.throughputLevel = 'NOT_APPLICABLE';
  // The deregistration page: it ends local storage.
  number.dataRegion = undefined;
  return true;
}

function tryPin(
  { assumptions, now }: Moment,
  { pin: known, pinGuesses }: PhoneNumber,
  pin: string,
): 'guesses-spent' | 'too-fast' | 'other-pin' | undefined {
  const { pinGuessLimit: limit, pinGuessLockHours, pinGuessPauseSeconds } = assumptions;
  if (isLocked(pinGuesses, now)) return 'guesses-spent';
  const { lastWrongAt } = pinGuesses;
  if (lastWrongAt !== undefined && now < lastWrongAt + pinGuessPauseSeconds * SECOND) return 'too-fast';
  if (known === undefined || known === pin) {
    forgiveGuesses(pinGuesses);
    return undefined;
  }
  countWrongGuess(pinGuesses, now, { limit, duration: pinGuessLockHours * HOUR });
  return 'other-pin';
}
