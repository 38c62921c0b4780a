import { claimVerificationRequestSchema } from '@embedded-signup-kit/protocol/schemas';
import { given, givenName } from '../ports/given.ts';
import type { Claim } from '../ports/records.ts';
import { spendNumberCall } from '../ports/spend-number-call.ts';
import { TooManyClaimCodesError } from './claim-code-errors.ts';
import { isVerified, submitSpentClaimCode } from './submit-spent-claim-code.ts';
import { goOnVerified, waitingForCode, type ClaimCodeDeps } from './waiting-for-code.ts';

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
  const { store, clock } = deps;
  const submitSpent = submitSpentClaimCode(deps);
  return async (claimId: string, who: string, typed: string): Promise<Claim> => {
    givenName(who);
    const { code } = given(claimVerificationRequestSchema, { code: typed });
    const waiting = await waitingForCode(deps, claimId);
    const { claim, phoneNumber } = waiting;
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
      const found = { what: 'found verified', who, reason: undefined, traceId: undefined };
      if (mayBeRight) return goOnVerified(deps, claim, found);
      throw new TooManyClaimCodesError('verify_code', { ...leave, now });
    }
    return submitSpent({ waiting, code, callId: leave.callId, who });
  };
}

/** Whether nobody knows how the newest try ended: its answer was lost, or the process was killed in it. */
async function isLastTryOpen({ store }: Pick<ClaimCodeDeps, 'store'>, phoneNumber: string): Promise<boolean> {
  const [last] = await store.listNumberCalls({ phoneNumber, kind: 'verify_code', limit: 1 });
  return last !== undefined && (last.outcome === undefined || last.outcome === 'unsure');
}
