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
  /** How long Meta wants to be left alone, milliseconds. */
  waitMs: number | undefined;
  /** For all of the call that is still to come, milliseconds. */
  left: number;
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
  const { repeat, attempts, error, waitMs = 0, left, affordable, chance } = failed;
  if (!affordable || attempts >= settings.attempts || !mayRepeat(repeat, error)) return 'give up';
  const ceiling = Math.min(settings.cap, settings.base * 2 ** (attempts - 1));
  const again = waitMs + Math.floor(chance * ceiling);
  return again < left ? { again } : 'give up';
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
      // A call that Meta itself throttles was refused before it was begun. Nothing else proves that: not "unknown error",
      // not "service unavailable", and not a status alone, which may come from a proxy while Meta works on.
      return error.facts.code !== undefined && error.kind === 'throttled';
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
