import { minute, second } from '../domain/durations.ts';
import type { GraphError } from '../ports/graph-error.ts';
import type { StepEnd } from '../ports/step.ts';

/** What the decision is made of. */
export interface FailureFacts {
  error: GraphError;
  step: string;
  /** Tries of this step so far, this one included. */
  attempts: number;
  /** Milliseconds UTC. */
  now: number;
  /** From 0 to below 1. */
  chance: number;
}

/** Waits grow from 2 seconds to 10 minutes. */
const shortest = 2 * second;
const longest = 10 * minute;

/** The sentence for the operator, by the meaning of the error. */
const advice: Partial<Record<GraphError['kind'], string>> = {
  auth: 'Meta no longer takes the customer’s token. Have the customer sign up again, or check the app secret.',
  permission:
    'The app may not do this for the customer. Check that it has advanced access to whatsapp_business_management and whatsapp_business_messaging.',
  not_found: 'Meta does not show this object to the customer’s token.',
  invalid_input: 'Meta does not take this request. Look at its code in the error table.',
  pin_mismatch:
    'The number has a two-step PIN that is not ours. Ask the customer for it, or have it switched off in WhatsApp Manager.',
};

/**
 * What to do after a read, or a call that may be made again, failed: come back when Meta says, or after a growing wait
 * with chance in it (so that many claims do not come back at once), or leave it to a person.
 */
export function afterFailure({ error, step, attempts, now, chance }: FailureFacts): StepEnd {
  const history = {
    what: `could not ${error.facts.action}`,
    who: 'meta',
    reason: error.reason,
    traceId: error.facts.traceId,
  };
  if (isFinal(error, attempts)) {
    return {
      event: 'operator_needed',
      reason: { code: error.reason, message: advice[error.kind] ?? error.message },
      history,
      next: { do: 'done' },
    };
  }
  const ceiling = Math.min(longest, shortest * 2 ** Math.min(attempts, 20));
  const backOff = shortest + Math.floor(chance * ceiling);
  const runAt = Math.max(error.retryAt ?? 0, now + backOff);
  // The first failure and every tenth are worth a line; a night of Meta being down is not worth ten thousand.
  const told = attempts === 1 || attempts % 10 === 0 ? { history } : {};
  const worthSaying = runAt - now > longest || attempts >= 5;
  const longWait = worthSaying
    ? {
        reason: {
          code: error.reason,
          message: `Meta lets this be tried again at ${new Date(runAt).toISOString()}; it will be, by itself.`,
        },
      }
    : {};
  return { ...told, ...longWait, next: { do: 'wait', step, runAt } };
}

const worthAnotherTry: ReadonlySet<GraphError['kind']> = new Set([
  'transient',
  'throttled',
  'unreachable',
  'unreadable',
  'recently_deleted',
  'attempts_exhausted',
]);

/** An error that this kit has no word for is tried twice more, then left to a person: it may cost something each time. */
const mostTriesOfUnknown = 3;

function isFinal(error: GraphError, attempts: number): boolean {
  if (error.kind === 'unknown') return attempts >= mostTriesOfUnknown;
  return !worthAnotherTry.has(error.kind);
}
