import { SECOND } from '../clock/units.ts';
import type { BusinessToken } from './business-token.ts';
import type { Moment } from './simulation.ts';

/** How long a code from the popup may be exchanged (Embedded Signup implementation page). */
export const AUTHORIZATION_CODE_LIFETIME = 30 * SECOND;

/** Why a code was not exchanged. */
export type CodeRefusal = 'unknown' | 'used' | 'late' | 'other-redirect';

/**
 * Exchanges a code for a token of the customer's business, once. A popup code belongs to no redirect, so naming
 * one is refused, unless the log-in had that very fallback (error 36008 in developer reports).
 * `lifetime` is the token's, in ms; undefined for ever.
 */
export function redeemAuthorizationCode(
  { world, ids, now }: Moment,
  {
    code,
    redirectUri,
    lifetime,
  }: { code: string; redirectUri: string | undefined; lifetime: number | undefined },
): BusinessToken | CodeRefusal {
  const known = world.authorizationCodes.get(code);
  if (known === undefined) return 'unknown';
  if (known.used) return 'used';
  if (now >= known.issuedAt + AUTHORIZATION_CODE_LIFETIME) return 'late';
  if (redirectUri !== undefined && redirectUri !== known.redirectUri) return 'other-redirect';
  known.used = true;
  const token: BusinessToken = {
    token: ids.accessToken(),
    businessId: known.businessId,
    userId: ids.objectId(),
    issuedAt: now,
    expiresAt: lifetime === undefined ? undefined : now + lifetime,
  };
  world.tokens.set(token.token, token);
  return token;
}
