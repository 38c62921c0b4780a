import type { WhatsAppAccount } from '../../world/whatsapp-account.ts';
import type { NodeForm } from './select-fields.ts';

/** A WhatsApp Business account. */
export const ACCOUNT_FORM: NodeForm<WhatsAppAccount> = {
  type: 'WhatsAppBusinessAccount',
  defaults: ['id', 'name', 'timezone_id', 'message_template_namespace'],
  fields: {
    id: ({ id }) => id,
    name: ({ name }) => name,
    currency: () => 'USD',
    timezone_id: () => '1',
    message_template_namespace: ({ id }) => `simulated_${id}`,
    account_review_status: () => 'APPROVED',
    business_verification_status: () => 'not_verified',
    ownership_type: () => 'CLIENT_OWNED',
    status: () => 'ACTIVE',
    owner_business_info: ({ ownerBusinessId }, { world }) => ({
      name: world.businesses.get(ownerBusinessId)?.name,
      id: ownerBusinessId,
    }),
  },
};
