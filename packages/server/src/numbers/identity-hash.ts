import { metaId } from '@embedded-signup-kit/protocol/schemas';
import { z } from 'zod';
import { identityStanding, nobody, type IdentityStanding } from '../domain/customer-identity.ts';
import { given } from '../ports/given.ts';
import type { NumbersDeps } from './deps.ts';
import { IdentityChangedError, IdentityCheckOffError, IdentityUnknownError } from './phone-number-errors.ts';

/**
 * Who a customer of a business number is, as far as it is known.
 *
 * @param waId their WhatsApp id or number, in digits; a plus in front is left out
 * @throws InvalidRequestError, StoreUnavailableError
 */
export function customerIdentity({ store }: Pick<NumbersDeps, 'store'>) {
  return async (phoneNumberId: string, waId: string): Promise<IdentityStanding> => {
    const customer = given(customerSchema, { phoneNumberId, waId });
    return identityStanding((await store.findIdentity(customer)) ?? nobody);
  };
}

/**
 * The hash of a customer, for hosts that send their messages themselves, as `recipient_identity_key_hash`. It throws where there
 * is none, because a message whose hash is `undefined` would go to whoever has the customer's number.
 *
 * @param waId their WhatsApp id or number, in digits; a plus in front is left out
 * @throws IdentityUnknownError, IdentityChangedError, IdentityCheckOffError, InvalidRequestError, StoreUnavailableError
 */
export function identityHash(deps: Pick<NumbersDeps, 'store'>) {
  const standingOf = customerIdentity(deps);
  return async (phoneNumberId: string, waId: string): Promise<string> => {
    const identity = await standingOf(phoneNumberId, waId);
    const number = await deps.store.findPhoneNumber(phoneNumberId);
    // Meta ignores a hash then: the message would go to whoever has the customer's number.
    if (number?.identityCheck === false) throw new IdentityCheckOffError();
    switch (identity.standing) {
      case 'known':
        return identity.hash;
      case 'changed':
        throw new IdentityChangedError(identity);
      case 'unknown':
        throw new IdentityUnknownError();
    }
  };
}

const customerSchema = z.object({
  phoneNumberId: metaId,
  waId: z
    .string('must be a text of digits')
    .regex(/^\+?[0-9]{5,20}$/, 'must be 5 to 20 digits, with the calling code'),
});
