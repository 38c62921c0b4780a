import type { Business } from '../../../world/businesses/business.ts';
import { poolNumber } from '../../../world/numbers/number-lookup.ts';
import type { PreverifiedNumber } from '../../../world/numbers/preverified-number.ts';
import { seesNumber, sharedWith, shareNumber, unshareNumber } from '../../../world/numbers/shared-number.ts';
import { momentOf, type Simulation } from '../../../world/simulation.ts';
import { SUCCESS, type GraphCall, type NodeEndpoint } from '../../call/graph-call.ts';
import { permissionDenied, unknownNode } from '../../errors/general-errors.ts';
import { malformedPreverifiedId, notShared, notSharedWithPartner } from '../../errors/sharing-errors.ts';
import { BUSINESS_FORM } from '../../forms/business-form.ts';
import { inOrder, listOf } from '../../forms/list-of.ts';

/**
 * `POST /<BUSINESS_ID>/share_preverified_numbers`: lets another partner show a number of the pool in its popup. The
 * ownership stays; nobody tells the partner. Throws GraphError 100 or 200.
 */
export const sharePreverifiedNumber: NodeEndpoint<Business> = (deps, business, call) => {
  const { number, partnerBusinessId } = readSharing(deps, business, call, 'POST');
  const outcome = shareNumber(momentOf(deps), number, partnerBusinessId);
  if (outcome !== 'shared') throw notShared(outcome);
  return SUCCESS;
};

/** `DELETE /<BUSINESS_ID>/share_preverified_numbers`: ends the sharing. Throws GraphError 100 or 200. */
export const unsharePreverifiedNumber: NodeEndpoint<Business> = (deps, business, call) => {
  const { number, partnerBusinessId } = readSharing(deps, business, call, 'DELETE');
  if (!deps.world.businesses.has(partnerBusinessId)) throw notShared('unknown-business');
  if (!unshareNumber(deps.world, number, partnerBusinessId)) throw notSharedWithPartner();
  return SUCCESS;
};

/** `GET /<PREVERIFIED_ID>/partners`: the businesses a number is shared with. Throws GraphError 100. */
export const listPartners: NodeEndpoint<PreverifiedNumber> = (deps, { id }, call) => {
  const partners = sharedWith(deps.world, id).flatMap(
    (businessId) => deps.world.businesses.get(businessId) ?? [],
  );
  return listOf(deps, call, BUSINESS_FORM, inOrder(partners));
};

function readSharing(
  deps: Simulation,
  business: Business,
  { parameters }: GraphCall,
  method: string,
): { number: PreverifiedNumber; partnerBusinessId: string } {
  const preverifiedId = parameters.required('preverified_id');
  const partnerBusinessId = parameters.required('partner_business_id');
  if (!/^\d+$/.test(preverifiedId)) throw malformedPreverifiedId();
  const number = poolNumber(momentOf(deps), preverifiedId);
  if (number === undefined || !seesNumber(deps.world, business.id, number)) {
    throw unknownNode(method, preverifiedId);
  }
  // A partner cannot pass on what was shared with it.
  if (number.ownerBusinessId !== business.id) throw permissionDenied();
  return { number, partnerBusinessId };
}
