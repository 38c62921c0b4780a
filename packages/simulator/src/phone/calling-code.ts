import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** The country calling code that `digits` (an international number) begins with: `1`, `44`, `353`. */
export function callingCodeOf(digits: string): string {
  // The longest calling codes have three digits; that of a number nobody has may be anything.
  return parsePhoneNumberFromString(`+${digits}`)?.countryCallingCode ?? digits.slice(0, 3);
}
