import type { IdentityStanding } from '../domain/customer-identity.ts';
import type { NumbersDeps } from './deps.ts';

/**
 * Who a customer of a business number is, as far as it is known.
 *
 * @throws InvalidRequestError, StoreUnavailableError
 */
export function customerIdentity(_deps: Pick<NumbersDeps, 'store'>) {
  return (_phoneNumberId: string, _waId: string): Promise<IdentityStanding> => {
    throw new Error('not built yet');
  };
}

/**
 * The hash of a customer, for hosts that send their messages themselves, as `recipient_identity_key_hash`. It throws where there
 * is none, because a message whose hash is `undefined` would go to whoever has the customer's number.
 *
 * @throws IdentityUnknownError, IdentityChangedError, IdentityCheckOffError, InvalidRequestError, StoreUnavailableError
 */
export function identityHash(_deps: Pick<NumbersDeps, 'store'>) {
  return (_phoneNumberId: string, _waId: string): Promise<string> => {
    throw new Error('not built yet');
  };
}
