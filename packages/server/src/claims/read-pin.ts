import { pinCell } from '../domain/cells.ts';
import { ClaimWithoutNumberError, PinMissingError } from './claim-errors.ts';
import { existing } from './decide-on.ts';
import type { ClaimsDeps } from './deps.ts';
import { givenName } from '../ports/given.ts';

/**
 * Gives the two-step PIN of a claim's number out. That it was read, and by whom, is on record first.
 *
 * @returns six digits: show them once, and keep them nowhere
 * @throws ClaimMissingError, ClaimWithoutNumberError, PinMissingError, InvalidRequestError, CipherError,
 *   StoreUnavailableError
 */
export function readPin({ store, clock, cipher }: Pick<ClaimsDeps, 'store' | 'clock' | 'cipher'>) {
  return async (claimId: string, who: string): Promise<string> => {
    givenName(who);
    const read = await store.readPin({ claimId, now: clock.now(), who });
    if (read === undefined) {
      const { phoneNumberId } = await existing(store, claimId);
      throw phoneNumberId === undefined ? new ClaimWithoutNumberError() : new PinMissingError();
    }
    return cipher.open(read.sealedPin, pinCell(read.phoneNumberId));
  };
}
