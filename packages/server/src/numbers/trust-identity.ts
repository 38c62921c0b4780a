import type { NumbersDeps } from './deps.ts';
import type { SentText } from './send-text.ts';

/** A customer for whom the host vouches. */
export interface TrustedCustomer {
  /** Meta's id of the WhatsApp phone number. Digits. */
  phoneNumberId: string;
  /** Their number, with the plus and the calling code. */
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
 * delivered, without a hash, to the new identity. The next hash that Meta names is theirs (Meta, "Identity change check").
 *
 * @returns the text that was sent; `undefined` without a body
 * @throws InvalidRequestError, PhoneNumberMissingError, PhoneNumberLeftError; nothing has changed then
 * @throws SendAnswerLostError, GraphError, CipherError; the customer is trusted all the same
 * @throws StoreUnavailableError
 */
export function trustIdentity(_deps: NumbersDeps) {
  return (_customer: TrustedCustomer): Promise<SentText | undefined> => {
    throw new Error('not built yet');
  };
}
