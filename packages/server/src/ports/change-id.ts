import { createHash } from 'node:crypto';
import { comparableDigits } from '../domain/number-match.ts';

/**
 * Names a change of a customer's identity by the newest hash that Meta had named by then, so that the host vouches for the change
 * that it was told of, and for no later one. It is the same while the same customer goes on writing, and for both of Meta's
 * spellings of their number. Opaque: a hash cannot be had back from it.
 *
 * @param customer.hash `undefined`: none was ever named
 * @returns 16 characters of base64url
 */
export function changeIdOf({
  phoneNumberId,
  waId,
  hash = '',
}: {
  phoneNumberId: string;
  waId: string;
  hash: string | undefined;
}): string {
  // None of the three has a space in it.
  const text = `${phoneNumberId} ${comparableDigits(waId)} ${hash}`;
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
