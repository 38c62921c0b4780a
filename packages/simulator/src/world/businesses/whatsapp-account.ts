import type { AccountCredit } from '../credit/credit.ts';

/** A customer's WhatsApp Business account (WABA), shared with the BSP's app. */
export interface WhatsAppAccount {
  readonly id: string;
  /** Place in the order of creation. */
  readonly sequence: number;
  readonly name: string;
  readonly ownerBusinessId: string;
  /** ms, UTC. */
  readonly createdAt: number;
  /** The BSP app's subscription to this account's webhooks; undefined when there is none. */
  subscription: { readonly overrideCallbackUri: string | undefined } | undefined;
  /** When the customer took the account back from the partner (ms, UTC); absent while it is shared. */
  removedAt?: number | undefined;
  /** What pays for it, once a partner attached a credit line. */
  credit?: AccountCredit | undefined;
}
