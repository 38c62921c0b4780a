import type { Json } from '../json.ts';
import type { GraphNode, GraphNodes } from '../world/graph-node.ts';
import {
  listPhoneNumbers,
  listSubscribedApps,
  readAccount,
  subscribeApp,
  unsubscribeApp,
} from './endpoints/account.ts';
import { attachPreverifiedNumber } from './endpoints/attach-preverified-number.ts';
import { addToPool, listPreverifiedNumbers, readBusiness } from './endpoints/business.ts';
import { readPhoneNumber, register } from './endpoints/phone-number.ts';
import { deletePreverifiedNumber, readPreverifiedNumber } from './endpoints/preverified-number.ts';
import {
  requestPhoneNumberCode,
  requestPreverifiedCode,
  verifyPhoneNumberCode,
  verifyPreverifiedCode,
} from './endpoints/verification.ts';
import type { GraphCall, NodeEndpoint } from './call/graph-call.ts';
import type { Simulation } from '../world/simulation.ts';

type Routes<Node> = Readonly<Record<string, NodeEndpoint<Node>>>;

/** What can be done to which node: `METHOD edge`, or `METHOD` alone for the node itself. */
const ROUTES: { readonly [Kind in keyof GraphNodes]: Routes<GraphNodes[Kind]> } = {
  business: {
    GET: readBusiness,
    'GET preverified_numbers': listPreverifiedNumbers,
    'POST add_phone_numbers': addToPool,
  },
  preverifiedNumber: {
    GET: readPreverifiedNumber,
    DELETE: deletePreverifiedNumber,
    'POST request_code': requestPreverifiedCode,
    'POST verify_code': verifyPreverifiedCode,
  },
  account: {
    GET: readAccount,
    'GET phone_numbers': listPhoneNumbers,
    'POST phone_numbers': attachPreverifiedNumber,
    'GET subscribed_apps': listSubscribedApps,
    'POST subscribed_apps': subscribeApp,
    'DELETE subscribed_apps': unsubscribeApp,
  },
  phoneNumber: {
    GET: readPhoneNumber,
    'POST register': register,
    'POST request_code': requestPhoneNumberCode,
    'POST verify_code': verifyPhoneNumberCode,
  },
};

/** Makes the call on the node, or returns undefined when this kind of node has no such edge and method. */
export function callNode(
  simulation: Simulation,
  found: GraphNode,
  route: string,
  call: GraphCall,
): Json | undefined {
  const run = <Node>(routes: Routes<Node>, node: Node) =>
    Object.hasOwn(routes, route) ? routes[route]?.(simulation, node, call) : undefined;
  if (found.kind === 'business') return run(ROUTES.business, found.node);
  if (found.kind === 'preverifiedNumber') return run(ROUTES.preverifiedNumber, found.node);
  if (found.kind === 'account') return run(ROUTES.account, found.node);
  return run(ROUTES.phoneNumber, found.node);
}
