import type { Json } from '../json.ts';
import { businessOf } from '../world/access/caller.ts';
import { findNode, findSharedAccount, isDeletedNumber } from '../world/access/graph-node.ts';
import { accountCharged, spendAccountCall } from '../limits/account-limit.ts';
import { spendAppCall } from '../limits/app-limit.ts';
import { accountUsageHeaders, appUsageHeaders } from '../limits/usage-headers.ts';
import { authenticate, tokenKindOf, tokenOf } from './call/authenticate.ts';
import { debugToken } from './endpoints/tokens/debug-token.ts';
import { exchangeCode } from './endpoints/tokens/exchange-code.ts';
import { unknownField, unknownNode, unknownPath } from './errors/general-errors.ts';
import { numberWasDeleted } from './errors/phone-errors.ts';
import { limitReached, tooManyCalls } from './errors/throttle-errors.ts';
import { callNode } from './node-routes.ts';
import type { GraphCall } from './call/graph-call.ts';
import { applyVersionRules } from './call/version-rules.ts';
import type { Parameters } from './call/parameters.ts';
import type { Simulation } from '../world/simulation.ts';

/** A Graph call after its body was read. */
export interface GraphRequest {
  readonly method: string;
  /** The version that serves it, such as `v26.0`. */
  readonly version: string;
  /** Without version. */
  readonly path: string;
  readonly parameters: Parameters;
  readonly authorization: string | undefined;
  readonly url: URL;
}

/** What callers may send; other methods are answered with an error. */
const METHODS = 'GET, HEAD, POST, DELETE, OPTIONS';

/**
 * Does the work of a Graph call and returns the JSON of its 200. Throws GraphError for everything else. `headers`
 * gets those that tell about limits, also when it throws.
 */
export function answerGraphCall(
  deps: Simulation,
  request: GraphRequest,
  headers: Record<string, string>,
): Json {
  if (request.method === 'OPTIONS') {
    headers['allow'] = METHODS;
    return {};
  }
  // A HEAD is a GET whose body is not sent.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const { path, parameters, url } = request;
  const settings = applyVersionRules(deps.settings, request);
  const here = { ...deps, settings, now: deps.clock.now() };
  if (path === '/oauth/access_token') {
    if (method !== 'GET' && method !== 'POST') throw unknownNode(method, 'oauth');
    return exchangeCode(here, parameters);
  }
  const caller = authenticate(here, tokenOf(request.authorization, parameters), parameters);
  const work = { deps: here, headers, call: { caller, parameters, url } };
  if (path === '/debug_token') {
    if (method !== 'GET') throw unknownNode(method, 'debug_token');
    chargeApp(work);
    return debugToken(here, work.call);
  }
  const ids = path === '/' && method === 'GET' ? parameters.text('ids') : undefined;
  if (ids === undefined) return answerNode(work, method, path);
  return Object.fromEntries(ids.split(',').map((id) => [id, answerNode(work, method, `/${id}`)]));
}

interface Work {
  readonly deps: Simulation & { readonly now: number };
  readonly headers: Record<string, string>;
  readonly call: GraphCall;
}

function answerNode(work: Work, method: string, path: string): Json {
  const { deps, call } = work;
  // The guide's sample requests share numbers without a business in the path: it is the token's own then.
  const own = path === '/share_preverified_numbers' ? businessOf(call.caller) : undefined;
  const [root = '', edge, ...rest] = `${own === undefined ? '' : `/${own}`}${path}`.split('/').slice(1);
  if (!/^\d+$/.test(root) || rest.length > 0) {
    chargeApp(work);
    throw unknownPath(path);
  }
  const shared = edge === 'assigned_users' ? findSharedAccount(deps, root, call.caller) : undefined;
  const found = shared ?? findNode(deps, root, call.caller);
  const route = edge ? `${method} ${edge}` : method;
  const accountId = found && accountCharged(found, route);
  if (accountId === undefined) chargeApp(work);
  else chargeAccount(work, accountId);
  if (found === undefined) {
    throw isDeletedNumber(deps, root, call.caller) ? numberWasDeleted() : unknownNode(method, root);
  }
  const answer = callNode(deps, found, route, call);
  if (answer !== undefined) return answer;
  if (method === 'GET' && edge) throw unknownField(edge, found.kind);
  throw unknownNode(method, root);
}

function chargeAccount({ deps, headers }: Work, accountId: string): void {
  const { refused, usage } = spendAccountCall(deps, accountId);
  Object.assign(headers, accountUsageHeaders(accountId, usage));
  const { assumptions } = deps.settings;
  if (refused) throw limitReached(assumptions.accountLimitCode, assumptions);
}

function chargeApp({ deps, headers }: Work): void {
  const spent = spendAppCall(deps, deps.settings);
  if (spent === undefined) return;
  Object.assign(headers, appUsageHeaders(spent.usage));
  if (spent.refused) throw tooManyCalls(deps.settings.assumptions);
}

/** Which kind of token a call carries, for the ledger. */
export function tokenKindOfCall(deps: Simulation, { authorization, parameters }: GraphRequest) {
  return tokenKindOf({ ...deps, now: deps.clock.now() }, tokenOf(authorization, parameters));
}
