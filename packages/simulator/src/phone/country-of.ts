import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * The country (ISO 3166-1 alpha-2) of a number, or undefined when none is known. A number that could belong to several
 * countries of a shared calling code, as the invented ones of +1 555 do, is taken for the first of them.
 */
export function countryOf(digits: string): string | undefined {
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  return parsed?.country ?? parsed?.getPossibleCountries()[0];
}
