import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../ports/store.ts';

/** Something small that is done again and again. */
export type Chore = () => Promise<void>;

/** Numbers per round: a sweep never holds the database for longer than a claim would. */
const holdsPerRound = 200;

/** Gives back numbers whose hold is over. */
export function releaseHoldsChore({ store, clock }: { store: Store; clock: Clock }): Chore {
  return async () => void (await store.releaseHolds({ now: clock.now(), limit: holdsPerRound }));
}

/** Runs a chore at most once per period; a failure is logged and left to the next round. */
export function every(
  period: number,
  { clock, logger, name }: { clock: Clock; logger: Logger; name: string },
  chore: Chore,
): Chore {
  let next = 0;
  return async () => {
    const now = clock.now();
    if (now < next) return;
    next = now + period;
    try {
      await chore();
    } catch (error) {
      logger.warn('a chore failed; it is tried again', {
        name,
        error: error instanceof Error ? error.message : 'unknown',
      });
    }
  };
}
