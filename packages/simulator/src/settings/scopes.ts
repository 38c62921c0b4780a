/** What the token of a partner's system user or admin may have been given by its business. */
export const PARTNER_SCOPES = [
  'business_management',
  'whatsapp_business_management',
  'whatsapp_business_messaging',
] as const;

/** What a customer's token has. */
export const CUSTOMER_SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging'] as const;

/** A permission that calls ask for here. */
export type Scope = (typeof PARTNER_SCOPES)[number];
