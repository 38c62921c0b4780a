import type { GraphError } from './graph-error.ts';

/** Whether a call that changes something may have been done although it failed. Then the state is read before anything else. */
export function mayBeDone({ kind, facts }: GraphError): boolean {
  if (facts.sent === false) return false;
  // "Try again" and a broken answer say nothing of what was done.
  return kind === 'unreachable' || kind === 'unreadable' || kind === 'transient' || facts.sent === 'unknown';
}
