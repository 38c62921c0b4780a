import { SECOND } from '../../../clock/units.ts';
import type { Json } from '../../../json.ts';
import { redeemAuthorizationCode } from '../../../world/access/redeem-authorization-code.ts';
import { missingParameter } from '../../errors/general-errors.ts';
import { codeNotExchanged, unknownApp, wrongAppSecret } from '../../errors/oauth-errors.ts';
import type { Parameters } from '../../call/parameters.ts';
import { momentOf, type Simulation } from '../../../world/simulation.ts';

/**
 * `GET /oauth/access_token`: a code from the popup for a token of the customer's business. The only call without
 * a token. `expires_in` (seconds) is sent only when customers' tokens expire. Throws GraphError 101, 1 or 100.
 */
export function exchangeCode(simulation: Simulation, parameters: Parameters): Json {
  const { settings } = simulation;
  if (parameters.text('client_id') === undefined) throw missingParameter('client_id');
  if (parameters.text('client_id') !== settings.appId) throw unknownApp();
  if (parameters.text('client_secret') !== settings.appSecret) throw wrongAppSecret();
  const lifetime = settings.businessTokenLifetime;
  const token = redeemAuthorizationCode(momentOf(simulation), {
    code: parameters.required('code'),
    redirectUri: parameters.text('redirect_uri'),
    lifetime,
  });
  if (typeof token === 'string') throw codeNotExchanged(token);
  return {
    access_token: token.token,
    token_type: 'bearer',
    expires_in: lifetime === undefined ? undefined : Math.floor(lifetime / SECOND),
  };
}
