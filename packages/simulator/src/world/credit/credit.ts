/** The currencies in which an account can be billed over a partner's credit line (credit lines page). */
export const CREDIT_CURRENCIES = ['AUD', 'EUR', 'GBP', 'IDR', 'INR', 'USD'] as const;

/** One of them. */
export type CreditCurrency = (typeof CREDIT_CURRENCIES)[number];

/** A Solution Partner's credit with Meta: it pays for the customers it is shared with. */
export interface CreditLine {
  readonly id: string;
  readonly ownerBusinessId: string;
  readonly legalEntityName: string;
}

/** A credit line shared with one customer's business ("allocation config"). */
export interface CreditAllocation {
  readonly id: string;
  /** Place in the order of creation. */
  readonly sequence: number;
  readonly creditLineId: string;
  readonly receivingBusinessId: string;
  /** What the customer's accounts have as `primary_funding_id` once the line is attached. */
  readonly receivingCredentialId: string;
  /** When the partner took it back (ms, UTC). */
  revokedAt: number | undefined;
}

/** What pays for an account; a line that was attached stays the account's for ever. */
export interface AccountCredit {
  readonly creditLineId: string;
  readonly allocationId: string;
  readonly currency: CreditCurrency;
}
