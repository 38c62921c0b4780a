import type { PhoneNumberRecord } from '../ports/numbers-store.ts';
import type { NumbersDeps } from './deps.ts';

/**
 * Switches the identity check of a number on or off (Meta, "Identity change check"). Twice is once.
 *
 * @param who an operator's name: for the history
 * @throws InvalidRequestError, PhoneNumberMissingError, PhoneNumberLeftError, GraphError, CipherError, StoreUnavailableError
 */
export function setIdentityCheck(_deps: NumbersDeps) {
  return (_phoneNumberId: string, _who: string, _enabled: boolean): Promise<PhoneNumberRecord> => {
    throw new Error('not built yet');
  };
}
