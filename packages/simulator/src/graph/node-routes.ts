import type { Json } from '../json.ts';
import type { GraphNode, GraphNodes } from '../world/access/graph-node.ts';
import {
  listSubscribedApps,
  readAccount,
  subscribeApp,
  unsubscribeApp,
} from './endpoints/businesses/account.ts';
import { listSubscriptions, readApplication } from './endpoints/app/application.ts';
import { createPhoneNumber } from './endpoints/numbers/create-phone-number.ts';
import { listPhoneNumbers } from './endpoints/numbers/list-phone-numbers.ts';
import {
  assignUserToAccount,
  listAssignedUsers,
  unassignUserFromAccount,
} from './endpoints/businesses/assigned-users.ts';
import { listClientAccounts, listOwnedAccounts } from './endpoints/businesses/business-accounts.ts';
import { readBusiness } from './endpoints/businesses/business.ts';
import { readAllocation, revokeAllocation } from './endpoints/businesses/credit-allocation.ts';
import {
  attachCredit,
  listAllocations,
  listCreditLines,
  readCreditLine,
  shareAndAttachCredit,
  shareCreditWithBusiness,
} from './endpoints/businesses/credit-line.ts';
import {
  listPartners,
  sharePreverifiedNumber,
  unsharePreverifiedNumber,
} from './endpoints/numbers/sharing.ts';
import { fetchBusinessToken } from './endpoints/tokens/system-user-access-tokens.ts';
import { listSystemUsers } from './endpoints/businesses/system-users.ts';
import { addToPool, listPreverifiedNumbers } from './endpoints/numbers/pool.ts';
import { changeSettings, readSettings } from './endpoints/numbers/phone-number-settings.ts';
import { readPhoneNumber, updatePhoneNumber } from './endpoints/numbers/phone-number.ts';
import { deletePreverifiedNumber, readPreverifiedNumber } from './endpoints/numbers/preverified-number.ts';
import { deregister, register } from './endpoints/numbers/register.ts';
import {
  requestPhoneNumberCode,
  requestPreverifiedCode,
  verifyPhoneNumberCode,
  verifyPreverifiedCode,
} from './endpoints/numbers/verification.ts';
import { sendMessageFrom } from './endpoints/numbers/messages.ts';
import type { GraphCall, NodeEndpoint } from './call/graph-call.ts';
import type { Simulation } from '../world/simulation.ts';
import { checkToken } from './token-rules.ts';

type Routes<Node> = Readonly<Record<string, NodeEndpoint<Node>>>;

/** What can be done to which node: `METHOD edge`, or `METHOD` alone for the node itself. */
const ROUTES: { readonly [Kind in keyof GraphNodes]: Routes<GraphNodes[Kind]> } = {
  business: {
    GET: readBusiness,
    'GET preverified_numbers': listPreverifiedNumbers,
    'POST add_phone_numbers': addToPool,
    'POST share_preverified_numbers': sharePreverifiedNumber,
    'DELETE share_preverified_numbers': unsharePreverifiedNumber,
    'GET client_whatsapp_business_accounts': listClientAccounts,
    'GET owned_whatsapp_business_accounts': listOwnedAccounts,
    'GET extendedcredits': listCreditLines,
    'GET system_users': listSystemUsers,
    'POST system_user_access_tokens': fetchBusinessToken,
  },
  preverifiedNumber: {
    GET: readPreverifiedNumber,
    DELETE: deletePreverifiedNumber,
    'GET partners': listPartners,
    'POST request_code': requestPreverifiedCode,
    'POST verify_code': verifyPreverifiedCode,
  },
  account: {
    GET: readAccount,
    'GET phone_numbers': listPhoneNumbers,
    'POST phone_numbers': createPhoneNumber,
    'GET subscribed_apps': listSubscribedApps,
    'POST subscribed_apps': subscribeApp,
    'DELETE subscribed_apps': unsubscribeApp,
    'GET assigned_users': listAssignedUsers,
    'POST assigned_users': assignUserToAccount,
    'DELETE assigned_users': unassignUserFromAccount,
  },
  phoneNumber: {
    GET: readPhoneNumber,
    POST: updatePhoneNumber,
    'POST register': register,
    'POST deregister': deregister,
    'POST messages': sendMessageFrom,
    'GET settings': readSettings,
    'POST settings': changeSettings,
    'POST request_code': requestPhoneNumberCode,
    'POST verify_code': verifyPhoneNumberCode,
  },
  creditLine: {
    GET: readCreditLine,
    'GET owning_credit_allocation_configs': listAllocations,
    'POST whatsapp_credit_sharing_and_attach': shareAndAttachCredit,
    'POST whatsapp_credit_sharing': shareCreditWithBusiness,
    'POST whatsapp_credit_attach': attachCredit,
  },
  creditAllocation: {
    GET: readAllocation,
    DELETE: revokeAllocation,
  },
  application: {
    GET: readApplication,
    'GET subscriptions': listSubscriptions,
  },
};

/**
 * Makes the call on the node, or returns undefined when this kind of node has no such edge and method. Throws
 * GraphError when the caller's token may not make it.
 */
export function callNode(
  simulation: Simulation,
  found: GraphNode,
  route: string,
  call: GraphCall,
): Json | undefined {
  checkToken(simulation.settings, call.caller, found, route);
  const run = <Node>(routes: Routes<Node>, node: Node) =>
    Object.hasOwn(routes, route) ? routes[route]?.(simulation, node, call) : undefined;
  if (found.kind === 'business') return run(ROUTES.business, found.node);
  if (found.kind === 'preverifiedNumber') return run(ROUTES.preverifiedNumber, found.node);
  if (found.kind === 'account') return run(ROUTES.account, found.node);
  if (found.kind === 'phoneNumber') return run(ROUTES.phoneNumber, found.node);
  if (found.kind === 'creditLine') return run(ROUTES.creditLine, found.node);
  if (found.kind === 'application') return run(ROUTES.application, found.node);
  return run(ROUTES.creditAllocation, found.node);
}
