import type { Settings } from '../../settings/settings.ts';
import { tokenEndOf, type BusinessToken, type TokenEnd } from './business-token.ts';
import { OWN_ADMIN_ID, OWN_SYSTEM_USER_ID } from '../businesses/system-user.ts';
import type { World } from '../world.ts';
import { PARTNER_SCOPES } from '../../settings/scopes.ts';

/** Who makes a Graph call: an app, the program or an admin of a Solution Partner, or a customer's business. */
export type Caller =
  | { readonly kind: 'app' }
  | {
      readonly kind: 'system_user';
      readonly businessId: string;
      readonly userId: string;
      /** What the token may be used for. */
      readonly scopes: readonly string[];
      /** The app that the token was made for. */
      readonly appId: string;
    }
  | { readonly kind: 'user'; readonly businessId: string; readonly userId: string }
  | { readonly kind: 'business'; readonly token: BusinessToken };

/** The kinds a token can be of, as recorded in the ledger. */
export type TokenKind = Caller['kind'] | 'none' | 'unknown';

/** What is wrong with a token that names no caller. */
export type TokenFlaw = 'unknown' | TokenEnd;

/** The caller a token stands for at the time `now` (ms, UTC), or what is wrong with it. */
export function callerOf(
  { world, settings, now }: { world: World; settings: Settings; now: number },
  token: string,
): Caller | TokenFlaw {
  const { businessId } = settings;
  if (token === settings.systemUserToken) {
    const { systemUserScopes: scopes, systemUserTokenExpiresAt: end = Infinity } = settings;
    if (now >= end) return 'expired';
    return {
      kind: 'system_user',
      businessId,
      userId: OWN_SYSTEM_USER_ID,
      scopes,
      appId: systemUserAppOf(settings),
    };
  }
  if (token === settings.userToken) return { kind: 'user', businessId, userId: OWN_ADMIN_ID };
  if (token === `${settings.appId}|${settings.appSecret}`) return { kind: 'app' };
  const known = world.tokens.get(token);
  if (known !== undefined) return tokenEndOf(known, now) ?? { kind: 'business', token: known };
  const partner = [...world.partners.values()].find(({ systemUserToken }) => systemUserToken === token);
  if (partner === undefined) return 'unknown';
  const { businessId: partnerBusinessId, systemUserId: userId } = partner;
  // Apps of other partners are not simulated.
  const { appId } = settings;
  return { kind: 'system_user', businessId: partnerBusinessId, userId, scopes: PARTNER_SCOPES, appId };
}

/** The app that a caller's token was made for. */
export function appOf(caller: Caller, { appId }: Pick<Settings, 'appId'>): string {
  return caller.kind === 'system_user' ? caller.appId : appId;
}

function systemUserAppOf({ systemUserTokenAppId, appId }: Settings): string {
  return systemUserTokenAppId ?? appId;
}

/** The business a caller speaks for; an app speaks for none. */
export function businessOf(caller: Caller): string | undefined {
  if (caller.kind === 'app') return undefined;
  return caller.kind === 'business' ? caller.token.businessId : caller.businessId;
}
