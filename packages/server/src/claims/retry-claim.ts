import type { Claim } from '../ports/records.ts';
import { ClaimNotThereError } from './claim-errors.ts';
import { isUnderWay } from './claim-verb.ts';
import { byOperator, decideOn, existing } from './decide-on.ts';
import type { ClaimsDeps } from './deps.ts';
import { givenName } from '../ports/given.ts';
import { beginning, hurryClaim } from './hurry-claim.ts';

/**
 * Has a claim tried again: from the proof on, or, while the kit is still at it, at the step where it waits. Two who ask
 * at once have it tried once.
 *
 * @throws ClaimMissingError, ClaimNotThereError, NumberTakenError, InvalidRequestError, StoreUnavailableError
 */
export function retryClaim(deps: ClaimsDeps) {
  const { store, clock, random, wake } = deps;
  return async (claimId: string, who: string): Promise<Claim> => {
    givenName(who);
    const claim = await existing(store, claimId);
    if (isUnderWay(claim.status)) return hurryClaim(deps, claim, who);
    try {
      const after = await decideOn(store, 'retry', {
        claimId,
        now: clock.now(),
        event: 'retried',
        reason: null,
        history: byOperator(who, 'tried again'),
        work: { do: 'go', step: beginning(claim), workId: random.id() },
      });
      wake(claimId);
      return after;
    } catch (error) {
      // Somebody else was faster, and the kit is at it.
      if (!(error instanceof ClaimNotThereError) || !isUnderWay(error.status)) throw error;
      return hurryClaim(deps, await existing(store, claimId), who);
    }
  };
}
