import type { PhoneNumberChange, PhoneNumberRecord } from '../ports/numbers-store.ts';
import type { NumbersDeps } from './deps.ts';

/**
 * What is known of a number, also of one that has left.
 *
 * @throws InvalidRequestError, PhoneNumberMissingError, StoreUnavailableError
 */
export function findPhoneNumber(_deps: NumbersDeps) {
  return (_phoneNumberId: string): Promise<PhoneNumberRecord> => {
    throw new Error('not built yet');
  };
}

/**
 * What changed about a number, the newest first.
 *
 * @throws InvalidRequestError, PhoneNumberMissingError, StoreUnavailableError
 */
export function phoneNumberChanges(_deps: NumbersDeps) {
  return (_phoneNumberId: string): Promise<PhoneNumberChange[]> => {
    throw new Error('not built yet');
  };
}
