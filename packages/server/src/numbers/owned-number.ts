import { metaId } from '@embedded-signup-kit/protocol/schemas';
import { customerToken } from '../ports/customer-token.ts';
import { given } from '../ports/given.ts';
import type { Claim } from '../ports/records.ts';
import type { NumbersDeps } from './deps.ts';
import { PhoneNumberLeftError, PhoneNumberMissingError } from './phone-number-errors.ts';

/** A number in service, with all that it takes to speak with Meta about it. */
export interface OwnedNumber {
  claim: Claim;
  phoneNumberId: string;
  /** The customer's; `undefined`: the BSP's own. */
  token: string | undefined;
}

/**
 * The number that a live claim owns, by Meta's id of it. One that was imported without a token is spoken of with the BSP's.
 *
 * @throws InvalidRequestError, PhoneNumberMissingError, PhoneNumberLeftError, CipherError, StoreUnavailableError
 */
export async function ownedNumber(
  { store, cipher }: Pick<NumbersDeps, 'store' | 'cipher'>,
  id: string,
): Promise<OwnedNumber> {
  const phoneNumberId = given(metaId, id, ['phoneNumberId']);
  const claim = await ownerOf({ store }, phoneNumberId);
  const token = claim.sealedToken === undefined ? undefined : await customerToken({ cipher }, claim);
  return { claim, phoneNumberId, token };
}

/**
 * The live claim that owns a number.
 *
 * @throws PhoneNumberMissingError, PhoneNumberLeftError, StoreUnavailableError
 */
export async function ownerOf({ store }: Pick<NumbersDeps, 'store'>, phoneNumberId: string): Promise<Claim> {
  const claim = await store.findOwner(phoneNumberId);
  if (claim !== undefined) return claim;
  const known = await store.findPhoneNumber(phoneNumberId);
  throw known === undefined ? new PhoneNumberMissingError() : new PhoneNumberLeftError();
}
