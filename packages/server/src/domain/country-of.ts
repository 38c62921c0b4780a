import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * The country a number belongs to, ISO 3166-1 alpha-2, or `undefined` where the number does not tell (as with
 * some shared calling codes).
 *
 * @param phoneNumber E.164, with the plus
 */
export function countryOf(phoneNumber: string): string | undefined {
  const parsed = parsePhoneNumberFromString(phoneNumber);
  return parsed?.country ?? parsed?.getPossibleCountries()[0];
}
