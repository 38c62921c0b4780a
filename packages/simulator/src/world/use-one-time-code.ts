import { MINUTE } from '../clock/units.ts';
import type { Moment } from './simulation.ts';

/** How long a one-time code is good (verify_code reference: "typically 10 minutes"). */
export const ONE_TIME_CODE_LIFETIME = 10 * MINUTE;

/** Checks a code and uses it up when it is right. `late` means right, but older than ten minutes. */
export function useOneTimeCode(
  { world, now }: Moment,
  { digits, code }: { digits: string; code: string },
): 'right' | 'wrong' | 'late' {
  const sent = world.oneTimeCodes.get(digits);
  if (sent?.code !== code) return 'wrong';
  if (now >= sent.sentAt + ONE_TIME_CODE_LIFETIME) return 'late';
  world.oneTimeCodes.delete(digits);
  return 'right';
}
