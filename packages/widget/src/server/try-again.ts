import { ServerProblem } from './server-problem.ts';

/** What trying again needs from its surroundings. */
export interface RetryDeps {
  now: () => number;
  random: () => number;
  /** Resolves later; never, when nobody is left to hear of it. */
  wait: (ms: number) => Promise<void>;
}

const firstPause = 400;
const longestPause = 15_000;

/**
 * Runs `task` again while it fails in passing, pausing longer each time, until `forMs` have gone by; then throws
 * the last problem.
 */
export async function tryAgain<Result>(
  { now, random, wait }: RetryDeps,
  forMs: number,
  task: () => Promise<Result>,
): Promise<Result> {
  const end = now() + forMs;
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    try {
      return await task();
    } catch (error) {
      // Half of the pause is left to chance, so that pages do not come back all at once after an outage.
      const ms = pause * (0.5 + random() / 2);
      const passing = error instanceof ServerProblem && !error.final;
      if (!passing || now() + ms > end) throw error;
      await wait(ms);
    }
  }
}
