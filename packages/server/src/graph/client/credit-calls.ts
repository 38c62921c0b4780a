import {
  attachCredit,
  getCreditAllocation,
  shareAndAttachCredit,
  shareCredit,
  type AttachCreditInput,
  type SharedCredit,
} from '../endpoints/credit-lines.ts';
import type { CallOptions, TokenCaller } from './call-options.ts';

/**
 * Calls on a credit line (Meta, "Share and revoke credit lines"). An attached line cannot be changed, so no call that shares
 * or attaches is made twice after a lost answer: compare `allocation` with the account's `primaryFundingId` then. Every one
 * may throw a `GraphError`.
 */
export interface CreditLineCalls {
  /** `POST /<CREDIT_LINE_ID>/whatsapp_credit_sharing_and_attach`, with the partner's token. */
  shareAndAttach(input: AttachCreditInput, options?: CallOptions): Promise<SharedCredit>;
  /** `POST /<CREDIT_LINE_ID>/whatsapp_credit_sharing`, with the partner's token. */
  share(
    input: { creditLineId: string; receivingBusinessId: string },
    options?: CallOptions,
  ): Promise<SharedCredit>;
  /** `POST /<CREDIT_LINE_ID>/whatsapp_credit_attach`, with the customer's token. */
  attach(input: AttachCreditInput, options?: CallOptions): Promise<SharedCredit>;
  /** `GET /<ALLOCATION_CONFIG_ID>`: what pays by a sharing. */
  allocation(
    input: { allocationConfigId: string },
    options?: CallOptions,
  ): Promise<{ receivingCredentialId: string | undefined }>;
}

/** Calls on a credit line. */
export function creditLineCalls({ call }: TokenCaller): CreditLineCalls {
  return {
    shareAndAttach: (input, options) => call(shareAndAttachCredit, input, options),
    share: (input, options) => call(shareCredit, input, options),
    attach: (input, options) => call(attachCredit, input, options),
    allocation: (input, options) => call(getCreditAllocation, input, options),
  };
}
