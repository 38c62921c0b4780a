type Members = Record<string, unknown>;

/** An app's one callback gets webhooks of pages and people as well. One of Meta's examples has `object` on the entry. */
export function isOfAccounts(body: Members, entry: Members): boolean {
  const object = body['object'] ?? entry['object'];
  return object === undefined || object === null || object === 'whatsapp_business_account';
}
