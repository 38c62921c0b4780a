import type { PhoneNumber } from '../../world/numbers/phone-number.ts';
import type { WhatsAppAccount } from '../../world/businesses/whatsapp-account.ts';
import type { WhatsAppMessage } from '../../world/messages/whatsapp-message.ts';
import type { World } from '../../world/world.ts';

/** The account with this id. Throws RangeError when there is none. */
export function accountWith({ accounts }: World, wabaId: string): WhatsAppAccount {
  const account = accounts.get(wabaId);
  if (account === undefined) throw new RangeError(`There is no account "${wabaId}"; state() lists them.`);
  return account;
}

/** The number with this id. Throws RangeError when there is none. */
export function numberWith({ phoneNumbers }: World, phoneNumberId: string): PhoneNumber {
  const number = phoneNumbers.get(phoneNumberId);
  if (number === undefined) {
    throw new RangeError(`There is no phone number with the id "${phoneNumberId}"; state() lists them.`);
  }
  return number;
}

/** The message that a business sent under this id. Throws RangeError when there is none. */
export function sentMessageWith({ messages }: World, messageId: string): WhatsAppMessage {
  const message = messages.get(messageId);
  if (message?.direction !== 'to-customer') {
    throw new RangeError(`No business sent a message "${messageId}"; messages() lists them.`);
  }
  return message;
}
