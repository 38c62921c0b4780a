import type { Clock } from '../ports/clock.ts';
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
