import { z } from 'zod';
import { digitsOf } from '../../domain/number-match.ts';
import { metaId, type Endpoint } from '../graph-request.ts';

/** A text for a customer. */
export interface SendTextInput {
  /** The sender. */
  phoneNumberId: string;
  /** E.164 with the plus: without it Meta puts the sender's calling code in front. */
  to: string;
  text: string;
  /** Whether the first link is shown with a preview. @default false */
  previewUrl?: boolean | undefined;
  /**
   * Who the customer is known to be. When it is someone else by now, the message is accepted here, and a status webhook
   * says 137000 later.
   */
  recipientIdentityKeyHash?: string | undefined;
}

/** An accepted message: whether it arrives is told by webhooks. */
export interface SentMessage {
  /** Starts with `wamid.`. */
  messageId: string;
  /** The recipient's WhatsApp id, where Meta names one. */
  waId: string | undefined;
}

const body = z.object({
  messages: z.tuple([z.object({ id: z.string().min(1) })], z.unknown()),
  contacts: z
    .array(z.object({ wa_id: z.string().optional() }))
    .optional()
    .catch(undefined),
});

/** `POST /<PHONE_NUMBER_ID>/messages` with a text (Meta, "Identity change check"). */
export const sendText: Endpoint<SendTextInput, SentMessage> = {
  repeat: 'costly',
  request: ({ phoneNumberId, to, text, previewUrl = false, recipientIdentityKeyHash }) => {
    if (!/^\+[\d\s()-]{5,40}$/.test(to) || !/\d/.test(to)) {
      throw new TypeError('graph: the recipient starts with + and the calling code; nothing was sent');
    }
    return {
      action: 'send the text',
      method: 'POST',
      path: `/${metaId(phoneNumberId)}/messages`,
      body: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to,
        ...(recipientIdentityKeyHash === undefined
          ? {}
          : { recipient_identity_key_hash: recipientIdentityKeyHash }),
        type: 'text',
        text: { preview_url: previewUrl, body: text },
      },
      secrets: whatNobodyElseMayRead([text, recipientIdentityKeyHash, to, digitsOf(to)]),
    };
  },
  read: (answer) => {
    const { messages, contacts } = body.parse(answer);
    return { messageId: messages[0].id, waId: contacts?.[0]?.wa_id };
  },
};

/** A shorter text is a part of any sentence, and the sentence could not be read without it. */
const leastMasked = 4;

/** What Meta may repeat in its sentences: they go to whoever reads the log. */
const whatNobodyElseMayRead = (texts: readonly (string | undefined)[]): string[] =>
  texts.filter((text) => text !== undefined).filter(({ length }) => length >= leastMasked);
