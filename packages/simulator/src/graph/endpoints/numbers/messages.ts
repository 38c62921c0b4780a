import { isJsonObject, type Json } from '../../../json.ts';
import { recipientDigits } from '../../../phone/recipient.ts';
import type { PhoneNumber } from '../../../world/numbers/phone-number.ts';
import { sendMessage } from '../../../world/messages/send-message.ts';
import { momentOf } from '../../../world/simulation.ts';
import type { MessageType } from '../../../world/messages/whatsapp-message.ts';
import type { NodeEndpoint } from '../../call/graph-call.ts';
import type { Parameters } from '../../call/parameters.ts';
import {
  messageParameterInvalid,
  messageParameterMissing,
  messageTypeUnsupported,
  recipientIsSender,
  senderNotRegistered,
} from '../../errors/message-errors.ts';

/** What a message of each type needs at least. */
const NEEDED: { readonly [Type in MessageType]: readonly string[] } = {
  text: ['body'],
  template: ['name', 'language'],
  image: [],
};

/**
 * `POST /<PHONE_NUMBER_ID>/messages`: sends a text, a template or an image to a customer. `to` without a plus sign
 * gets the calling code of the business number (phone numbers guide). `recipient_identity_key_hash` is compared after
 * the answer. Throws GraphError 100, 131008, 131009, 131021, 131051, and 133010 or 131045.
 */
export const sendMessageFrom: NodeEndpoint<PhoneNumber> = (deps, number, { parameters }) => {
  const moment = momentOf(deps);
  parameters.required('messaging_product');
  parameters.oneOf('messaging_product', ['whatsapp']);
  const recipientType = parameters.text('recipient_type');
  if (recipientType !== undefined && recipientType !== 'individual') {
    throw messageParameterInvalid('recipient_type must be individual');
  }
  const input = parameters.text('to');
  if (input === undefined) throw messageParameterMissing('to');
  const type = typeOf(parameters.text('type') ?? 'text');
  const content = contentOf(parameters, type);
  const waId = recipientDigits(input, number.digits);
  if (waId === undefined) throw messageParameterInvalid('to must be a phone number');
  if (number.registeredAt === undefined) {
    throw senderNotRegistered(moment.assumptions.unregisteredSenderCode);
  }
  if (waId === number.digits) throw recipientIsSender();
  const identityKeyHash = parameters.text('recipient_identity_key_hash');
  const { id } = sendMessage(moment, number, { waId, type, content, identityKeyHash });
  return { messaging_product: 'whatsapp', contacts: [{ input, wa_id: waId }], messages: [{ id }] };
};

function typeOf(type: string): MessageType {
  if (type === 'text' || type === 'template' || type === 'image') return type;
  throw messageTypeUnsupported();
}

/** The member named like the type; forms send it as JSON text. */
function contentOf({ values }: Parameters, type: MessageType): Json {
  const content = parsed(values[type]);
  if (content === undefined || content === '') throw messageParameterMissing(type);
  if (!isJsonObject(content)) throw messageParameterInvalid(`${type} must be an object`);
  for (const name of NEEDED[type]) {
    if (content[name] === undefined || content[name] === '') throw messageParameterMissing(`${type}.${name}`);
  }
  if (type === 'text' && typeof content['body'] !== 'string') {
    throw messageParameterInvalid('text.body must be a string');
  }
  if (type === 'image' && content['id'] === undefined && content['link'] === undefined) {
    throw messageParameterMissing('image.id or image.link');
  }
  // It came out of a JSON body.
  return content as Json;
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
