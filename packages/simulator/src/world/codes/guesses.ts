/** Wrong guesses at one secret, and the lock they lead to. */
export interface Guesses {
  /** Wrong guesses since the last right one or the end of the last lock. */
  wrong: number;
  /** ms, UTC. */
  lastWrongAt: number | undefined;
  /** ms, UTC; 0 when there was no lock. */
  lockedUntil: number;
}

/** Nothing was guessed yet. */
export function noGuesses(): Guesses {
  return { wrong: 0, lastWrongAt: undefined, lockedUntil: 0 };
}

/** True while even the right answer is refused. */
export function isLocked({ lockedUntil }: Guesses, now: number): boolean {
  return now < lockedUntil;
}

/** Counts a wrong guess; with the `limit`th the lock falls for `duration` ms and the count starts anew. */
export function countWrongGuess(
  guesses: Guesses,
  now: number,
  { limit, duration }: { limit: number; duration: number },
): void {
  guesses.wrong += 1;
  guesses.lastWrongAt = now;
  if (guesses.wrong < limit) return;
  guesses.wrong = 0;
  guesses.lockedUntil = now + duration;
}

/** The answer was right: earlier wrong ones are forgiven. */
export function forgiveGuesses(guesses: Guesses): void {
  Object.assign(guesses, noGuesses());
}
