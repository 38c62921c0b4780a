import { errorFacts } from '../ports/error-facts.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Lane } from '../ports/lane.ts';
import type { Logger } from '../ports/logger.ts';
import type { Step } from '../ports/step.ts';
import type { Store } from '../ports/store.ts';
import { runClaim } from './run-claim.ts';

/** What a worker is made of. */
export interface WorkerDeps {
  store: Store;
  clock: Clock;
  timer: Timer;
  logger: Logger;
  steps: Readonly<Record<string, Step>>;
  /** How long the store lets a worker be silent. Milliseconds. */
  leaseMs: number;
  /** Run with every round, none waiting for another; each takes only a slice of what there is. */
  chores: readonly (() => Promise<void>)[];
  /** Hands in codes that came by text, which live for minutes. */
  texts: Lane;
  /** Looks at customers' accounts, which may lead to claims. */
  accounts: Lane;
  /** Tell the host what the claims have come to, none waiting for another. */
  hostEvents: readonly Lane[];
  /** When it is aborted nothing new is begun, and what is under way comes to its next halt. */
  closing: AbortSignal;
}

/** Carries claims on in the background. */
export interface Worker {
  /** Begins to look for work. */
  start(): void;
  /** Takes up one claim now, if it is due. Does not wait for it. */
  wake(claimId: string): void;
  /** One round: everything that is due now, and the chores. For tests and for schedulers of the host's. */
  runDue(): Promise<void>;
  /** After `closing`: waits for what is under way, at most `ms` milliseconds. */
  drained(ms: number): Promise<void>;
}

/** How often to look when nothing wakes the worker. Milliseconds. */
const pollEvery = 1_000;

/**
 * Claims at once. Each makes one call to Meta at a time, so this stays below the connections of the Graph client: a code
 * that is marked as used must not wait in a queue.
 */
const mostAtOnce = 24;

/** Makes the worker. Several may share one database, in one process or in many. */
export function createWorker(deps: WorkerDeps): Worker {
  const { store, clock, timer, logger, chores, texts, accounts, hostEvents, closing } = deps;
  const lanes = [texts, accounts, ...hostEvents];
  const run = runClaim(deps);
  const claims = new Set<Promise<void>>();
  const chored = new Map<() => Promise<void>, Promise<void>>();
  let tick: { cancel(): void } | undefined;

  const takeNow = async (claimId?: string): Promise<number> => {
    const limit = mostAtOnce - claims.size;
    if (closing.aborted || limit <= 0) return 0;
    const leases = await store.leaseWork({ now: clock.now(), limit, claimId });
    for (const lease of leases) {
      const followed: Promise<void> = run(lease, closing)
        // Nothing is lost: the lease runs out, and whoever sees it next takes the claim up.
        .catch((error: unknown) => logger.warn('the worker could not go on', errorFacts(error)))
        .finally(() => claims.delete(followed));
      claims.add(followed);
    }
    return leases.length;
  };
  // One after the other, so that all together take no more than there is room for.
  let taking: Promise<unknown> = Promise.resolve();
  const take = (claimId?: string): Promise<number> => {
    const turn = taking.then(() => takeNow(claimId));
    taking = turn.catch(() => undefined);
    return turn;
  };
  const takeQuietly = (claimId?: string) =>
    take(claimId).catch((error: unknown) => {
      logger.warn('the worker could not look for work', errorFacts(error));
      return 0;
    });

  /** A chore that is still at it is not begun again. */
  const runChore = (chore: () => Promise<void>): Promise<void> => {
    const known = chored.get(chore);
    if (known !== undefined || closing.aborted) return known ?? Promise.resolve();
    const running = chore()
      .catch((error: unknown) => logger.warn('a chore failed', errorFacts(error)))
      .finally(() => chored.delete(chore));
    chored.set(chore, running);
    return running;
  };
  const runChores = async (): Promise<void> => void (await Promise.all(chores.map(runChore)));

  // Nobody waits here for a claim or a chore: one that is slow must not keep the others.
  const round = () => {
    if (closing.aborted) return;
    void takeQuietly();
    void runChores();
    for (const { begin } of lanes) {
      begin().catch((error: unknown) => logger.warn('the worker could not begin a lane', errorFacts(error)));
    }
    tick = timer.after(pollEvery, round);
  };

  return {
    start: () => {
      if (tick === undefined) round();
    },
    wake: (claimId) => {
      if (tick !== undefined) void takeQuietly(claimId);
    },
    async runDue() {
      // A claim that goes on failing is put off into the future, so this ends.
      const takeAll = async () => {
        while ((await take()) > 0) await Promise.all(claims);
      };
      await takeAll();
      await texts.runDue();
      await runChores();
      await accounts.runDue();
      await takeAll();
      await Promise.all(hostEvents.map(({ runDue }) => runDue()));
    },
    async drained(ms) {
      tick?.cancel();
      let limit: { cancel(): void } | undefined;
      await Promise.race([
        // What is being taken at this moment is given back as well.
        taking.then(() =>
          Promise.allSettled([...claims, ...chored.values(), ...lanes.map(({ settled }) => settled())]),
        ),
        new Promise<void>((resolve) => (limit = timer.after(ms, resolve))),
      ]);
      limit?.cancel();
    },
  };
}
