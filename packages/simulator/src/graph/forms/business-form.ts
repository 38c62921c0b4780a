import type { Business } from '../../world/businesses/business.ts';
import type { NodeForm } from './select-fields.ts';
import { writeTime } from './time-form.ts';

const FOUNDED = Date.UTC(2022, 0, 1);

/** A business portfolio. */
export const BUSINESS_FORM: NodeForm<Business> = {
  type: 'Business',
  defaults: ['id', 'name'],
  fields: {
    id: ({ id }) => id,
    name: ({ name }) => name,
    // The rest of the documented fields, as of a business that set up nothing.
    created_time: (_business, { settings }) => writeTime(FOUNDED, settings.times),
    updated_time: (_business, { settings }) => writeTime(FOUNDED, settings.times),
    timezone_id: () => 1,
    two_factor_type: () => 'none',
    primary_page: () => undefined,
    verification_status: ({ verified }) => (verified ? 'verified' : 'not_verified'),
  },
};
