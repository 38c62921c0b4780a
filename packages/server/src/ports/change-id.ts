import { createHash } from 'node:crypto';
import { identityStanding, type CustomerIdentity } from '../domain/customer-identity.ts';
import { comparableDigits } from '../domain/number-match.ts';

/**
 * Names a change of a customer's identity, so that the host vouches for the change that it was told of, and for no later one. It
 * is made of the newest hash that Meta had named by then, and of what was settled when the host vouched last: so it is the same
 * while the same customer goes on writing, and for both of Meta's spellings of their number, and whoever vouches ends it for good.
 * A customer who is not changed has an id of their own, which is none of a change. Opaque: a hash cannot be had back from it.
 *
 * @returns 16 characters of base64url
 */
export function changeIdOf(
  { phoneNumberId, waId }: { phoneNumberId: string; waId: string },
  identity: CustomerIdentity,
): string {
  const { seen, settledAt } = identity;
  const { standing } = identityStanding(identity);
  // None of them has a space in it.
  const text = [
    phoneNumberId,
    comparableDigits(waId),
    seen?.hash ?? '',
    settledAt ?? '',
    standing === 'changed' ? 'changed' : '',
  ].join(' ');
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
