import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Only the digits of a phone number in any notation; the one form in which two of them may be compared. */
export function digitsOf(phoneNumber: string): string {
  return phoneNumber.replace(/\D/g, '');
}

/**
 * The digits of an international phone number written with or without `+`, spaces, hyphens, dots or
 * parentheses (add_phone_numbers accepts them all), or undefined when it cannot be one.
 */
export function parsePhoneNumber(text: string): string | undefined {
  if (!/^[+\d\s().-]+$/.test(text)) return undefined;
  const digits = digitsOf(text);
  return /^[1-9]\d{6,14}$/.test(digits) ? digits : undefined;
}

/** `15550100001` as `+15550100001`. */
export function e164Of(digits: string): string {
  return `+${digits}`;
}

/**
 * A number as Meta's `display_phone_number` has it: `+1 555-010-0001` as in the samples; other countries, of which there
 * are none, in their international notation.
 */
export function displayPhoneNumber(digits: string): string {
  const american = /^1(\d{3})(\d{3})(\d{4})$/.exec(digits);
  if (american !== null) return `+1 ${american.slice(1).join('-')}`;
  return parsePhoneNumberFromString(`+${digits}`)?.formatInternational() ?? `+${digits}`;
}
