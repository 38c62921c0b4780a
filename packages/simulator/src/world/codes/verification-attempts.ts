import type { Guesses } from './guesses.ts';

/** What was tried to verify one number, through the API and in the popup alike. Deleting the number does not clear it. */
export interface VerificationAttempts {
  /** When codes were sent (ms, UTC). */
  readonly codesSentAt: number[];
  /** Wrong codes. */
  readonly guesses: Guesses;
}
