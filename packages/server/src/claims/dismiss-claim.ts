import type { Claim } from '../ports/records.ts';
import { byOperator, decideOn } from './decide-on.ts';
import type { ClaimsDeps } from './deps.ts';
import { given, givenName, oneLine } from '../ports/given.ts';

/** Why a claim is put aside, in an operator's words. */
export const dismissalReason = oneLine(500).optional();

/**
 * Puts a claim aside that leads nowhere. No work is left then, and whoever works on it is too late. The operator's words
 * stay in the history: the claim's own reason is shown to the customer.
 *
 * @param reason at most 500 characters
 * @throws ClaimMissingError, ClaimNotThereError, InvalidRequestError, StoreUnavailableError
 */
export function dismissClaim({ store, clock }: Pick<ClaimsDeps, 'store' | 'clock'>) {
  return async (claimId: string, who: string, reason?: string): Promise<Claim> => {
    givenName(who);
    return decideOn(store, 'dismiss', {
      claimId,
      now: clock.now(),
      event: 'dismissed',
      reason: {
        code: 'dismissed',
        message: 'An operator put this sign-up aside. Sign up again if you need to.',
      },
      history: byOperator(who, 'dismissed', given(dismissalReason, reason, ['reason'])),
      work: { do: 'stop' },
    });
  };
}
