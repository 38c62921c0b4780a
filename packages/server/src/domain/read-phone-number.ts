import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Marks that are not seen, such as those around a number that was copied out of an address book. */
export const withoutUnseen = (text: string): string => text.replace(/\p{Cf}/gu, '');

/**
 * A telephone number as people write it, such as `+1 (555) 010-0001` or `0049 30 1234567`, in E.164 with the plus.
 *
 * @returns `undefined` when it has no calling code, an extension, or a length that its country does not know
 */
export function readPhoneNumber(written: string): string | undefined {
  const text = withoutUnseen(written).trim().replace(/^00/, '+');
  const parsed = parsePhoneNumberFromString(withoutMexicanOne(text), { extract: false });
  return parsed === undefined || parsed.ext !== undefined || !parsed.isPossible() ? undefined : parsed.number;
}

/** Meta still writes the `1` that once marked Mexican mobiles (Meta, "Phone numbers"); without it the number is the same. */
function withoutMexicanOne(text: string): string {
  return /^\+521\d{10}$/.test(text.replace(/[\s().-]/g, '')) ? text.replace(/^(\+\D*5\D*2\D*)1/, '$1') : text;
}
