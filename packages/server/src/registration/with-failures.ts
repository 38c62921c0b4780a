import { GraphError } from '../ports/graph-error.ts';
import type { Step } from '../ports/step.ts';
import { afterFailure } from './after-failure.ts';
import type { RegistrationDeps } from './deps.ts';

/** Runs a step whose calls to Meta may all be made again, and decides what a failed one means for the claim. */
export function withFailures(
  { clock, random, logger }: Pick<RegistrationDeps, 'clock' | 'random' | 'logger'>,
  step: Step,
): Step {
  return async (context) => {
    try {
      return await step(context);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const { claim, lease } = context;
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
      });
    }
  };
}
