import type { Json } from '../../json.ts';
import { callerOf, type Caller } from '../../world/caller.ts';
import type { GraphCall } from '../call/graph-call.ts';
import { notTheAppOwner } from '../errors/oauth-errors.ts';
import { writeTime } from '../forms/time-form.ts';
import type { Simulation } from '../../world/simulation.ts';

const SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging'];
const SYSTEM_USER_ID = '122100457318264';
const SYSTEM_USER_SCOPES = ['business_management', ...SCOPES];

/**
 * `GET /debug_token?input_token=…` with an app token or the system user's: what a token is good for. Times are
 * always seconds, 0 for never. An invalid token is a 200 with `is_valid: false`. Throws GraphError 100.
 */
export function debugToken(deps: Simulation, { caller, parameters }: GraphCall): Json {
  if (caller.kind === 'business') throw notTheAppOwner();
  const { settings } = deps;
  const input = callerOf({ ...deps, now: deps.clock.now() }, parameters.required('input_token'));
  if (input === 'unknown' || input === 'expired') {
    const error =
      input === 'unknown'
        ? { code: 190, message: 'Invalid OAuth access token.' }
        : { code: 190, message: 'Error validating access token: Session has expired.', subcode: 463 };
    return { data: { error, is_valid: false, scopes: [] } };
  }
  const token = { app_id: settings.appId, application: 'Simulated app', is_valid: true };
  if (input.kind === 'app') return { data: { ...token, type: 'APP', scopes: [] } };
  return { data: { ...token, type: 'SYSTEM_USER', ...grantsOf(deps, input) } };
}

function grantsOf({ world }: Simulation, input: Exclude<Caller, { kind: 'app' }>) {
  if (input.kind === 'system_user') {
    return {
      data_access_expires_at: 0,
      expires_at: 0,
      scopes: SYSTEM_USER_SCOPES,
      granular_scopes: SYSTEM_USER_SCOPES.map((scope) => ({ scope })),
      user_id: SYSTEM_USER_ID,
    };
  }
  const { token } = input;
  const accounts = [...world.accounts.values()].filter(
    ({ ownerBusinessId }) => ownerBusinessId === token.businessId,
  );
  const newestFirst = accounts.map(({ id }) => id).toReversed();
  return {
    data_access_expires_at: 0,
    expires_at: writeTime(token.expiresAt, 'unix') ?? 0,
    issued_at: writeTime(token.issuedAt, 'unix'),
    scopes: SCOPES,
    granular_scopes: SCOPES.map((scope) => ({ scope, target_ids: newestFirst })),
    user_id: token.userId,
  };
}
