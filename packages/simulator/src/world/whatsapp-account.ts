/** A customer's WhatsApp Business account (WABA), shared with the BSP's app. */
export interface WhatsAppAccount {
  readonly id: string;
  /** Place in the order of creation. */
  readonly sequence: number;
  readonly name: string;
  readonly ownerBusinessId: string;
  /** The BSP app's subscription to this account's webhooks; undefined when there is none. */
  subscription: { readonly overrideCallbackUri: string | undefined } | undefined;
}
