import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { WorkLease } from '../ports/records.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import type { Store } from '../ports/store.ts';

/** What running a claim is made of. */
export interface RunClaimDeps {
  store: Store;
  clock: Clock;
  logger: Logger;
  /** The steps by their names. */
  steps: Readonly<Record<string, Step>>;
}

/** How long a step that broke for a reason of ours rests before it is tried again. Milliseconds. */
const restAfterDefect = 30_000;

/**
 * Carries one claim on, step after step under one lease, until it waits or there is nothing left to do. A step that
 * breaks gives the claim back and never takes another one with it.
 */
export function runClaim({ store, clock, logger, steps }: RunClaimDeps) {
  const write = (lease: WorkLease, end: Exclude<StepEnd, 'fenced'>) =>
    store.finishStep({ lease, now: clock.now(), ...end });

  return async (first: WorkLease, signal: AbortSignal): Promise<void> => {
    let lease = first;
    for (;;) {
      const claim = await store.findClaim(lease.claimId);
      const step = steps[lease.step];
      if (claim === undefined || step === undefined) {
        // A newer node may know this step: leave it to that one.
        logger.warn('a row of work is not understood here', { claimId: lease.claimId, step: lease.step });
        await write(lease, { next: { do: 'wait', step: lease.step, runAt: clock.now() + restAfterDefect } });
        return;
      }
      const end = await step({ claim, lease }).catch((error: unknown): StepEnd => {
        logger.error('a step of a claim broke', {
          claimId: claim.id,
          step: lease.step,
          error: error instanceof Error ? error.name : 'unknown',
        });
        return { next: { do: 'wait', step: lease.step, runAt: clock.now() + restAfterDefect } };
      });
      if (end === 'fenced') return;
      const outcome = await write(lease, end);
      if (outcome === 'number_taken') {
        await write(lease, numberTaken);
        return;
      }
      if (outcome === 'not_allowed') {
        // The claim was moved on by somebody else, an operator for instance: their word stands.
        logger.info('a step came too late to change its claim', { claimId: claim.id, step: lease.step });
        await write(lease, { next: { do: 'done' } });
        return;
      }
      if (outcome === 'fenced' || end.next.do !== 'go') return;
      lease = { ...lease, step: end.next.step, attempts: 1 };
      if (signal.aborted) {
        await write(lease, { next: { do: 'wait', step: lease.step, runAt: clock.now() } });
        return;
      }
    }
  };
}

const numberTaken: Exclude<StepEnd, 'fenced'> = {
  event: 'operator_needed',
  reason: {
    code: 'number_taken',
    message: 'Another live claim owns this number. End that one first, or dismiss this one.',
  },
  history: { what: 'the number is taken', who: 'kit', reason: 'number_taken', traceId: undefined },
  next: { do: 'done' },
};
