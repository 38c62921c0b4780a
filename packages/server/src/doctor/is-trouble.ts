import type { GraphError } from '../ports/graph-error.ts';

/** Whether a call failed without an answer to its question: the network, something in between, or Meta's own trouble. */
export function isTrouble({ kind }: GraphError): boolean {
  return kind === 'unreachable' || kind === 'unreadable' || kind === 'transient' || kind === 'throttled';
}
