import type { Json } from '../json.ts';
import { findNode } from '../world/graph-node.ts';
import { authenticate, tokenKindOf, tokenOf } from './call/authenticate.ts';
import { debugToken } from './endpoints/debug-token.ts';
import { exchangeCode } from './endpoints/exchange-code.ts';
import { unknownField, unknownNode, unknownPath } from './errors/general-errors.ts';
import { callNode } from './node-routes.ts';
import type { Parameters } from './call/parameters.ts';
import type { Simulation } from '../world/simulation.ts';

/** A Graph call after its body was read. */
export interface GraphRequest {
  readonly method: string;
  /** Without version. */
  readonly path: string;
  readonly parameters: Parameters;
  readonly authorization: string | undefined;
  readonly url: URL;
}

/** Does the work of a Graph call and returns the JSON of its 200. Throws GraphError for everything else. */
export function answerGraphCall(deps: Simulation, request: GraphRequest): Json {
  const { method, path, parameters, url } = request;
  const [root = '', edge, ...rest] = path.split('/').slice(1);
  if (path === '/oauth/access_token') return exchangeCode(deps, parameters);

  const here = { ...deps, now: deps.clock.now() };
  const caller = authenticate(here, tokenOf(request.authorization, parameters), parameters);
  const call = { caller, parameters, url };
  if (path === '/debug_token') return debugToken(deps, call);

  if (!/^\d+$/.test(root) || rest.length > 0) throw unknownPath(path);
  const found = findNode(here, root, caller);
  if (found === undefined) throw unknownNode(method, root);
  const answer = callNode(deps, found, edge ? `${method} ${edge}` : method, call);
  if (answer !== undefined) return answer;
  if (method === 'GET' && edge) throw unknownField(edge, found.kind);
  throw unknownNode(method, root);
}

/** Which kind of token a call carries, for the ledger. */
export function tokenKindOfCall(deps: Simulation, { authorization, parameters }: GraphRequest) {
  return tokenKindOf({ ...deps, now: deps.clock.now() }, tokenOf(authorization, parameters));
}
