import type { Business } from '../../../world/businesses/business.ts';
import { tokenEndOf, type BusinessToken } from '../../../world/access/business-token.ts';
import { businessOf } from '../../../world/access/caller.ts';
import { issueBusinessToken } from '../../../world/access/issue-business-token.ts';
import { momentOf, type Simulation } from '../../../world/simulation.ts';
import type { NodeEndpoint } from '../../call/graph-call.ts';
import { invalidParameter, proofMissing } from '../../errors/general-errors.ts';
import { sessionKeyInvalid } from '../../errors/oauth-errors.ts';

/**
 * `POST /<CUSTOMER_BUSINESS_ID>/system_user_access_tokens` with `fetch_only=true`: the token of a customer's business
 * without a code, the same one each time (hosted Embedded Signup page). Throws GraphError 100, or 452 when the
 * customer's tokens were ended.
 */
export const fetchBusinessToken: NodeEndpoint<Business> = (deps, business, { caller, parameters }) => {
  if (parameters.text('appsecret_proof') === undefined) throw proofMissing();
  if (business.id === businessOf(caller)) {
    throw invalidParameter('the path must have the business of your customer, not yours');
  }
  if (parameters.text('fetch_only') !== 'true') {
    throw invalidParameter('fetch_only must be true, nothing else is simulated');
  }
  const token = tokenFor(deps, business.id);
  const userId = parameters.text('system_user_id');
  if (userId !== undefined && userId !== token.userId) {
    throw invalidParameter('system_user_id is not the system user of your app in this business');
  }
  return { access_token: token.token };
};

/** The newest good token; a customer of a hosted sign-up has none yet, and gets one now. */
function tokenFor(deps: Simulation, businessId: string): BusinessToken {
  const moment = momentOf(deps);
  const tokens = [...deps.world.tokens.values()].filter((token) => token.businessId === businessId);
  const good = tokens.findLast((token) => tokenEndOf(token, moment.now) === undefined);
  if (good !== undefined) return good;
  if (tokens.length > 0) throw sessionKeyInvalid();
  return issueBusinessToken(moment, { businessId, lifetime: deps.settings.businessTokenLifetime });
}
