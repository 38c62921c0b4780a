import { endRefused } from '../ports/end-number-call.ts';
import { GraphError } from '../ports/graph-error.ts';
import { mayBeDone } from '../ports/may-be-done.ts';
import type { Claim } from '../ports/records.ts';
import { advisedCode } from './advised-code.ts';
import { ClaimAnswerLostError, ClaimCodeRefusedError } from './claim-code-errors.ts';
import {
  goOnVerified,
  tell,
  wantsCode,
  type ClaimCodeDeps,
  type WaitingForCode,
} from './waiting-for-code.ts';

/** A code for the number of a claim, whose call is in the ledger already. */
export interface SpentClaimCode {
  waiting: WaitingForCode;
  /** Six digits. */
  code: string;
  /** What the call has to be ended with. */
  callId: string;
  /** An operator's name, `customer`, or `kit`: for the history. */
  who: string;
}

/**
 * Hands in a code for which the ledger has been written, once. Where Meta's answer leaves it open, the number is read. Once it is
 * verified, the claim goes on with the registration.
 *
 * @throws ClaimCodeRefusedError, ClaimAnswerLostError, ClaimMissingError, GraphError, StoreUnavailableError
 */
export function submitSpentClaimCode(deps: ClaimCodeDeps) {
  const { graph, store } = deps;
  return async ({ waiting, code, callId, who }: SpentClaimCode): Promise<Claim> => {
    const { claim, phoneNumberId, token } = waiting;
    const verified = { what: 'verified by a one-time code', who, reason: undefined, traceId: undefined };
    try {
      await graph.submitCode({ id: phoneNumberId, code, token });
    } catch (failed) {
      if (!(failed instanceof GraphError)) throw failed;
      const error = advisedCode('verify_code', failed);
      const { kind, reason, facts } = error;
      const { traceId } = facts;
      const isLost = mayBeDone(error);
      // Live, "wrong code" is also what Meta says of a number that has just been verified by the same code.
      const leavesItOpen = isLost || kind === 'verify_code_failed';
      if (kind === 'already_verified' || (leavesItOpen && (await isVerified(deps, waiting)))) {
        await store.endNumberCall({ callId, outcome: 'done', reason });
        return goOnVerified(deps, claim, { ...verified, reason, traceId });
      }
      if (isLost) await store.endNumberCall({ callId, outcome: 'unsure', reason });
      else await endRefused(store, { callId, error, holdsBack: true });
      // What is not counted is not told either: a history must not grow as fast as somebody can click.
      if (leavesItOpen) {
        const told = { what: 'handed in a one-time code', who, traceId };
        await tell(deps, claim, { ...told, reason: isLost ? 'answer_lost' : reason });
      }
      if (isLost) throw new ClaimAnswerLostError('verify_code', { cause: error });
      throw kind === 'verify_code_failed' ? new ClaimCodeRefusedError({ cause: error }) : error;
    }
    await store.endNumberCall({ callId, outcome: 'done' });
    return goOnVerified(deps, claim, verified);
  };
}

/** Whether Meta shows the number as one that needs no code. `false` also when it cannot be read. */
export async function isVerified(
  deps: Pick<ClaimCodeDeps, 'graph'>,
  waiting: WaitingForCode,
): Promise<boolean> {
  try {
    return !(await wantsCode(deps, waiting));
  } catch (error) {
    if (error instanceof GraphError) return false;
    throw error;
  }
}
