import { createHash } from 'node:crypto';
import { SECOND } from '../../clock/units.ts';
import type { Json } from '../../json.ts';
import type { Customer } from '../../world/messages/customer.ts';
import type { PhoneNumber } from '../../world/numbers/phone-number.ts';
import type { WhatsAppMessage } from '../../world/messages/whatsapp-message.ts';
import type { World } from '../../world/world.ts';
import type { MessageFailure, WorldEvent } from '../../world/world-event.ts';
import type { Report } from '../report.ts';

/** A message, with whom it is from and to. */
export interface MessageParties {
  readonly world: World;
  readonly message: WhatsAppMessage;
  readonly number: PhoneNumber;
  readonly customer: Customer;
}

/** From this version on, statuses have no `conversation` (status webhook reference). */
const WITHOUT_CONVERSATION = 24;

/** A status of a message, with the members and their order as in the samples of the phone numbers guide. */
export function messageStatus(
  parties: MessageParties,
  { status, failure }: Extract<WorldEvent, { kind: 'message-status' }>,
  { now, version }: { now: number; version: string },
): Report {
  const { message, customer } = parties;
  const charged = status === 'sent' || status === 'delivered';
  const old = Number.parseInt(version.slice(1), 10) < WITHOUT_CONVERSATION;
  return messagesReport(parties, {
    statuses: [
      {
        id: message.id,
        status,
        timestamp: seconds(now),
        recipient_id: message.waId,
        recipient_identity_key_hash:
          message.tellsIdentity && status !== 'failed' ? customer.identityKeyHash : undefined,
        conversation:
          charged && old ? { id: conversationId(message), origin: { type: 'service' } } : undefined,
        pricing: charged ? { billable: true, pricing_model: 'PMP', category: 'service' } : undefined,
        errors: failure && [errorOf(failure)],
      },
    ],
  });
}

/** A text from a customer; the hash of their identity comes along while the number's check is on. */
export function incomingMessage(parties: MessageParties): Report {
  const { message, number, customer } = parties;
  return messagesReport(parties, {
    contacts: [
      {
        profile: { name: customer.name },
        wa_id: customer.waId,
        identity_key_hash: number.identityKeyCheck ? customer.identityKeyHash : undefined,
      },
    ],
    messages: [
      {
        from: message.waId,
        id: message.id,
        timestamp: seconds(message.sentAt),
        [message.type]: message.content,
        type: message.type,
      },
    ],
  });
}

function messagesReport({ world, number }: MessageParties, value: { readonly [name: string]: Json }): Report {
  return {
    field: 'messages',
    entryId: number.accountId,
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: number.digits, phone_number_id: number.id },
      ...value,
    },
    account: world.accounts.get(number.accountId),
    number,
  };
}

/** Only code and title when nothing else is known, as in the guide's sample; else the form of v16 and later. */
function errorOf({ code, title, details }: MessageFailure): Json {
  if (details === undefined) return { code, title };
  const href = 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/';
  return { code, title, message: title, error_data: { details }, href };
}

function seconds(time: number): string {
  return String(Math.floor(time / SECOND));
}

/** One conversation for a number, a customer and a day (UTC). */
function conversationId({ phoneNumberId, waId, sentAt }: WhatsAppMessage): string {
  const day = new Date(sentAt).toISOString().slice(0, 10);
  return createHash('sha256').update(`${phoneNumberId} ${waId} ${day}`).digest('hex').slice(0, 32);
}
