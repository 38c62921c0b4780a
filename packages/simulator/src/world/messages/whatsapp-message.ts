import type { Json } from '../../json.ts';

/** How far a message of a business got; `read` is reported only when a test says so. */
export type MessageStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'failed';

/** The kinds of message that are simulated. */
export type MessageType = 'text' | 'template' | 'image';

/** A message between a business number and a customer. */
export interface WhatsAppMessage {
  /** `wamid.…` */
  readonly id: string;
  /** Whether the business sent it or the customer did. */
  readonly direction: 'to-customer' | 'from-customer';
  /** The business number it went from or came to. */
  readonly phoneNumberId: string;
  /** The customer's number, digits. */
  readonly waId: string;
  readonly type: MessageType;
  /** The member of the request named like the type: `{body}` of a text. */
  readonly content: Json;
  /** ms, UTC. */
  readonly sentAt: number;
  /** Whether its statuses tell the customer's identity hash: the number's check was on and the request had no hash. */
  readonly tellsIdentity: boolean;
  /** Of a message to a customer; `delivered` for what customers write. */
  status: MessageStatus;
}
