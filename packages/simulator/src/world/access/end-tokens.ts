import { tokenEndOf, type TokenEnd } from './business-token.ts';
import type { Moment } from '../simulation.ts';

/**
 * Ends every good token of a customer's business and says how many there were. Throws RangeError when there was none;
 * then nothing has happened.
 */
export function endTokens(
  { world, now }: Pick<Moment, 'world' | 'now'>,
  businessId: string,
  reason: TokenEnd,
): number {
  const good = [...world.tokens.values()].filter(
    (token) => token.businessId === businessId && tokenEndOf(token, now) === undefined,
  );
  if (good.length === 0) {
    throw new RangeError(
      `Business "${businessId}" has no token that is good: sign a customer up and exchange the code first`,
    );
  }
  for (const token of good) token.endedBy = reason;
  return good.length;
}
