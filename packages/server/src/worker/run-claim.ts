import type { Clock, Timer } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
import type { Logger } from '../ports/logger.ts';
import type { WorkLease } from '../ports/records.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import type { Store } from '../ports/store.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';

/** What running a claim is made of. */
export interface RunClaimDeps {
  store: Store;
  clock: Clock;
  timer: Timer;
  logger: Logger;
  /** How long the store lets a worker be silent. Milliseconds. */
  leaseMs: number;
  /** The steps by their names. */
  steps: Readonly<Record<string, Step>>;
}

/** How long a step that broke for a reason of ours rests before it is tried again. Milliseconds. */
const restAfterDefect = 30_000;

/** While the customer's older claim of the same number is being worked on. Milliseconds. */
const restWhileBusy = 5_000;

/** After the database was away for a moment. Milliseconds. */
const restOfDatabase = 2_000;

/** Tries of a broken step before the claim says so. */
const patienceWithDefects = 3;

/** Tries after which a person is told: about ten minutes. */
const mostDefects = 20;

const defect = {
  code: 'step_broke',
  message: 'A step goes on failing for a reason of this server’s. Its log names the place.',
};

/**
 * Carries one claim on, step after step under one lease, until it waits or there is nothing left to do. A step that
 * breaks gives the claim back and never takes another one with it.
 */
export function runClaim({ store, clock, timer, logger, leaseMs, steps }: RunClaimDeps) {
  const write = (lease: WorkLease, end: Exclude<StepEnd, 'fenced'>) =>
    store.finishStep({ lease, now: clock.now(), ...end });
  const rest = (lease: WorkLease) =>
    ({ next: { do: 'wait', step: lease.step, runAt: clock.now() + restAfterDefect } }) as const;

  const soonAgain = (lease: WorkLease) =>
    ({ next: { do: 'wait', step: lease.step, runAt: clock.now() + restOfDatabase } }) as const;

  /** Runs the step of the lease. Resolves to the lease with the step that follows at once, if one does. */
  const runStep = async (lease: WorkLease): Promise<WorkLease | undefined> => {
    const claim = await store.findClaim(lease.claimId);
    const step = steps[lease.step];
    if (claim === undefined || step === undefined) {
      // A newer node may know this step: leave it to that one.
      logger.warn('a row of work is not understood here', { claimId: lease.claimId, step: lease.step });
      await write(lease, rest(lease));
      return undefined;
    }
    const end = await step({ claim, lease }).catch((error: unknown): StepEnd => {
      // Nobody's fault, and soon over: nothing that a person has to hear of.
      if (error instanceof StoreUnavailableError) return soonAgain(lease);
      logger.error('a step of a claim broke', {
        claimId: claim.id,
        step: lease.step,
        ...errorFacts(error),
      });
      if (lease.attempts >= mostDefects) return leftToOperator;
      return lease.attempts < patienceWithDefects ? rest(lease) : { ...rest(lease), reason: defect };
    });
    if (end === 'fenced') return undefined;
    const outcome = await write(lease, end);
    if (outcome === 'number_busy') {
      await write(lease, {
        next: { do: 'wait', step: lease.step, runAt: clock.now() + restWhileBusy },
      });
    } else if (outcome === 'number_taken') {
      const said = await write(lease, numberTaken);
      if (said !== 'saved') {
        logger.error('a claim cannot say that its number is taken', { claimId: claim.id, outcome: said });
        await write(lease, rest(lease));
      }
    } else if (outcome === 'not_allowed') {
      // The claim was moved on by somebody else, an operator for instance: their word stands.
      logger.info('a step came too late to change its claim', { claimId: claim.id, step: lease.step });
      await write(lease, { next: { do: 'done' } });
    }
    return outcome === 'saved' && end.next.do === 'go'
      ? { ...lease, step: end.next.step, attempts: 1 }
      : undefined;
  };

  /** Renews the lease while a step goes on: Meta may be slow, and two workers at one claim would undo each other for ever. */
  const keepAlive = (lease: WorkLease): { stop: () => void } => {
    let stopped = false;
    const renew = async (): Promise<void> => {
      // The database may be away for a moment: the lease can outlast that.
      const holds = await store.renewLease({ lease }).catch(() => true);
      if (holds && !stopped) next = timer.after(leaseMs / 3, () => void renew());
    };
    let next = timer.after(leaseMs / 3, () => void renew());
    return {
      stop: () => {
        stopped = true;
        next.cancel();
      },
    };
  };

  return async (first: WorkLease, signal: AbortSignal): Promise<void> => {
    let lease: WorkLease | undefined = first;
    const beat = keepAlive(first);
    try {
      while (lease !== undefined && !signal.aborted) lease = await runStep(lease);
    } finally {
      beat.stop();
    }
    // Closing: what was not begun goes back at once, so that nobody has to wait for the lease to run out.
    if (lease !== undefined) {
      await write(lease, { next: { do: 'wait', step: lease.step, runAt: clock.now() } });
    }
  };
}

const leftToOperator: Exclude<StepEnd, 'fenced'> = {
  event: 'operator_needed',
  reason: defect,
  history: { what: 'a step goes on failing', who: 'kit', reason: 'step_broke', traceId: undefined },
  next: { do: 'done' },
};

const numberTaken: Exclude<StepEnd, 'fenced'> = {
  event: 'operator_needed',
  reason: {
    code: 'number_taken',
    message: 'Another live claim owns this number. End that one first, or dismiss this one.',
  },
  history: { what: 'the number is taken', who: 'kit', reason: 'number_taken', traceId: undefined },
  next: { do: 'done' },
};
