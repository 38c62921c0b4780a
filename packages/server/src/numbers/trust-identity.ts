import { exactly, given, oneLine } from '../ports/given.ts';
import type { NumbersDeps } from './deps.ts';
import { ownedNumber } from './owned-number.ts';
import { recipientOf, send, textFields, type SentText } from './send-text.ts';

/** A customer for whom the host vouches. */
export interface TrustedCustomer {
  /** Meta's id of the WhatsApp phone number. Digits. */
  phoneNumberId: string;
  /** Their number, with the plus and the calling code; or the `waId` that the host was told, with a plus in front. */
  to: string;
  /** The text that was not delivered, to be sent again, without a hash. Without it nothing is sent. */
  body?: string | undefined;
  /** @default false */
  previewUrl?: boolean | undefined;
  /** Who of the host made sure of it: for the record. @default 'host' */
  who?: string | undefined;
}

/**
 * Keeps that the host has made sure, by other ways than WhatsApp, who the customer is; and sends the text that was not
 * delivered, without a hash, to the new identity. The hash that was seen last is theirs then; where it was refused, or none was
 * seen, the next one that Meta names (Meta, "Identity change check").
 *
 * @returns the text that was sent; `undefined` without a body
 * @throws InvalidRequestError, PhoneNumberMissingError, PhoneNumberLeftError, CipherError; nothing has changed then
 * @throws SendAnswerLostError, GraphError; the customer is trusted all the same
 * @throws StoreUnavailableError
 */
export function trustIdentity(deps: Pick<NumbersDeps, 'graph' | 'store' | 'cipher' | 'clock'>) {
  const { store, clock } = deps;
  return async (customer: TrustedCustomer): Promise<SentText | undefined> => {
    const { phoneNumberId, to, body, previewUrl, who = 'host' } = given(customerSchema, customer);
    const number = await ownedNumber(deps, phoneNumberId);
    const recipient = recipientOf(number, to);
    // First, so that the hash that comes with the text's status is not one more change.
    await store.trustIdentity({ phoneNumberId, waId: recipient, now: clock.now(), who });
    return body === undefined ? undefined : send(deps, number, { to: recipient, body, previewUrl });
  };
}

const customerSchema = exactly({
  ...textFields,
  body: textFields.body.optional(),
  who: oneLine(100).optional(),
});
