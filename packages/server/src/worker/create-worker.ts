import { errorFacts } from '../ports/error-facts.ts';
import type { Clock, Timer } from '../ports/clock.ts';
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
  /** Runs with every round; each takes only a slice of what there is. */
  chores: readonly (() => Promise<void>)[];
}

/** Carries claims on in the background. */
export interface Worker {
  /** Begins to look for work. */
  start(): void;
  /** Takes up one claim now, if it is due. Does not wait for it. */
  wake(claimId: string): void;
  /** One round: everything that is due now, and the chores. For tests and for schedulers of the host's. */
  runDue(): Promise<void>;
  /** Takes no new work and waits for what is under way, at most 10 seconds. */
  close(): Promise<void>;
}

/** How often to look when nothing wakes the worker. Milliseconds. */
const pollEvery = 1_000;

/**
 * Claims at once. Each makes one call to Meta at a time, so this stays below the connections of the Graph client: a code
 * that is marked as used must not wait in a queue.
 */
const mostAtOnce = 24;

/** A call to Meta ends in less; what is not done then is taken up by whoever sees its lease run out. Milliseconds. */
const patience = 10_000;

/** Makes the worker. Several may share one database, in one process or in many. */
export function createWorker(deps: WorkerDeps): Worker {
  const { store, clock, timer, logger, chores } = deps;
  const run = runClaim(deps);
  const closing = new AbortController();
  const claims = new Set<Promise<void>>();
  let chored: Promise<void> | undefined;
  let tick: { cancel(): void } | undefined;

  const take = async (claimId?: string): Promise<number> => {
    const limit = mostAtOnce - claims.size;
    if (closing.signal.aborted || limit <= 0) return 0;
    const leases = await store.leaseWork({ now: clock.now(), limit, claimId });
    for (const lease of leases) {
      const followed: Promise<void> = run(lease, closing.signal)
        // Nothing is lost: the lease runs out, and whoever sees it next takes the claim up.
        .catch((error: unknown) => logger.warn('the worker could not go on', errorFacts(error)))
        .finally(() => claims.delete(followed));
      claims.add(followed);
    }
    return leases.length;
  };
  const takeQuietly = (claimId?: string) =>
    take(claimId).catch((error: unknown) => {
      logger.warn('the worker could not look for work', errorFacts(error));
      return 0;
    });

  const runChores = (): Promise<void> =>
    (chored ??= (async () => {
      for (const chore of chores) {
        if (closing.signal.aborted) break;
        await chore();
      }
    })()
      .catch((error: unknown) => logger.warn('a chore failed', errorFacts(error)))
      .finally(() => (chored = undefined)));

  // Nobody waits here for a claim or a chore: one that is slow must not keep the others.
  const round = () => {
    if (closing.signal.aborted) return;
    void takeQuietly();
    void runChores();
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
      while ((await take()) > 0) await Promise.all(claims);
      await runChores();
    },
    async close() {
      closing.abort();
      tick?.cancel();
      await Promise.race([
        Promise.allSettled([...claims, chored]),
        new Promise<void>((resolve) => void timer.after(patience, resolve)),
      ]);
    },
  };
}
