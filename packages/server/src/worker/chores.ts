import { day } from '../domain/durations.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdentityCursor } from '../ports/identity-store.ts';
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

/** Changes per round: each is one row of the outbox, or two. */
const changesPerRound = 100;

/** Tells of changed identities that were noted where nobody hears of them. */
export function tellOfChangesChore({ store, clock }: { store: Store; clock: Clock }): Chore {
  return async () => void (await store.tellOfUnheardChanges({ now: clock.now(), limit: changesPerRound }));
}

/** How long it is kept who the customers of a number were that is not in service. Milliseconds. */
const identitiesKept = 90 * day;

/** Customers per statement: a few milliseconds. */
const identitiesPerRound = 500;

/** Removes what is known of customers of numbers that have long been nobody's, slice by slice. */
export function removeIdentitiesChore({
  store,
  clock,
  signal,
}: {
  store: Store;
  clock: Clock;
  signal: AbortSignal;
}): Chore {
  return async () => {
    const before = clock.now() - identitiesKept;
    let after: IdentityCursor | undefined;
    do {
      ({ next: after } = await store.removeIdentities({ before, limit: identitiesPerRound, after }));
    } while (after !== undefined && !signal.aborted);
  };
}
