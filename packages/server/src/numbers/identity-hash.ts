import { metaId } from '@embedded-signup-kit/protocol/schemas';
import { z } from 'zod';
import { identityStanding, nobody, type IdentityStanding } from '../domain/customer-identity.ts';
import { changeIdOf } from '../ports/change-id.ts';
import { given } from '../ports/given.ts';
import type { IdentityRecord } from '../ports/identity-store.ts';
import type { NumbersDeps } from './deps.ts';
import { ownerOf } from './owned-number.ts';
import { IdentityChangedError, IdentityCheckOffError, IdentityUnknownError } from './phone-number-errors.ts';

/** Who vouched for a customer last, and when, by our clock, milliseconds UTC. */
interface Trusted {
  trustedBy?: string;
  trustedAt?: number;
}

/** An {@link IdentityStanding}, with what was done about it, or what `trustIdentity` needs. */
export type CustomerStanding =
  | (Exclude<IdentityStanding, { standing: 'changed' }> & Trusted)
  | (Extract<IdentityStanding, { standing: 'changed' }> & { changeId: string });

/**
 * Who a customer of a business number is, as far as it is known.
 *
 * @param waId their WhatsApp id or number, in digits; a plus in front is left out
 * @throws InvalidRequestError, StoreUnavailableError
 */
export function customerIdentity({ store }: Pick<NumbersDeps, 'store'>) {
  return async (phoneNumberId: string, waId: string): Promise<CustomerStanding> => {
    const customer = given(customerSchema, { phoneNumberId, waId });
    return standingOf(customer, await store.findIdentity(customer));
  };
}

/**
 * The hash of a customer, for hosts that send their messages themselves, as `recipient_identity_key_hash`. It throws where there
 * is none, because a message whose hash is `undefined` would go to whoever has the customer's number.
 *
 * @param waId their WhatsApp id or number, in digits; a plus in front is left out
 * @throws IdentityUnknownError, IdentityChangedError, IdentityCheckOffError, PhoneNumberMissingError, PhoneNumberLeftError
 * @throws InvalidRequestError, StoreUnavailableError
 */
export function identityHash({ store }: Pick<NumbersDeps, 'store'>) {
  const hashOf = hashOfCustomer({ store });
  return async (phoneNumberId: string, waId: string): Promise<string> => {
    const customer = given(customerSchema, { phoneNumberId, waId });
    await ownerOf({ store }, customer.phoneNumberId);
    return hashOf(customer);
  };
}

/** A customer of a business number. */
interface Customer {
  phoneNumberId: string;
  waId: string;
}

/**
 * The same for a number that is known to be in service.
 *
 * @throws IdentityUnknownError, IdentityChangedError, IdentityCheckOffError, StoreUnavailableError
 */
export function hashOfCustomer({ store }: Pick<NumbersDeps, 'store'>) {
  return async (customer: Customer): Promise<string> => {
    const identity = standingOf(customer, await store.findIdentity(customer));
    const number = await store.findPhoneNumber(customer.phoneNumberId);
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

function standingOf(
  { phoneNumberId, waId }: Customer,
  identity: IdentityRecord | undefined,
): CustomerStanding {
  const standing = identityStanding(identity ?? nobody);
  if (standing.standing === 'changed') {
    return { ...standing, changeId: changeIdOf({ phoneNumberId, waId }, identity ?? nobody) };
  }
  const { trustedBy, trustedAt } = identity ?? {};
  return trustedBy === undefined || trustedAt === undefined
    ? standing
    : { ...standing, trustedBy, trustedAt };
}

const customerSchema = z.object({
  phoneNumberId: metaId,
  waId: z
    .string('must be a text of digits')
    .regex(/^\+?[0-9]{5,20}$/, 'must be 5 to 20 digits, with the calling code'),
});
