/** The fields of a WhatsApp account that are told here, in the order of their names: all that can be ticked. */
export const WEBHOOK_FIELDS = [
  'account_review_update',
  'account_update',
  'business_capability_update',
  'messages',
  'partner_solutions',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
] as const;
