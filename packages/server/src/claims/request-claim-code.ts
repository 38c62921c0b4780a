import type { ClaimCodeRequest } from '@embedded-signup-kit/protocol';
import { claimCodeRequestSchema } from '@embedded-signup-kit/protocol/schemas';
import { notSent } from '../domain/number-call-budgets.ts';
import { endRefused } from '../ports/end-number-call.ts';
import { given, givenName } from '../ports/given.ts';
import { GraphError } from '../ports/graph-error.ts';
import { mayBeDone } from '../ports/may-be-done.ts';
import type { Claim } from '../ports/records.ts';
import { spendNumberCall } from '../ports/spend-number-call.ts';
import { closedToCodesUntil } from '../ports/too-many-codes.ts';
import { advisedCode } from './advised-code.ts';
import { ClaimAnswerLostError, TooManyClaimCodesError } from './claim-code-errors.ts';
import { goOnVerified, tell, waitingForCode, wantsCode, type ClaimCodeDeps } from './waiting-for-code.ts';

/**
 * Has Meta send a one-time code to the number of a claim that waits for one. The call is on disk before it is made, counted by
 * the telephone number on every node, in the same ledger as the calls of the pool, and never made again by itself. A number
 * that Meta calls verified needs none: its claim goes on at once.
 *
 * @param who an operator's name, or `customer`: for the history and the ledger
 * @throws ClaimMissingError, ClaimNeedsNoCodeError, ClaimWithoutNumberError, ClaimWithoutTokenError, TooManyClaimCodesError,
 *   InvalidRequestError: Meta was asked for no code then
 * @throws ClaimAnswerLostError when nobody knows whether the code is on its way
 * @throws GraphError, CipherError, StoreUnavailableError
 */
export function requestClaimCode(deps: ClaimCodeDeps) {
  const { graph, store, clock } = deps;
  return async (claimId: string, who: string, request: ClaimCodeRequest = {}): Promise<Claim> => {
    givenName(who);
    const { method = 'SMS', language = 'en_US' } = given(claimCodeRequestSchema, request);
    const waiting = await waitingForCode(deps, claimId);
    const { claim, phoneNumberId, phoneNumber, token } = waiting;
    const now = clock.now();
    const leave = await spendNumberCall(store, {
      now,
      phoneNumber,
      numberId: undefined,
      kind: 'request_code',
      who,
      method,
    });
    if (!leave.allowed) throw new TooManyClaimCodesError('request_code', { ...leave, now });
    const { callId } = leave;
    const told = {
      what: `asked for a one-time code by ${method === 'SMS' ? 'text' : 'call'}`,
      who,
      reason: undefined,
      traceId: undefined,
    };
    const verified = { ...told, what: 'found verified' };

    // Read only with leave for a code: whoever asks all the time does not have Meta asked all the time.
    let isWanted;
    try {
      isWanted = await wantsCode(deps, waiting);
    } catch (error) {
      await store.endNumberCall({ callId, outcome: 'refused', reason: notSent });
      throw error instanceof GraphError ? advisedCode('read', error) : error;
    }
    if (!isWanted) {
      await store.endNumberCall({ callId, outcome: 'refused', reason: notSent });
      return goOnVerified(deps, claim, verified);
    }

    try {
      await graph.requestCode({ id: phoneNumberId, method, language, token });
    } catch (failed) {
      if (!(failed instanceof GraphError)) throw failed;
      const error = advisedCode('request_code', failed);
      const { reason, facts } = error;
      const { traceId } = facts;
      if (mayBeDone(error)) {
        await store.endNumberCall({ callId, outcome: 'unsure', reason });
        await tell(deps, claim, { ...told, reason: 'answer_lost', traceId });
        throw new ClaimAnswerLostError('request_code', { cause: error });
      }
      await endRefused(store, { callId, error, holdsBack: true });
      if (error.kind === 'already_verified')
        return goOnVerified(deps, claim, { ...verified, reason, traceId });
      await tell(deps, claim, { ...told, reason, traceId });
      const closedUntil = closedToCodesUntil(error);
      if (closedUntil === undefined) throw error;
      const closed = { why: 'closed', retryAt: closedUntil, now: clock.now() } as const;
      throw new TooManyClaimCodesError('request_code', closed, { cause: error });
    }
    await store.endNumberCall({ callId, outcome: 'done' });
    return tell(deps, claim, told);
  };
}
