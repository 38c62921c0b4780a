import { callingCodeOf } from './calling-code.ts';
import { digitsOf } from './phone-number.ts';

/**
 * The digits a message goes to, from `to` of a request and the digits of the business number, or undefined when `to`
 * cannot be a number. Without a plus sign the calling code of the business is put before it, even if it is there
 * already (phone numbers guide, "Phone Number Formats").
 */
export function recipientDigits(to: string, businessDigits: string): string | undefined {
  if (!/^\s*\+?[\d\s()-]+$/.test(to)) return undefined;
  const given = digitsOf(to);
  if (given.length < 5 || given.length > 15) return undefined;
  return to.trimStart().startsWith('+') ? given : callingCodeOf(businessDigits) + given;
}
