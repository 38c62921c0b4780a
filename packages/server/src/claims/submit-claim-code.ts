import { claimVerificationRequestSchema } from '@embedded-signup-kit/protocol/schemas';
import { endRefused } from '../ports/end-number-call.ts';
import { given, givenName } from '../ports/given.ts';
import { GraphError } from '../ports/graph-error.ts';
import { mayBeDone } from '../ports/may-be-done.ts';
import type { Claim } from '../ports/records.ts';
import { spendNumberCall } from '../ports/spend-number-call.ts';
import { advisedCode } from './advised-code.ts';
import { ClaimAnswerLostError, ClaimCodeRefusedError, TooManyClaimCodesError } from './claim-code-errors.ts';
import {
  goOnVerified,
  tell,
  waitingForCode,
  wantsCode,
  type ClaimCodeDeps,
  type WaitingForCode,
} from './waiting-for-code.ts';

/**
 * Hands in the one-time code for the number of a claim, as people type it: `123-456`. Each try is on disk before it is made.
 * Four since the last right one in 12 hours are the most, counted by the telephone number on every node: a claim has one number,
 * so that is its limit as well. Where Meta's answer leaves it open, the number is read. Once it is verified, the claim goes on
 * with the registration.
 *
 * @param who an operator's name, or `customer`: for the history and the ledger
 * @throws ClaimMissingError, ClaimNeedsNoCodeError, ClaimWithoutNumberError, ClaimWithoutTokenError, TooManyClaimCodesError,
 *   InvalidRequestError: Meta heard no code then
 * @throws ClaimCodeRefusedError when it is wrong, too old, or was used
 * @throws ClaimAnswerLostError when nobody knows whether Meta took it
 * @throws GraphError, CipherError, StoreUnavailableError
 */
export function submitClaimCode(deps: ClaimCodeDeps) {
  const { graph, store, clock } = deps;
  return async (claimId: string, who: string, typed: string): Promise<Claim> => {
    givenName(who);
    const { code } = given(claimVerificationRequestSchema, { code: typed });
    const waiting = await waitingForCode(deps, claimId);
    const { claim, phoneNumberId, phoneNumber, token } = waiting;
    const verified = { what: 'verified by a one-time code', who, reason: undefined, traceId: undefined };
    const now = clock.now();
    const leave = await spendNumberCall(store, {
      now,
      phoneNumber,
      numberId: undefined,
      kind: 'verify_code',
      who,
    });
    if (!leave.allowed) {
      // The last try that was allowed may have been the right one.
      const mayBeRight = (await isLastTryOpen(deps, phoneNumber)) && (await isVerified(deps, waiting));
      if (mayBeRight) return goOnVerified(deps, claim, { ...verified, what: 'found verified' });
      throw new TooManyClaimCodesError('verify_code', { ...leave, now });
    }
    const { callId } = leave;

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

/** Whether nobody knows how the newest try ended: its answer was lost, or the process was killed in it. */
async function isLastTryOpen({ store }: Pick<ClaimCodeDeps, 'store'>, phoneNumber: string): Promise<boolean> {
  const [last] = await store.listNumberCalls({ phoneNumber, kind: 'verify_code', limit: 1 });
  return last !== undefined && (last.outcome === undefined || last.outcome === 'unsure');
}

/** Whether Meta shows the number as one that needs no code. `false` also when it cannot be read. */
async function isVerified(deps: Pick<ClaimCodeDeps, 'graph'>, waiting: WaitingForCode): Promise<boolean> {
  try {
    return !(await wantsCode(deps, waiting));
  } catch (error) {
    if (error instanceof GraphError) return false;
    throw error;
  }
}
