import type { Clock, Timer } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
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
const atOnce = 16;
const patience = 10_000;

/** Makes the worker. Several may share one database, in one process or in many. */
export function createWorker({ store, clock, timer, logger, steps, chores }: WorkerDeps): Worker {
  const run = runClaim({ store, clock, logger, steps });
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();
  let timerHandle: { cancel(): void } | undefined;
  let started = false;

  const follow = (promise: Promise<void>): Promise<void> => {
    const followed = promise
      .catch((error: unknown) => {
        // Nothing is lost: the lease runs out, and whoever sees it next takes the claim up.
        logger.warn('the worker could not go on', errorFacts(error));
      })
      .finally(() => underWay.delete(followed));
    underWay.add(followed);
    return followed;
  };

  const takeDue = async (claimId?: string): Promise<number> => {
    if (closing.signal.aborted) return 0;
    const leases = await store.leaseWork({ now: clock.now(), limit: atOnce, claimId });
    await Promise.all(leases.map((lease) => follow(run(lease, closing.signal))));
    return leases.length;
  };

  const runDue = async (): Promise<void> => {
    // A claim that goes on failing is put off into the future, so this ends.
    while ((await takeDue()) > 0);
    for (const chore of chores) await chore();
  };

  const schedule = () => {
    if (closing.signal.aborted) return;
    timerHandle = timer.after(pollEvery, () => void follow(runDue()).then(schedule));
  };

  return {
    start: () => {
      if (started) return;
      started = true;
      schedule();
    },
    wake: (claimId) => {
      if (started) void follow(takeDue(claimId).then(() => undefined));
    },
    runDue,
    async close() {
      closing.abort();
      timerHandle?.cancel();
      await Promise.race([
        Promise.allSettled(underWay),
        new Promise<void>((resolve) => timer.after(patience, resolve)),
      ]);
    },
  };
}
