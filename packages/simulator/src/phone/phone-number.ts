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
  // Only the calling code is held against the plan: invented numbers and Mexico's old 1 are to pass.
  const known = /^[1-9]\d{6,14}$/.test(digits) && parsePhoneNumberFromString(`+${digits}`) !== undefined;
  return known ? digits : undefined;
}

/** `15550100001` as `+15550100001`. */
export function e164Of(digits: string): string {
  return `+${digits}`;
}

/** A number as `display_phone_number` has it: `+1 555-010-0001` as in Meta's samples, others in international notation. */
export function displayPhoneNumber(digits: string): string {
  const american = /^1(\d{3})(\d{3})(\d{4})$/.exec(digits);
  if (american !== null) return `+1 ${american.slice(1).join('-')}`;
  return parsePhoneNumberFromString(`+${digits}`)?.formatInternational() ?? `+${digits}`;
}
