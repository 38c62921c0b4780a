import { day, minute, second } from '../domain/durations.ts';
import type { GraphError } from '../ports/graph-error.ts';
import type { StepEnd } from '../ports/step.ts';
import { sentenceFor, type Sentences } from './what-to-do.ts';

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
  /** Since when the claim is at it: its proof, or its code before. Milliseconds UTC. */
  since: number;
  /** The host is reminded of a proven claim that is not registered; of others nobody is. */
  proven: boolean;
  /** The reason that the claim has already. */
  lastReason: string | undefined;
  /** The step's own sentences, where they say more than the usual ones. */
  sentences?: Partial<Sentences> | undefined;
}

/** Waits grow from 2 seconds to 10 minutes. */
const shortest = 2 * second;
const longest = 10 * minute;

/** A wait longer than that, or so many tries, are worth a word on the claim. */
const triesInSilence = 5;

/**
 * What to do after a read, or a call that may be made again, failed: come back when Meta says, or after a growing wait
 * with chance in it (so that many claims do not come back at once), or leave it to a person.
 */
export function afterFailure(failure: FailureFacts): Exclude<StepEnd, 'fenced'> {
  const { error, step, attempts, now, chance } = failure;
  const history = {
    what: `could not ${error.facts.action}`,
    who: 'meta',
    reason: error.reason,
    traceId: error.facts.traceId,
  };
  if (isFinal(failure)) {
    return {
      event: 'operator_needed',
      reason: { code: error.reason, message: sentenceFor(error, failure.sentences) },
      history,
      next: { do: 'done' },
    };
  }
  const ceiling = Math.min(longest, shortest * 2 ** Math.min(attempts, 20));
  const backOff = shortest + Math.floor(chance * ceiling);
  const runAt = Math.max(error.retryAt ?? 0, now + backOff);
  // The first failure and every tenth are worth a line; a night of Meta being down is not worth ten thousand.
  const told = attempts === 1 || attempts % 10 === 0 ? { history } : {};
  const worthSaying = runAt - now > longest || attempts >= triesInSilence || error.kind === 'pin_locked';
  const longWait = worthSaying
    ? {
        reason: {
          code: error.reason,
          message: `Meta did not ${error.facts.action} so far. It is tried again by itself, at ${new Date(runAt).toISOString()} next.`,
        },
      }
    : {};
  return { ...told, ...longWait, next: { do: 'wait', step, runAt } };
}

/** An error that this kit has no word for is tried twice more, then left to a person: it may cost something each time. */
const mostTriesOfUnknown = 3;

/** A whole outage of Meta's may pass before a person is asked about a claim that nobody is reminded of. */
const patience = { unreadable: day, unproven: 3 * day };

/** So that a claim which a person has tried again is not given up at its first failure. */
const leastTries = 10;

function isFinal({ error, attempts, now, since, proven, lastReason }: FailureFacts): boolean {
  const longerThan = (ms: number) => attempts >= leastTries && now - since >= ms;
  switch (error.kind) {
    case 'unknown':
      return attempts >= mostTriesOfUnknown;
    case 'unreadable':
      return longerThan(patience.unreadable);
    case 'pin_locked':
      // Waited for once. Locked again, it is somebody else who guesses, or our PIN is wrong.
      return error.retryAt === undefined || lastReason === error.reason;
    case 'transient':
    case 'throttled':
    case 'unreachable':
    case 'recently_deleted':
    case 'attempts_exhausted':
      return !proven && longerThan(patience.unproven);
    default:
      return true;
  }
}
