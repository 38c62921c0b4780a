import type { BusinessToken } from './business-token.ts';
import type { Moment } from '../simulation.ts';

/** Issues a token of a customer's business that lives for `lifetime` ms, or for ever when undefined. */
export function issueBusinessToken(
  { world, ids, now }: Pick<Moment, 'world' | 'ids' | 'now'>,
  { businessId, lifetime }: { businessId: string; lifetime: number | undefined },
): BusinessToken {
  const token: BusinessToken = {
    token: ids.accessToken(),
    businessId,
    userId: ids.objectId(),
    issuedAt: now,
    expiresAt: lifetime === undefined ? undefined : now + lifetime,
  };
  world.tokens.set(token.token, token);
  return token;
}
