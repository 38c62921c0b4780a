import type { PhoneNumberRecord } from '../ports/numbers-store.ts';
import type { NumbersDeps } from './deps.ts';

/**
 * Reads a number anew.
 *
 * @throws InvalidRequestError, PhoneNumberMissingError, PhoneNumberLeftError, GraphError, CipherError, StoreUnavailableError
 */
export function refreshPhoneNumber(_deps: NumbersDeps) {
  return (_phoneNumberId: string): Promise<PhoneNumberRecord> => {
    throw new Error('not built yet');
  };
}
