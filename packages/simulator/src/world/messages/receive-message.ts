import { customerOf } from './customer-identity.ts';
import { messageId } from './message-id.ts';
import type { Moment } from '../simulation.ts';
import type { WhatsAppMessage } from './whatsapp-message.ts';

/** What a customer writes to a business. */
export interface IncomingText {
  readonly phoneNumberId: string;
  /** The customer's number, digits. */
  readonly waId: string;
  readonly text: string;
  /** The name of their profile from now on. */
  readonly name: string | undefined;
}

/** A customer writes to a business number. */
export function receiveMessage(moment: Moment, incoming: IncomingText): WhatsAppMessage {
  const { waId, phoneNumberId, text, name } = incoming;
  const customer = customerOf(moment, waId);
  if (name !== undefined) customer.name = name;
  const message: WhatsAppMessage = {
    id: messageId(moment, { waId, fromCustomer: true }),
    direction: 'from-customer',
    phoneNumberId,
    waId,
    type: 'text',
    content: { body: text },
    sentAt: moment.now,
    tellsIdentity: false,
    status: 'delivered',
  };
  moment.world.messages.set(message.id, message);
  moment.tell({ kind: 'message-received', messageId: message.id });
  return message;
}
