import type { Claim } from '../ports/records.ts';
import { ClaimError } from './claim-errors.ts';
import { submitSpentClaimCode } from './submit-spent-claim-code.ts';
import { waitingForCode, type ClaimCodeDeps } from './waiting-for-code.ts';

/**
 * How a code that came by text is handed in for a claim, once its call is in the ledger: with all that it takes read before.
 *
 * @returns `undefined`: the claim waits for no code
 * @throws CipherError, StoreUnavailableError
 */
export function codeByText(deps: ClaimCodeDeps) {
  const submitSpent = submitSpentClaimCode(deps);
  return async (
    claimId: string,
  ): Promise<((spent: { code: string; callId: string }) => Promise<Claim>) | undefined> => {
    try {
      const waiting = await waitingForCode(deps, claimId);
      return (spent) => submitSpent({ ...spent, waiting, who: 'kit' });
    } catch (error) {
      if (error instanceof ClaimError) return undefined;
      throw error;
    }
  };
}
