import type { Business } from '../../world/business.ts';
import type { NodeForm } from './select-fields.ts';

/** A business portfolio. */
export const BUSINESS_FORM: NodeForm<Business> = {
  type: 'Business',
  defaults: ['id', 'name'],
  fields: {
    id: ({ id }) => id,
    name: ({ name }) => name,
    verification_status: () => 'not_verified',
  },
};
