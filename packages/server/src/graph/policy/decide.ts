import type { GraphError } from '../../ports/graph-error.ts';
import type { CallClass } from '../graph-request.ts';

/** How often and how fast a failed call may be made again. Milliseconds. */
export interface RetrySettings {
  /** Attempts of one call, the first included. */
  attempts: number;
  /** The first wait is up to this long, and each further one up to twice as long. */
  base: number;
  /** No wait is longer, unless Meta names one. */
  cap: number;
}

/** What is known after an attempt failed. */
export interface FailedAttempt {
  repeat: CallClass;
  /** Attempts so far, this one included. */
  attempts: number;
  error: GraphError;
  /** Milliseconds UTC. */
  now: number;
  /** When all of the call must be over. Milliseconds UTC. */
  deadline: number;
  /** Whether the client may afford another retry. */
  affordable: boolean;
  /** From 0 to below 1. */
  chance: number;
}

/** Again after so many milliseconds, or not at all. */
export type Verdict = { again: number } | 'give up';

/**
 * Whether and when a failed call is made again. Waits are random over their whole length (AWS, "Exponential backoff and
 * jitter"): many calls that failed together do not come back together.
 */
export function decide(settings: RetrySettings, failed: FailedAttempt): Verdict {
  const { repeat, attempts, error, now, deadline, affordable, chance } = failed;
  if (!affordable || attempts >= settings.attempts || !mayRepeat(repeat, error)) return 'give up';
  const ceiling = Math.min(settings.cap, settings.base * 2 ** (attempts - 1));
  const again = Math.max(0, (error.retryAt ?? now) - now) + Math.floor(chance * ceiling);
  return now + again < deadline ? { again } : 'give up';
}

/** Whether a repeat could do no harm: this is about what Meta may have done, not about whether it would help. */
function mayRepeat(repeat: CallClass, error: GraphError): boolean {
  if (repeat === 'code') return false;
  if (error.kind === 'unreachable' && error.facts.sent === false) return true;
  switch (repeat) {
    case 'read':
    case 'idempotent':
      return harmless.has(error.kind);
    case 'costly':
      // A throttled call was refused before it was begun. Else only an answer that says so itself proves it: not
      // "unknown error", and not a 5xx without a code, which may come from a proxy while Meta works on.
      return (
        error.facts.code !== undefined && (error.kind === 'throttled' || error.facts.nothingDone === true)
      );
    case 'counted':
      return false;
  }
}

const harmless: ReadonlySet<GraphError['kind']> = new Set([
  'transient',
  'throttled',
  'unreachable',
  'unreadable',
]);
