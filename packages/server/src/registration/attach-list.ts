import { isGone } from '../domain/number-standing.ts';
import type { AccountNumber } from '../ports/graph.ts';
import { GraphError, type GraphErrorKind } from '../ports/graph-error.ts';
import type { StepContext } from '../ports/step.ts';
import type { RegistrationDeps } from './deps.ts';

/** The account, before a number is put on it. */
export interface AccountToAttachTo {
  /** With which it was read; `undefined`: the BSP's own. */
  token: string | undefined;
  /** Without those that left it: what Meta lists as deleted or migrated is of an earlier life, and counts for nothing. */
  numbers: AccountNumber[];
}

/** Of the customer's own token all of these mean that they took it back. */
const refusals: ReadonlySet<GraphErrorKind> = new Set(['permission', 'not_found', 'auth']);

/** These say nothing of the token: Meta could not be asked at that moment. */
const moments: ReadonlySet<GraphErrorKind> = new Set(['transient', 'throttled', 'unreachable', 'unreadable']);

/**
 * Reads the account before anything is spent. Where Meta refuses the customer's token, and an operator opened the claim, our own is
 * tried, as at the moment when the operator asked. When that one does, the claim goes on with it to its end.
 *
 * @returns Meta's refusal of the customer's token when ours is refused as well, or when there is none to be tried; what ours failed
 *   by when Meta could not be asked with it at that moment
 */
export function listForAttaching({
  graph,
  store,
  clock,
}: Pick<RegistrationDeps, 'graph' | 'store' | 'clock'>) {
  const list = async (wabaId: string, token: string | undefined): Promise<AccountToAttachTo | GraphError> => {
    const numbers: AccountNumber[] = [];
    try {
      for await (const number of graph.listAccountNumbers(wabaId, token)) {
        if (!isGone(number)) numbers.push(number);
      }
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      return error;
    }
    return { token, numbers };
  };

  return async (
    { claim, lease }: StepContext,
    wabaId: string,
    token: string | undefined,
  ): Promise<AccountToAttachTo | GraphError | 'fenced'> => {
    const read = await list(wabaId, token);
    const isRefused = read instanceof GraphError && refusals.has(read.kind);
    if (!isRefused || claim.toAttach === undefined || token === undefined) return read;
    const ours = await list(wabaId, undefined);
    // Only ours shows whether the customer's word is the last one, so while Meta cannot answer that, the claim waits.
    if (ours instanceof GraphError) return moments.has(ours.kind) ? ours : read;
    const isKept = await store.keepToken({
      lease,
      now: clock.now(),
      sealedToken: undefined,
      expiresAt: undefined,
    });
    return isKept ? ours : 'fenced';
  };
}
