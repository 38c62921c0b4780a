import type { PhoneNumberRecord } from '../ports/numbers-store.ts';
import type { NumbersDeps } from './deps.ts';
import { findPhoneNumber } from './find-phone-number.ts';
import { readNumber } from './read-number.ts';

/**
 * Reads a number from Meta now. Where that fails, what is known stays, and the number's record says why.
 *
 * @throws InvalidRequestError, PhoneNumberMissingError, PhoneNumberLeftError, GraphError, CipherError, StoreUnavailableError
 */
export function refreshPhoneNumber(deps: NumbersDeps) {
  const find = findPhoneNumber(deps);
  const read = readNumber(deps);
  return async (phoneNumberId: string): Promise<PhoneNumberRecord> => {
    await read(await find(phoneNumberId));
    return find(phoneNumberId);
  };
}
