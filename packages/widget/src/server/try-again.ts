import type { Failure, Result } from './request.ts';

const firstPause = 400;
const longestPause = 15_000;

/**
 * Asks again while the request fails in passing, pausing longer each time, until `forMs` have gone by. `wait` never
 * resolves when nobody is left to hear of it. `isOver` tells a failure for good.
 */
export async function tryAgain<Answer>(
  wait: (ms: number) => Promise<void>,
  forMs: number,
  ask: () => Promise<Result<Answer>>,
  isOver: (failure: Failure) => boolean = ({ final }) => final,
): Promise<Result<Answer>> {
  const end = Date.now() + forMs;
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    const result = await ask();
    // Half of the pause is left to chance, so that pages do not come back all at once after an outage.
    const ms = pause * (0.5 + Math.random() / 2);
    if (!result.problem || isOver(result) || Date.now() + ms > end) return result;
    await wait(ms);
  }
}
