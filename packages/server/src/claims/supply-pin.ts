import { pinCell } from '../domain/cells.ts';
import type { Claim } from '../ports/records.ts';
import { ClaimNotThereError, ClaimWithoutNumberError } from './claim-errors.ts';
import { existing } from './decide-on.ts';
import type { ClaimsDeps } from './deps.ts';
import { given, givenName, sixDigits } from '../ports/given.ts';
import { retryClaim } from './retry-claim.ts';

/**
 * Takes the two-step PIN of a number from somebody who knows it, in place of the one that is kept. A claim that was left to
 * the operator is tried again with it.
 *
 * @param pin six digits; kept sealed, and named nowhere
 * @throws ClaimMissingError, ClaimWithoutNumberError, InvalidRequestError, StoreUnavailableError
 */
export function supplyPin(deps: ClaimsDeps) {
  const { store, clock, cipher } = deps;
  const retry = retryClaim(deps);
  return async (claimId: string, who: string, pin: string): Promise<Claim> => {
    givenName(who);
    const plain = given(sixDigits, pin, ['pin']);
    const { phoneNumberId } = await existing(store, claimId);
    if (phoneNumberId === undefined) throw new ClaimWithoutNumberError();
    const sealedPin = await cipher.seal(plain, pinCell(phoneNumberId));
    if (!(await store.supplyPin({ claimId, now: clock.now(), who, phoneNumberId, sealedPin }))) {
      throw new ClaimWithoutNumberError();
    }
    const claim = await existing(store, claimId);
    if (claim.status !== 'needs_operator') return claim;
    try {
      return await retry(claimId, who);
    } catch (error) {
      // Somebody else ended or dismissed it in between: the PIN is kept all the same.
      if (error instanceof ClaimNotThereError) return existing(store, claimId);
      throw error;
    }
  };
}
