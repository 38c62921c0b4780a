import type { Json } from '../../../json.ts';
import { appOf, callerOf, type Caller } from '../../../world/access/caller.ts';
import { CUSTOMER_SCOPES, PARTNER_SCOPES } from '../../../settings/scopes.ts';
import type { BusinessToken } from '../../../world/access/business-token.ts';
import type { GraphCall } from '../../call/graph-call.ts';
import { TOKEN_FLAWS } from '../../errors/general-errors.ts';
import { notTheAppOwner, tokenOfAnotherApp } from '../../errors/oauth-errors.ts';
import { writeTime } from '../../forms/time-form.ts';
import type { Settings } from '../../../settings/settings.ts';
import { applicationOf } from '../../../world/businesses/application.ts';
import type { Simulation } from '../../../world/simulation.ts';

/**
 * `GET /debug_token?input_token=…` with an app token, or one of a partner's system user or admin: what a token is good
 * for. Times are always seconds, 0 for never. An invalid token is a 200 with `is_valid: false`. Throws GraphError 100,
 * also for a token of another app than the one who asks.
 */
export function debugToken(deps: Simulation, { caller, parameters }: GraphCall): Json {
  if (caller.kind === 'business') throw notTheAppOwner();
  const { settings } = deps;
  const input = callerOf({ ...deps, now: deps.clock.now() }, parameters.required('input_token'));
  if (typeof input === 'string') {
    const flaw = input === 'unknown' ? { message: 'Invalid OAuth access token.' } : TOKEN_FLAWS[input];
    return { data: { error: { code: 190, ...flaw }, is_valid: false, scopes: [] } };
  }
  const app_id = appOf(input, settings);
  if (app_id !== appOf(caller, settings)) throw tokenOfAnotherApp();
  const application = app_id === settings.appId ? applicationOf(settings).name : 'Another app';
  const token = { app_id, application, is_valid: true };
  if (input.kind === 'app') return { data: { ...token, type: 'APP', scopes: [] } };
  const type = input.kind === 'user' ? 'USER' : 'SYSTEM_USER';
  const grants = input.kind === 'business' ? grantsOf(deps, input.token) : partnerGrants(settings, input);
  return { data: { ...token, type, ...grants } };
}

/** A partner's token: its scopes apply to all there is, so they have no targets. Only the BSP's system user's may expire. */
function partnerGrants(
  { businessId, systemUserTokenExpiresAt }: Settings,
  caller: Extract<Caller, { kind: 'system_user' | 'user' }>,
) {
  const isOwnSystemUser = caller.kind === 'system_user' && caller.businessId === businessId;
  const scopes = caller.kind === 'system_user' ? caller.scopes : PARTNER_SCOPES;
  return {
    data_access_expires_at: 0,
    expires_at: (isOwnSystemUser && writeTime(systemUserTokenExpiresAt, 'unix')) || 0,
    scopes,
    granular_scopes: scopes.map((scope) => ({ scope })),
    user_id: caller.userId,
  };
}

function grantsOf({ world, settings }: Simulation, token: BusinessToken) {
  const accounts = [...world.accounts.values()].filter(
    ({ ownerBusinessId, removedAt }) => ownerBusinessId === token.businessId && removedAt === undefined,
  );
  const newestFirst = accounts.map(({ id }) => id).toReversed();
  const targets = { listed: newestFirst, absent: undefined, empty: [] }[settings.assumptions.tokenTargets];
  return {
    data_access_expires_at: 0,
    expires_at: writeTime(token.expiresAt, 'unix') ?? 0,
    issued_at: writeTime(token.issuedAt, 'unix'),
    scopes: CUSTOMER_SCOPES,
    // Absent and empty targets can both mean "all", so a scope that is left with no account is not named at all.
    granular_scopes:
      accounts.length === 0 ? [] : CUSTOMER_SCOPES.map((scope) => ({ scope, target_ids: targets })),
    user_id: token.userId,
  };
}
