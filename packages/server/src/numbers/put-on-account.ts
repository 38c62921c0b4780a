import type { Claim } from '../ports/records.ts';
import type { NumbersDeps } from './deps.ts';

/** A number of the pool, and the name that customers see. */
export interface NumberForAccount {
  /** Meta's id of the pre-verified number. Digits. */
  numberId: string;
  /** The display name, 2 to 75 characters; Meta reviews it. */
  verifiedName: string;
}

/**
 * Puts a number of the pool on the account of a customer who is onboarded already, or who finished without a number, and
 * registers it, without the popup (Meta, "Pre-verified phone numbers", "Registering programmatically"). A claim records whose it
 * is from the start; asking again for the same changes nothing.
 *
 * @param who an operator's name: for the history
 * @throws AccountMissingError, AccountOfSeveralError, AccountNotOursError, NumberCapReachedError, PoolNumberUnavailableError,
 *   InvalidRequestError; nothing has changed then
 * @throws GraphError, CipherError, StoreUnavailableError
 */
export function putOnAccount(_deps: NumbersDeps) {
  return (_wabaId: string, _who: string, _number: NumberForAccount): Promise<Claim> => {
    throw new Error('not built yet');
  };
}
