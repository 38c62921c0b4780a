import type { Json } from '../../json.ts';
import { customerOf } from './customer-identity.ts';
import { messageId } from './message-id.ts';
import type { PhoneNumber } from '../numbers/phone-number.ts';
import type { Moment } from '../simulation.ts';
import type { MessageType, WhatsAppMessage } from './whatsapp-message.ts';
import type { MessageFailure } from '../world-event.ts';

/** A message that a business wants to send. */
export interface NewMessage {
  /** The customer's number, digits. */
  readonly waId: string;
  readonly type: MessageType;
  readonly content: Json;
  /** `recipient_identity_key_hash` of the request. */
  readonly identityKeyHash: string | undefined;
}

/** The customer has another identity than the business expects (phone numbers guide, the sample's own words). */
const IDENTITY_MISMATCH: MessageFailure = {
  code: 137000,
  title: 'Confirm the correct Recipient Identity Key Hash or send without any identity key hash',
  details: undefined,
};

/**
 * Accepts a message and delivers it at once. With the number's identity check on, a hash in the request must be the
 * customer's present one, or the message fails after it was accepted; without one, the statuses tell the hash.
 */
export function sendMessage(
  moment: Moment,
  number: PhoneNumber,
  { waId, type, content, identityKeyHash }: NewMessage,
): WhatsAppMessage {
  const { world, assumptions, tell, now } = moment;
  const customer = customerOf(moment, waId);
  const message: WhatsAppMessage = {
    id: messageId(moment, { waId, fromCustomer: false }),
    direction: 'to-customer',
    phoneNumberId: number.id,
    waId,
    type,
    content,
    sentAt: now,
    tellsIdentity: number.identityKeyCheck && identityKeyHash === undefined,
    status: 'accepted',
  };
  world.messages.set(message.id, message);
  const compares = number.identityKeyCheck || assumptions.identityHashWithoutCheck === 'compared';
  const trusted = !compares || identityKeyHash === undefined || identityKeyHash === customer.identityKeyHash;
  for (const status of trusted ? (['sent', 'delivered'] as const) : (['failed'] as const)) {
    message.status = status;
    const failure = trusted ? undefined : IDENTITY_MISMATCH;
    tell({ kind: 'message-status', messageId: message.id, status, failure });
  }
  return message;
}
