import type { GraphList } from '../all-pages.ts';
import {
  assignUser,
  listAssignedUsers,
  removeUser,
  type AssignedUser,
  type AssignUserInput,
} from '../endpoints/assigned-users.ts';
import type { PhoneNumber } from '../endpoints/phone-number.ts';
import {
  createPhoneNumber,
  listPhoneNumbers,
  type CreatePhoneNumberInput,
  type PhoneNumbersInput,
} from '../endpoints/phone-numbers.ts';
import {
  listSubscribedApps,
  subscribeApp,
  unsubscribeApp,
  type SubscribeAppInput,
  type SubscribedApp,
} from '../endpoints/subscribed-apps.ts';
import {
  getAccount,
  type GetAccountInput,
  type WhatsAppBusinessAccount,
} from '../endpoints/whatsapp-business-account.ts';
import { findByDigits } from '../find-by-digits.ts';
import type { PageInput } from '../page.ts';
import type { CallOptions, TokenCaller } from './call-options.ts';

/** Calls on a WhatsApp Business Account. Every one may throw a `GraphError`. */
export interface WhatsAppBusinessAccountCalls {
  /** `GET /<WABA_ID>`. Ask for `primary_funding_id` to see what pays for it. */
  get(input: GetAccountInput, options?: CallOptions): Promise<WhatsAppBusinessAccount>;
  /** `GET /<WABA_ID>/phone_numbers`: its numbers, all pages. */
  phoneNumbers(input: PhoneNumbersInput, options?: CallOptions): GraphList<PhoneNumber>;
  /**
   * Finds a number of the account by its digits, in any spelling, with the tolerance that Brazil and Mexico need. `undefined`
   * when none matches, or several do and none exactly. Meta's own filter for this is in no list of parameters.
   */
  findPhoneNumber(
    input: { wabaId: string; phoneNumber: string },
    options?: CallOptions,
  ): Promise<PhoneNumber | undefined>;
  /**
   * `POST /<WABA_ID>/phone_numbers`: adds a number, verified already when it comes from the pool. Never made twice after a
   * lost answer: look for it with `findPhoneNumber` then.
   *
   * @throws GraphError, among others `number_refused`
   */
  createPhoneNumber(input: CreatePhoneNumberInput, options?: CallOptions): Promise<{ id: string }>;
  /** `GET /<WABA_ID>/subscribed_apps`: apps that get its webhooks, all pages. */
  subscribedApps(input: { wabaId: string } & PageInput, options?: CallOptions): GraphList<SubscribedApp>;
  /** `POST /<WABA_ID>/subscribed_apps`: its webhooks come to the app. Doing it twice is doing it once. */
  subscribeApp(input: SubscribeAppInput, options?: CallOptions): Promise<void>;
  /** `DELETE /<WABA_ID>/subscribed_apps`. */
  unsubscribeApp(input: { wabaId: string }, options?: CallOptions): Promise<void>;
  /** `GET /<WABA_ID>/assigned_users`: the users of a business on it, all pages. */
  assignedUsers(
    input: { wabaId: string; businessId: string } & PageInput,
    options?: CallOptions,
  ): GraphList<AssignedUser>;
  /** `POST /<WABA_ID>/assigned_users`: needed before a credit line is attached. */
  assignUser(input: AssignUserInput, options?: CallOptions): Promise<void>;
  /** `DELETE /<WABA_ID>/assigned_users`. */
  removeUser(input: { wabaId: string; userId: string }, options?: CallOptions): Promise<void>;
}

/** Calls on a WhatsApp Business Account. */
export function accountCalls({ call, list }: TokenCaller): WhatsAppBusinessAccountCalls {
  const phoneNumbers: WhatsAppBusinessAccountCalls['phoneNumbers'] = (input, options) =>
    list('list the numbers of the account', listPhoneNumbers, input, options);
  return {
    get: (input, options) => call(getAccount, input, options),
    phoneNumbers,
    findPhoneNumber: ({ wabaId, phoneNumber }, options) =>
      findByDigits(phoneNumbers({ wabaId }, options), phoneNumber),
    createPhoneNumber: (input, options) => call(createPhoneNumber, input, options),
    subscribedApps: (input, options) =>
      list('list the apps of the account', listSubscribedApps, input, options),
    subscribeApp: (input, options) => call(subscribeApp, input, options),
    unsubscribeApp: (input, options) => call(unsubscribeApp, input, options),
    assignedUsers: (input, options) =>
      list('list the users of the account', listAssignedUsers, input, options),
    assignUser: (input, options) => call(assignUser, input, options),
    removeUser: (input, options) => call(removeUser, input, options),
  };
}
