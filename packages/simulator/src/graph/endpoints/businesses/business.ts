import type { Business } from '../../../world/businesses/business.ts';
import type { NodeEndpoint } from '../../call/graph-call.ts';
import { BUSINESS_FORM } from '../../forms/business-form.ts';
import { selectFields } from '../../forms/select-fields.ts';

/** `GET /<BUSINESS_ID>`. */
export const readBusiness: NodeEndpoint<Business> = (deps, business, { parameters }) =>
  selectFields(deps, BUSINESS_FORM, business, parameters.text('fields'));
