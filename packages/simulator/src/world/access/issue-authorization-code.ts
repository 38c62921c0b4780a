import type { AuthorizationCode } from './authorization-code.ts';
import type { Moment } from '../simulation.ts';

/** Creates a code for the customer's business. */
export function issueAuthorizationCode(
  { world, ids, now }: Moment,
  {
    businessId,
    redirectUri,
    byRedirect,
  }: Pick<AuthorizationCode, 'businessId' | 'redirectUri' | 'byRedirect'>,
): string {
  const code = ids.authorizationCode();
  world.authorizationCodes.set(code, {
    code,
    businessId,
    issuedAt: now,
    redirectUri,
    byRedirect,
    used: false,
  });
  return code;
}
