import type { CreditAllocation, CreditLine } from '../../world/credit/credit.ts';
import type { World } from '../../world/world.ts';
import type { NodeForm } from './select-fields.ts';

/** A partner's credit line; unasked only its id is told. */
export const CREDIT_LINE_FORM: NodeForm<CreditLine & { readonly sequence: number }> = {
  type: 'ExtendedCredit',
  defaults: ['id'],
  fields: {
    id: ({ id }) => id,
    legal_entity_name: ({ legalEntityName }) => legalEntityName,
    owner_business: ({ ownerBusinessId }, { world }) => businessIn(world, ownerBusinessId),
  },
};

/** A credit line's share for one customer's business. */
export const CREDIT_ALLOCATION_FORM: NodeForm<CreditAllocation> = {
  type: 'ExtendedCreditAllocationConfig',
  defaults: ['id', 'receiving_business'],
  fields: {
    id: ({ id }) => id,
    receiving_business: ({ receivingBusinessId }, { world }) => businessIn(world, receivingBusinessId),
    receiving_credential: ({ receivingCredentialId }) => ({ id: receivingCredentialId }),
    owning_credential: ({ creditLineId }) => ({ id: creditLineId }),
    owning_business: ({ creditLineId }, { world }) =>
      businessIn(world, world.creditLines.get(creditLineId)?.ownerBusinessId),
    request_status: ({ revokedAt }) => (revokedAt === undefined ? 'APPROVED' : 'DELETED'),
  },
};

function businessIn(world: World, id: string | undefined) {
  return { name: world.businesses.get(id ?? '')?.name, id };
}
