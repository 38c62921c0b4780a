import { HOUR, MINUTE } from '../../clock/units.ts';
import { countWrongGuess, forgiveGuesses, isLocked } from './guesses.ts';
import type { Moment } from '../simulation.ts';
import { attemptsOf } from './code-attempts.ts';

/** How long a one-time code is good (verify_code reference: "typically 10 minutes"). */
export const ONE_TIME_CODE_LIFETIME = 10 * MINUTE;

/** What came of a code: `late` is right, but older than ten minutes; `locked` is not looked at. */
export type CodeOutcome = 'right' | 'wrong' | 'late' | 'locked';

/**
 * Checks a code and uses it up when it is right. Too many wrong codes lock the number for hours, in which right
 * codes are refused too and new ones do not help ("several failures may block temporarily").
 */
export function useOneTimeCode(
  moment: Moment,
  { digits, code }: { digits: string; code: string },
): CodeOutcome {
  const { world, assumptions, now } = moment;
  const { guesses } = attemptsOf(moment, digits);
  if (isLocked(guesses, now)) return 'locked';
  const sent = world.oneTimeCodes.get(digits);
  if (sent?.code !== code) {
    const { wrongCodeLimit: limit, wrongCodeLockHours } = assumptions;
    countWrongGuess(guesses, now, { limit, duration: wrongCodeLockHours * HOUR });
    return 'wrong';
  }
  if (now >= sent.sentAt + ONE_TIME_CODE_LIFETIME) return 'late';
  world.oneTimeCodes.delete(digits);
  forgiveGuesses(guesses);
  return 'right';
}
