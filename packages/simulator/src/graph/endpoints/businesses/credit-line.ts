import { isAssigned } from '../../../world/businesses/account-users.ts';
import type { Business } from '../../../world/businesses/business.ts';
import { CREDIT_CURRENCIES, type CreditAllocation, type CreditLine } from '../../../world/credit/credit.ts';
import { clientAccounts, findNode } from '../../../world/access/graph-node.ts';
import { canAttachCredit, shareCredit } from '../../../world/credit/share-credit.ts';
import { momentOf, type Simulation } from '../../../world/simulation.ts';
import type { WhatsAppAccount } from '../../../world/businesses/whatsapp-account.ts';
import type { Json } from '../../../json.ts';
import { SUCCESS, type GraphCall, type NodeEndpoint } from '../../call/graph-call.ts';
import { missingParameter, permissionDenied } from '../../errors/general-errors.ts';
import { creditCannotBeChanged, unknownAccount, unknownReceiver } from '../../errors/credit-errors.ts';
import { CREDIT_ALLOCATION_FORM, CREDIT_LINE_FORM } from '../../forms/credit-form.ts';
import { inOrder, listOf } from '../../forms/list-of.ts';
import { selectFields } from '../../forms/select-fields.ts';

/** `GET /<BUSINESS_ID>/extendedcredits`: the partner's credit line. Throws GraphError 100. */
export const listCreditLines: NodeEndpoint<Business> = (deps, business, call) => {
  const lines = [...deps.world.creditLines.values()].filter(
    ({ ownerBusinessId }) => ownerBusinessId === business.id,
  );
  return listOf(deps, call, CREDIT_LINE_FORM, inOrder(lines));
};

/** `GET /<CREDIT_LINE_ID>`. Throws GraphError 100. */
export const readCreditLine: NodeEndpoint<CreditLine> = (deps, line, { parameters }) =>
  selectFields(deps, CREDIT_LINE_FORM, { ...line, sequence: 0 }, parameters.text('fields'));

/** `GET /<CREDIT_LINE_ID>/owning_credit_allocation_configs[?receiving_business_id=…]`: who shares it now. */
export const listAllocations: NodeEndpoint<CreditLine> = (deps, line, call) => {
  const receiver = call.parameters.text('receiving_business_id');
  const active = [...deps.world.creditAllocations.values()].filter(
    ({ creditLineId, receivingBusinessId, revokedAt }) =>
      creditLineId === line.id &&
      revokedAt === undefined &&
      (receiver === undefined || receivingBusinessId === receiver),
  );
  return listOf(deps, call, CREDIT_ALLOCATION_FORM, active);
};

/**
 * `POST /<CREDIT_LINE_ID>/whatsapp_credit_sharing_and_attach?waba_currency&waba_id`: pays for a customer's account. The
 * system user must have been added to the account, with MANAGE or MANAGE_BILLING. Throws GraphError 100 or 200.
 */
export const shareAndAttachCredit: NodeEndpoint<CreditLine> = (deps, line, call) => {
  const { caller } = call;
  const accountId = call.parameters.required('waba_id');
  const account = clientAccounts(deps, line.ownerBusinessId).find(({ id }) => id === accountId);
  const attach = prepare(deps, line, call, account);
  if (
    caller.kind !== 'system_user' ||
    !isAssigned(deps.world, accountId, caller.userId, ['MANAGE', 'MANAGE_BILLING'])
  ) {
    throw permissionDenied();
  }
  return { allocation_config_id: attach().id, waba_id: accountId };
};

/**
 * `POST /<CREDIT_LINE_ID>/whatsapp_credit_sharing?receiving_business_id`: the first step of the alternate method.
 * Throws GraphError 100.
 */
export const shareCreditWithBusiness: NodeEndpoint<CreditLine> = (deps, line, { parameters }) => {
  const receiver = parameters.required('receiving_business_id');
  if (clientAccounts(deps, line.ownerBusinessId, receiver).length === 0) throw unknownReceiver();
  return { ...SUCCESS, allocation_config_id: shareCredit(deps, line, receiver).id };
};

/**
 * `POST /<CREDIT_LINE_ID>/whatsapp_credit_attach?waba_currency&waba_id`: the second step, with the customer's token.
 * Throws GraphError 100.
 */
export const attachCredit: NodeEndpoint<CreditLine> = (deps, line, call): Json => {
  const accountId = call.parameters.required('waba_id');
  const found = findNode({ ...deps, now: deps.clock.now() }, accountId, call.caller);
  const attach = prepare(deps, line, call, found?.kind === 'account' ? found.node : undefined);
  return { ...SUCCESS, waba_id: accountId, allocation_config_id: attach().id };
};

/** Checks everything, and returns what does it. */
function prepare(
  deps: Simulation,
  line: CreditLine,
  { parameters }: GraphCall,
  account: WhatsAppAccount | undefined,
): () => CreditAllocation {
  const currency = parameters.oneOf('waba_currency', CREDIT_CURRENCIES);
  if (currency === undefined) throw missingParameter('waba_currency');
  if (account === undefined) throw unknownAccount();
  if (!canAttachCredit(momentOf(deps), account, line, currency)) throw creditCannotBeChanged();
  return () => {
    const allocation = shareCredit(deps, line, account.ownerBusinessId);
    account.credit = { creditLineId: line.id, allocationId: allocation.id, currency };
    return allocation;
  };
}
