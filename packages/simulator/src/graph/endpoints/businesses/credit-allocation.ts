import type { CreditAllocation } from '../../../world/credit/credit.ts';
import { SUCCESS, type NodeEndpoint } from '../../call/graph-call.ts';
import { CREDIT_ALLOCATION_FORM } from '../../forms/credit-form.ts';
import { selectFields } from '../../forms/select-fields.ts';

/** `GET /<ALLOCATION_CONFIG_ID>`: still there when it was revoked. Throws GraphError 100. */
export const readAllocation: NodeEndpoint<CreditAllocation> = (deps, allocation, { parameters }) =>
  selectFields(deps, CREDIT_ALLOCATION_FORM, allocation, parameters.text('fields'));

/** `DELETE /<ALLOCATION_CONFIG_ID>`: takes the credit line back, from all accounts of that customer's business. */
export const revokeAllocation: NodeEndpoint<CreditAllocation> = ({ clock }, allocation) => {
  allocation.revokedAt ??= clock.now();
  return SUCCESS;
};
