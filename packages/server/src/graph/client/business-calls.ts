import type { GraphList } from '../all-pages.ts';
import { addPhoneNumbers, type AddPhoneNumbersInput } from '../endpoints/add-phone-numbers.ts';
import { getBusiness, type Business } from '../endpoints/business.ts';
import { listCreditLines, type CreditLine } from '../endpoints/credit-lines.ts';
import {
  listPreverifiedNumbers,
  type PreverifiedNumber,
  type PreverifiedNumbersInput,
} from '../endpoints/preverified-number.ts';
import {
  sharePreverifiedNumber,
  unsharePreverifiedNumber,
  type ShareInput,
} from '../endpoints/share-preverified-numbers.ts';
import { fetchSystemUserToken, type SystemUserTokenInput } from '../endpoints/system-user-access-tokens.ts';
import { listClientAccounts, type WhatsAppBusinessAccount } from '../endpoints/whatsapp-business-account.ts';
import type { PageInput } from '../page.ts';
import type { CallOptions, TokenCaller } from './call-options.ts';

/** Calls on a business portfolio. Every one may throw a `GraphError`. */
export interface BusinessCalls {
  /** `GET /<BUSINESS_ID>`. */
  get(input: { businessId: string }, options?: CallOptions): Promise<Business>;
  /**
   * `POST /<BUSINESS_ID>/add_phone_numbers`: a number for the pool, not verified yet. Never made twice after a lost answer:
   * read `preverifiedNumbers` with `phoneNumber` then.
   */
  addPhoneNumbers(input: AddPhoneNumbersInput, options?: CallOptions): Promise<{ id: string }>;
  /** `GET /<BUSINESS_ID>/preverified_numbers`: the pool, all pages. */
  preverifiedNumbers(input: PreverifiedNumbersInput, options?: CallOptions): GraphList<PreverifiedNumber>;
  /** `POST /<BUSINESS_ID>/share_preverified_numbers`. Meta does not tell the partner. */
  sharePreverifiedNumber(input: ShareInput, options?: CallOptions): Promise<void>;
  /** `DELETE /<BUSINESS_ID>/share_preverified_numbers`. */
  unsharePreverifiedNumber(input: ShareInput, options?: CallOptions): Promise<void>;
  /** `GET /<BUSINESS_ID>/client_whatsapp_business_accounts`: accounts that customers shared, all pages. */
  clientWhatsAppBusinessAccounts(
    input: { businessId: string } & PageInput,
    options?: CallOptions,
  ): GraphList<WhatsAppBusinessAccount>;
  /** `POST /<CUSTOMER_BUSINESS_ID>/system_user_access_tokens`: the token of a sign-up whose code was lost. */
  systemUserAccessToken(input: SystemUserTokenInput, options?: CallOptions): Promise<{ accessToken: string }>;
  /** `GET /<BUSINESS_ID>/extendedcredits`: the partner's credit lines, all pages. */
  extendedCredits(input: { businessId: string } & PageInput, options?: CallOptions): GraphList<CreditLine>;
}

/** Calls on a business portfolio. */
export function businessCalls({ call, list }: TokenCaller): BusinessCalls {
  return {
    get: (input, options) => call(getBusiness, input, options),
    addPhoneNumbers: (input, options) => call(addPhoneNumbers, input, options),
    preverifiedNumbers: (input, options) => list('list the pool', listPreverifiedNumbers, input, options),
    sharePreverifiedNumber: (input, options) => call(sharePreverifiedNumber, input, options),
    unsharePreverifiedNumber: (input, options) => call(unsharePreverifiedNumber, input, options),
    clientWhatsAppBusinessAccounts: (input, options) =>
      list('list the accounts of customers', listClientAccounts, input, options),
    systemUserAccessToken: (input, options) => call(fetchSystemUserToken, input, options),
    extendedCredits: (input, options) => list('list the credit lines', listCreditLines, input, options),
  };
}
