import { fundingOf } from '../../world/credit/share-credit.ts';
import type { WhatsAppAccount } from '../../world/businesses/whatsapp-account.ts';
import type { NodeForm } from './select-fields.ts';
import { writeTime } from './time-form.ts';

/** A WhatsApp Business account. */
export const ACCOUNT_FORM: NodeForm<WhatsAppAccount> = {
  type: 'WhatsAppBusinessAccount',
  defaults: ['id', 'name', 'currency', 'timezone_id', 'message_template_namespace'],
  fields: {
    id: ({ id }) => id,
    name: ({ name }) => name,
    currency: ({ credit }) => credit?.currency ?? 'USD',
    timezone_id: () => '1',
    message_template_namespace: ({ id }) => `simulated_${id}`,
    account_review_status: () => 'APPROVED',
    business_verification_status: ({ ownerBusinessId }, { world }) =>
      world.businesses.get(ownerBusinessId)?.verified === true ? 'verified' : 'not_verified',
    ownership_type: () => 'CLIENT_OWNED',
    status: () => 'ACTIVE',
    country: () => 'US',
    creation_time: ({ createdAt }) => writeTime(createdAt, 'unix'),
    primary_funding_id: (account, { world }) => fundingOf(world, account)?.receivingCredentialId,
    purchase_order_number: () => undefined,
    // Only accounts of the old on-behalf-of model have it.
    on_behalf_of_business_info: () => undefined,
    health_status: ({ id, ownerBusinessId }, { settings }) => ({
      can_send_message: 'AVAILABLE',
      entities: [
        { entity_type: 'WABA', id, can_send_message: 'AVAILABLE' },
        { entity_type: 'BUSINESS', id: ownerBusinessId, can_send_message: 'AVAILABLE' },
        { entity_type: 'APP', id: settings.appId, can_send_message: 'AVAILABLE' },
      ],
    }),
    owner_business_info: ({ ownerBusinessId }, { world }) => ({
      name: world.businesses.get(ownerBusinessId)?.name,
      id: ownerBusinessId,
    }),
  },
};
