import { attemptsOf, mayRequestCode } from '../world/codes/code-attempts.ts';
import { isLocked } from '../world/codes/guesses.ts';
import { poolNumber } from '../world/numbers/number-lookup.ts';
import { verificationStatusOf } from '../world/numbers/preverified-number.ts';
import type { Moment } from '../world/simulation.ts';
import { enterSignupCode, sendSignupCode } from './signup-code.ts';
import { SignUpImpossibleError } from './sign-up-request.ts';
import type { NumberChoice } from './signup-choices.ts';

/**
 * The customer asks for a code where the popup would demand one, reads it from the inbox and enters it. Throws
 * SignUpImpossibleError when the number gets no more codes or is locked; nothing has happened then.
 */
export function enterCodeOf(moment: Moment, number: NumberChoice): void {
  const digits = digitsToProve(moment, number);
  if (digits === undefined) return;
  if (!mayRequestCode(moment, digits))
    throw new SignUpImpossibleError('This number got too many codes lately: wait, or move the clock on.');
  if (isLocked(attemptsOf(moment, digits).guesses, moment.now))
    throw new SignUpImpossibleError(
      'This number is locked after too many wrong codes: wait, or move the clock on.',
    );
  sendSignupCode(moment, digits);
  enterSignupCode(moment, digits, moment.world.oneTimeCodes.get(digits)?.code ?? '');
}

function digitsToProve(moment: Moment, number: NumberChoice): string | undefined {
  if (number.kind === 'own') return number.digits;
  const offered = number.kind === 'preverified' ? poolNumber(moment, number.id) : undefined;
  if (offered === undefined || verificationStatusOf(offered, moment.now) === 'VERIFIED') return undefined;
  return offered.digits;
}
