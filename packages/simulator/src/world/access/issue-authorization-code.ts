import type { Moment } from '../simulation.ts';

/** Creates a code for the customer's business. */
export function issueAuthorizationCode(
  { world, ids, now }: Moment,
  { businessId, redirectUri }: { businessId: string; redirectUri: string | undefined },
): string {
  const code = ids.authorizationCode();
  world.authorizationCodes.set(code, { code, businessId, issuedAt: now, redirectUri, used: false });
  return code;
}
