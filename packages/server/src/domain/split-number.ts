import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * A number in the two parts that Meta wants when it is added to an account.
 *
 * @param phoneNumber E.164, with the plus
 * @returns digits only; `undefined` when it is no possible number
 */
export function splitNumber(
  phoneNumber: string,
): { callingCode: string; nationalNumber: string } | undefined {
  const parsed = parsePhoneNumberFromString(phoneNumber);
  if (parsed === undefined) return undefined;
  return { callingCode: parsed.countryCallingCode, nationalNumber: parsed.nationalNumber };
}
