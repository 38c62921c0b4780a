/**
 * What a webhook says about a customer's account, as far as the kit acts on it (Meta, "account_update"). Times are Meta's,
 * milliseconds UTC, whole seconds; ids are digits.
 *
 * - `added` — the account is ours to look after: `PARTNER_ADDED`, or `PARTNER_APP_INSTALLED` of our app
 * - `removed` — it no longer is: `PARTNER_REMOVED`, `PARTNER_APP_UNINSTALLED` of our app, `ACCOUNT_DELETED`
 * - `number_removed` — one number of it left, which was shared with the WhatsApp Business app
 */
export type AccountEvent =
  | { kind: 'added'; wabaId: string; ownerBusinessId: string | undefined; at: number }
  | { kind: 'removed'; wabaId: string; ownerBusinessId: string | undefined; at: number }
  | { kind: 'number_removed'; wabaId: string; phoneNumber: string; at: number };
