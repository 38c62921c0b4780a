import { notSent } from '../domain/number-call-budgets.ts';
import type { GraphError, GraphErrorKind } from './graph-error.ts';
import type { PoolStore } from './pool-store.ts';

/** Refusals that say nothing about the number: others would end the same. Kept by the kind, whatever Meta's code. */
const notAboutNumber: ReadonlySet<GraphErrorKind> = new Set(['auth', 'permission', 'throttled']);

/**
 * Keeps that Meta refused a call, or that it never left this machine.
 *
 * @param input.holdsBack until when Meta wants no further call of this kind is about this number, and is kept
 * @throws StoreUnavailableError
 */
export async function endRefused(
  store: Pick<PoolStore, 'endNumberCall'>,
  { callId, error, holdsBack }: { callId: string; error: GraphError; holdsBack: boolean },
): Promise<void> {
  const unsent = error.facts.sent === false;
  await store.endNumberCall({
    callId,
    outcome: 'refused',
    reason: unsent ? notSent : notAboutNumber.has(error.kind) ? `graph:${error.kind}` : error.reason,
    // What was held back on this machine is known to the client, and to nobody else.
    closedUntil: holdsBack && !unsent ? error.retryAt : undefined,
  });
}
