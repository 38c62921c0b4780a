import { exactly, given, oneLine } from '../ports/given.ts';
import type { NumbersDeps } from './deps.ts';
import { readTo, textFields } from './send-text.ts';

/** A customer who is to be forgotten. */
export interface ForgottenCustomer {
  /** Meta's id of the WhatsApp phone number, also of one that left or that nobody ever claimed. Digits. */
  phoneNumberId: string;
  /** Their number, with the plus and the calling code; or the `waId` that the host was told, with a plus in front. */
  to: string;
  /** Who of the host has it done: for the history of the number. @default 'host' */
  who?: string | undefined;
}

/**
 * Removes all that is known of a customer of a business number. A change of theirs that the host has not vouched for is forgotten
 * as well, so the next hash that Meta names is trusted, as the first one is; also one of a webhook that Meta sends late, or again.
 *
 * @returns whether there was anything
 * @throws InvalidRequestError, StoreUnavailableError; nothing has changed then
 */
export function forgetIdentity({ store, clock }: Pick<NumbersDeps, 'store' | 'clock'>) {
  return async (customer: ForgottenCustomer): Promise<boolean> => {
    const { phoneNumberId, to, who = 'host' } = given(customerSchema, customer);
    // Whoever is to be forgotten is so whatever has become of the number: only its country is of interest.
    const number = await store.findPhoneNumber(phoneNumberId);
    const waId = await readTo(
      { store },
      { phoneNumberId, phoneNumber: number?.phoneNumber },
      to,
      'as_written',
    );
    return store.forgetIdentity({ phoneNumberId, waId, now: clock.now(), who });
  };
}

const customerSchema = exactly({
  phoneNumberId: textFields.phoneNumberId,
  to: textFields.to,
  who: oneLine(100).optional(),
});
