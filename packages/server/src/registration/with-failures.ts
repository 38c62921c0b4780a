import { GraphError } from '../ports/graph-error.ts';
import type { Step, StepContext, StepEnd } from '../ports/step.ts';
import { afterFailure } from './after-failure.ts';
import type { RegistrationDeps } from './deps.ts';
import type { Sentences } from './what-to-do.ts';

type FailureDeps = Pick<RegistrationDeps, 'clock' | 'random' | 'logger'>;

/**
 * Runs a step, and decides what a failed call to Meta means for the claim. The step may be run again: what costs in it is
 * counted on disk, and comes after a look at what Meta has done already.
 *
 * @param sentences the step's own, where they say more than the usual ones
 */
export function withFailures(deps: FailureDeps, step: Step, sentences?: Partial<Sentences>): Step {
  return async (context) => {
    try {
      return await step(context);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      return endOf(deps, context, error, sentences);
    }
  };
}

/** Logs a failed call, and says how the step ends by it. */
export function endOf(
  { clock, random, logger }: FailureDeps,
  { claim, lease }: StepContext,
  error: GraphError,
  sentences?: Partial<Sentences>,
): Exclude<StepEnd, 'fenced'> {
  logger.warn('a step of a claim failed', {
    claimId: claim.id,
    step: lease.step,
    attempts: lease.attempts,
    reason: error.reason,
    traceId: error.facts.traceId,
  });
  return afterFailure({
    error,
    step: lease.step,
    attempts: lease.attempts,
    now: clock.now(),
    chance: random.below(1_000_000) / 1_000_000,
    since: claim.provenAt ?? claim.codeReceivedAt ?? claim.createdAt,
    proven: claim.provenAt !== undefined,
    lastReason: claim.reason?.code,
    sentences,
  });
}
