import { SECOND } from '../../clock/units.ts';
import type { Assumptions } from '../../settings/assumptions.ts';
import type { AuthorizationCode } from './authorization-code.ts';
import type { BusinessToken } from './business-token.ts';
import { issueBusinessToken } from './issue-business-token.ts';
import type { Moment } from '../simulation.ts';

/** How long a code from the popup may be exchanged (Embedded Signup implementation page). */
export const AUTHORIZATION_CODE_LIFETIME = 30 * SECOND;

/** Why a code was not exchanged. */
export type CodeRefusal = 'unknown' | 'used' | 'late' | 'other-redirect';

/**
 * Exchanges a code for a token of the customer's business, once. `lifetime` is the token's, in ms; undefined for ever.
 * After a mismatch of the redirect the code is used up, unless the switch `codeAfterOtherRedirect` keeps it.
 */
export function redeemAuthorizationCode(
  moment: Moment,
  {
    code,
    redirectUri,
    lifetime,
  }: { code: string; redirectUri: string | undefined; lifetime: number | undefined },
): BusinessToken | CodeRefusal {
  const { world, now, assumptions } = moment;
  const known = world.authorizationCodes.get(code);
  if (known === undefined) return 'unknown';
  if (known.used) return 'used';
  if (now >= known.issuedAt + AUTHORIZATION_CODE_LIFETIME) return 'late';
  if (!isRightRedirect(assumptions, known, redirectUri)) {
    known.used = assumptions.codeAfterOtherRedirect === 'used';
    return 'other-redirect';
  }
  known.used = true;
  return issueBusinessToken(moment, { businessId: known.businessId, lifetime });
}

/**
 * A popup code belongs to no redirect: Meta's pages leave `redirect_uri` out, and one report has it refused. Another
 * report had to send the page's `fallback_redirect_uri`; the switch `redirectUriOfPopupCode` has both.
 */
function isRightRedirect(
  { redirectUriOfPopupCode }: Pick<Assumptions, 'redirectUriOfPopupCode'>,
  { redirectUri: fallback, byRedirect }: AuthorizationCode,
  redirectUri: string | undefined,
): boolean {
  // A code that came by a redirect is plain OAuth: the very same address must be named again.
  if (byRedirect === true) return redirectUri === fallback;
  if (redirectUriOfPopupCode === 'ignored') return true;
  if (redirectUri === undefined) return redirectUriOfPopupCode === 'refused';
  // The page's own address is not known here; when it named no fallback, the exchange may name any.
  return redirectUri === fallback || (fallback === undefined && redirectUriOfPopupCode === 'required');
}
