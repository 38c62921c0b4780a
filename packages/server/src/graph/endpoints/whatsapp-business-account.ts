import { z } from 'zod';
import { metaId, type Endpoint } from '../graph-request.ts';
import { idValue, namedValue, wordValue, type Named } from '../meta-values.ts';
import { pageQuery, readPage, type GraphPage, type PageInput } from '../page.ts';

/** A WhatsApp Business Account. A member is `undefined` when it was not asked for or Meta does not say it. */
export interface WhatsAppBusinessAccount {
  id: string;
  name: string | undefined;
  /** ISO 4217. */
  currency: string | undefined;
  /** Meta's own number of a time zone. */
  timezoneId: string | undefined;
  /** Meta's word, such as `APPROVED`. */
  reviewStatus: string | undefined;
  /** The customer's portfolio. */
  ownerBusiness: Named | undefined;
  /** What pays for it; equal to the `receivingCredentialId` of an allocation once a credit line is attached. */
  primaryFundingId: string | undefined;
}

/** Fields that can be asked for. */
export type AccountField =
  | 'id'
  | 'name'
  | 'currency'
  | 'timezone_id'
  | 'account_review_status'
  | 'owner_business_info'
  | 'primary_funding_id';

const usual: readonly AccountField[] = [
  'id',
  'name',
  'currency',
  'timezone_id',
  'account_review_status',
  'owner_business_info',
];

const account = z
  .object({
    id: idValue,
    name: wordValue,
    currency: wordValue,
    timezone_id: z
      .union([z.string(), z.number().transform(String)])
      .optional()
      .catch(undefined),
    account_review_status: wordValue,
    owner_business_info: namedValue,
    primary_funding_id: idValue.optional().catch(undefined),
  })
  .transform((one): WhatsAppBusinessAccount => ({
    id: one.id,
    name: one.name,
    currency: one.currency,
    timezoneId: one.timezone_id,
    reviewStatus: one.account_review_status,
    ownerBusiness: one.owner_business_info,
    primaryFundingId: one.primary_funding_id,
  }));

/** Which account, and what of it. */
export interface GetAccountInput {
  wabaId: string;
  /** @default everything but `primary_funding_id` */
  fields?: readonly AccountField[] | undefined;
}

/** `GET /<WABA_ID>`. */
export const getAccount: Endpoint<GetAccountInput, WhatsAppBusinessAccount> = {
  repeat: 'read',
  request: ({ wabaId, fields = usual }) => ({
    action: 'read the account',
    method: 'GET',
    path: `/${metaId(wabaId)}`,
    query: { fields: fields.join(',') },
  }),
  read: (answer) => account.parse(answer),
};

/** `GET /<BUSINESS_ID>/client_whatsapp_business_accounts`: one page of the accounts that customers shared. */
export const listClientAccounts: Endpoint<
  { businessId: string } & PageInput,
  GraphPage<WhatsAppBusinessAccount>
> = {
  repeat: 'read',
  request: ({ businessId, ...page }) => ({
    action: 'list the accounts of customers',
    method: 'GET',
    path: `/${metaId(businessId)}/client_whatsapp_business_accounts`,
    query: { fields: 'id,name,currency,timezone_id,owner_business_info', ...pageQuery(page) },
  }),
  read: (answer) => readPage(account, answer),
};
