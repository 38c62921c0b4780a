import type { NumbersDeps } from './deps.ts';

/** A text for a customer of a business number. */
export interface TextToSend {
  /** Of the sender: Meta's id of the WhatsApp phone number. Digits. */
  phoneNumberId: string;
  /** With the plus and the calling code, as people write it: `+1 (631) 555-1234`. */
  to: string;
  /** At most 4,096 characters. */
  body: string;
  /** Only to who the customer is known to be: with their identity hash. @default false */
  verified?: boolean | undefined;
  /** Whether the first link is shown with a preview. @default false */
  previewUrl?: boolean | undefined;
}

/** A text that Meta took. Whether it arrives is told by webhooks. */
export interface SentText {
  /** Starts with `wamid.`. */
  messageId: string;
  /** The customer's WhatsApp id, where Meta names one. */
  waId: string | undefined;
}

/**
 * Sends a text.
 *
 * @throws IdentityUnknownError, IdentityChangedError, IdentityCheckOffError for a verified one; nothing was sent then
 * @throws InvalidRequestError, PhoneNumberMissingError, PhoneNumberLeftError; nothing was sent either
 * @throws SendAnswerLostError when nobody knows whether it was
 * @throws GraphError, CipherError, StoreUnavailableError
 */
export function sendText(_deps: NumbersDeps) {
  return (_text: TextToSend): Promise<SentText> => {
    throw new Error('not built yet');
  };
}
