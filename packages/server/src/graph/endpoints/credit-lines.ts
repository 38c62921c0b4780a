import { z } from 'zod';
import { metaId, type Endpoint } from '../graph-request.ts';
import { flagValue, idValue, namedValue, wordValue } from '../meta-values.ts';
import { pageQuery, readPage, type GraphPage, type PageInput } from '../page.ts';

/** A credit line of the partner. */
export interface CreditLine {
  id: string;
  legalEntityName: string | undefined;
}

const creditLine = z
  .object({ id: idValue, legal_entity_name: wordValue })
  .transform(({ id, legal_entity_name }): CreditLine => ({ id, legalEntityName: legal_entity_name }));

/** `GET /<BUSINESS_ID>/extendedcredits`: one page of the partner's credit lines. */
export const listCreditLines: Endpoint<{ businessId: string } & PageInput, GraphPage<CreditLine>> = {
  repeat: 'read',
  request: ({ businessId, ...page }) => ({
    action: 'list the credit lines',
    method: 'GET',
    path: `/${metaId(businessId)}/extendedcredits`,
    query: { fields: 'id,legal_entity_name', ...pageQuery(page) },
  }),
  read: (answer) => readPage(creditLine, answer),
};

/** A credit line, and the account it is to pay for. */
export interface AttachCreditInput {
  creditLineId: string;
  wabaId: string;
  /** `AUD`, `EUR`, `GBP`, `IDR`, `INR` or `USD`. */
  wabaCurrency: string;
}

/** What Meta says of a credit line that is shared or attached. */
export interface SharedCredit {
  /** Reads and revokes the sharing; keep it. */
  allocationConfigId: string | undefined;
  wabaId: string | undefined;
}

const shared = z
  .object({
    allocation_config_id: idValue.optional().catch(undefined),
    waba_id: idValue.optional().catch(undefined),
    success: flagValue,
  })
  .refine((one) => one.success ?? one.allocation_config_id ?? one.waba_id, 'does not say success')
  .transform((one): SharedCredit => ({ allocationConfigId: one.allocation_config_id, wabaId: one.waba_id }));

/** Both attach a line for good: an attached line cannot be changed (Meta, "Share and revoke credit lines"). */
function attach(action: string, edge: string): Endpoint<AttachCreditInput, SharedCredit> {
  return {
    repeat: 'costly',
    request: ({ creditLineId, wabaId, wabaCurrency }) => ({
      action,
      method: 'POST',
      path: `/${metaId(creditLineId)}/${edge}`,
      query: { waba_id: metaId(wabaId), waba_currency: wabaCurrency },
    }),
    read: (answer) => shared.parse(answer),
  };
}

/** `POST /<CREDIT_LINE_ID>/whatsapp_credit_sharing_and_attach`, with the partner's own token. */
export const shareAndAttachCredit = attach(
  'share and attach the credit line',
  'whatsapp_credit_sharing_and_attach',
);

/** `POST /<CREDIT_LINE_ID>/whatsapp_credit_attach`, with the customer's token, after `whatsapp_credit_sharing`. */
export const attachCredit = attach('attach the credit line', 'whatsapp_credit_attach');

/** `POST /<CREDIT_LINE_ID>/whatsapp_credit_sharing`, with the partner's own token. */
export const shareCredit: Endpoint<{ creditLineId: string; receivingBusinessId: string }, SharedCredit> = {
  repeat: 'costly',
  request: ({ creditLineId, receivingBusinessId }) => ({
    action: 'share the credit line',
    method: 'POST',
    path: `/${metaId(creditLineId)}/whatsapp_credit_sharing`,
    query: { receiving_business_id: metaId(receivingBusinessId) },
  }),
  read: (answer) => shared.parse(answer),
};

const allocation = z
  .object({ id: idValue.optional().catch(undefined), receiving_credential: namedValue })
  .transform((one) => ({ receivingCredentialId: one.receiving_credential?.id }));

/**
 * `GET /<ALLOCATION_CONFIG_ID>?fields=receiving_credential`: what pays by this sharing. The line is attached when it is equal to
 * the account's `primary_funding_id`.
 */
export const getCreditAllocation: Endpoint<
  { allocationConfigId: string },
  { receivingCredentialId: string | undefined }
> = {
  repeat: 'read',
  request: ({ allocationConfigId }) => ({
    action: 'read the sharing of the credit line',
    method: 'GET',
    path: `/${metaId(allocationConfigId)}`,
    query: { fields: 'receiving_credential' },
  }),
  read: (answer) => allocation.parse(answer),
};
