import type { Clock } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../ports/store.ts';

/** Something small that is done again and again. */
export type Chore = () => Promise<void>;

/** Numbers per round: a sweep never holds the database for longer than a claim would. */
const holdsPerRound = 200;

/** Claims per round. */
const remindersPerRound = 50;

/** Gives back numbers whose hold is over. */
export function releaseHoldsChore({ store, clock }: { store: Store; clock: Clock }): Chore {
  return async () => void (await store.releaseHolds({ now: clock.now(), limit: holdsPerRound }));
}

/** Warns of numbers that are claimed and not registered. */
export function remindChore({ store, clock }: { store: Store; clock: Clock }): Chore {
  return async () => void (await store.remindUnregistered({ now: clock.now(), limit: remindersPerRound }));
}

/** After a failure. Milliseconds. */
const soon = 15_000;

/** Runs a chore at most once per period, or soon again when it failed. */
export function every(
  period: number,
  { clock, logger, name }: { clock: Clock; logger: Logger; name: string },
  chore: Chore,
): Chore {
  let next = 0;
  return async () => {
    if (clock.now() < next) return;
    try {
      await chore();
      next = clock.now() + period;
    } catch (error) {
      next = clock.now() + Math.min(period, soon);
      const reason = error instanceof GraphError ? error.reason : undefined;
      logger.warn('a chore failed; it is tried again', { name, reason, ...errorFacts(error) });
    }
  };
}
