import type { Claim } from '../ports/records.ts';
import { byOperator, decideOn } from './decide-on.ts';
import type { ClaimsDeps } from './deps.ts';
import { givenName } from '../ports/given.ts';

/**
 * Ends a claim whose number left our hands. No work is left then, and whoever works on it is too late. At Meta nothing is
 * changed: a number that is registered stays so.
 *
 * @throws ClaimMissingError, ClaimNotThereError, InvalidRequestError, StoreUnavailableError
 */
export function endClaim({ store, clock }: Pick<ClaimsDeps, 'store' | 'clock'>) {
  return async (claimId: string, who: string): Promise<Claim> => {
    givenName(who);
    return decideOn(store, 'end', {
      claimId,
      now: clock.now(),
      event: 'ended',
      reason: { code: 'ended', message: 'An operator ended this claim. Sign up again to use the number.' },
      history: byOperator(who, 'ended'),
      work: { do: 'stop' },
    });
  };
}
