import { HOUR } from '../../clock/units.ts';
import { noGuesses } from './guesses.ts';
import type { Moment } from '../simulation.ts';
import type { VerificationAttempts } from './verification-attempts.ts';

/** The attempts to verify a number, given by its digits. */
export function attemptsOf({ world }: Pick<Moment, 'world'>, digits: string): VerificationAttempts {
  const known = world.verificationAttempts.get(digits);
  if (known !== undefined) return known;
  const attempts = { codesSentAt: [], guesses: noGuesses() };
  world.verificationAttempts.set(digits, attempts);
  return attempts;
}

/** False when so many codes were sent to the number lately that no further one is ("limited", request_code reference). */
export function mayRequestCode(moment: Moment, digits: string): boolean {
  const { assumptions, now } = moment;
  const begin = now - assumptions.codeRequestWindowHours * HOUR;
  const lately = attemptsOf(moment, digits).codesSentAt.filter((at) => at > begin);
  return lately.length < assumptions.codeRequestLimit;
}
