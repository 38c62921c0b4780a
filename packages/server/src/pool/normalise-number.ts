import { isSupportedCountry, parsePhoneNumberWithError, ParseError } from 'libphonenumber-js/min';
import { z } from 'zod';
import { readPhoneNumber, withoutUnseen } from '../domain/read-phone-number.ts';

/** A number in E.164 with the plus, or a sentence that says why it cannot be one. */
export type NormalisedNumber = { phoneNumber: string } | { problem: string };

/** A country that national numbers are of: ISO 3166-1 alpha-2. */
export const country = z
  .string('must be a text')
  .refine((code) => isSupportedCountry(code), 'must be an ISO 3166-1 alpha-2 code, such as US');

const example = '+1 555-010-0001';
const noCallingCode = `It has no calling code. Write it like ${example}, or say which country it is of.`;
const noNumber = `It is no telephone number. Write it like ${example}.`;

/** Why libphonenumber could not read it, in its own words. */
const problems: Readonly<Record<string, string>> = {
  NOT_A_NUMBER: noNumber,
  TOO_SHORT: 'It is too short. Short codes cannot be used with WhatsApp.',
  TOO_LONG: 'It is too long.',
};

/** E.164 has no shorter ones that a customer of WhatsApp could have. Digits, the calling code included. */
const fewestDigits = 7;

/**
 * A telephone number as people write it: `+1 (555) 010-0001`, `0049 30 1234567`, or as it is dialled inside `within`. It must
 * be a possible number, not one that is in use: which ranges are is more than anybody's list knows.
 *
 * @param within ISO 3166-1 alpha-2
 */
export function normaliseNumber(written: string, within?: string): NormalisedNumber {
  const text = withoutUnseen(written).trim();
  if (text.length > 40) return { problem: problems['TOO_LONG'] ?? noNumber };
  const international = /^(\+|00)/.test(text);
  const read = readPhoneNumber(text);
  if (international && read !== undefined) return notShort(read, parse(text.replace(/^00/, '+')).valid);
  if (!international && within === undefined) {
    return { problem: /^[\d\s().+/-]+$/.test(text) ? noCallingCode : noNumber };
  }
  const parsed = parse(text.replace(/^00/, '+'), within);
  if ('problem' in parsed) return { problem: parsed.problem };
  return notShort(parsed.phoneNumber, parsed.valid);
}

type Parsed = { phoneNumber: string; valid: boolean } | { problem: string; valid: false };

function parse(text: string, within?: string): Parsed {
  const refused = (problem: string): Parsed => ({ problem, valid: false });
  try {
    const parsed = parsePhoneNumberWithError(text, {
      extract: false,
      ...(within !== undefined && isSupportedCountry(within) ? { defaultCountry: within } : {}),
    });
    if (parsed.ext !== undefined) {
      return refused('It has an extension. Meta reaches whole numbers only: leave the extension out.');
    }
    // In Mexico's older spelling it is possible as well.
    const phoneNumber = readPhoneNumber(parsed.number);
    if (phoneNumber !== undefined) return { phoneNumber, valid: parsed.isValid() };
    const digits = parsed.nationalNumber.length;
    return refused(
      (digits <= 6 ? problems['TOO_SHORT'] : undefined) ??
        `It has not as many digits as a number of ${placeOf(parsed)} has.`,
    );
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return refused(
      error.message === 'INVALID_COUNTRY'
        ? `No country has its calling code. Write it like ${example}.`
        : (problems[error.message] ?? noNumber),
    );
  }
}

const placeOf = ({ country: code, countryCallingCode }: { country?: string; countryCallingCode: string }) =>
  code ?? `+${countryCallingCode}`;

/** Some countries' own lists allow for numbers as short as a short code: those must be known to be in use. */
function notShort(phoneNumber: string, valid: boolean): NormalisedNumber {
  const digits = phoneNumber.length - 1;
  const isShort = digits < fewestDigits || (digits === fewestDigits && !valid);
  return isShort ? { problem: problems['TOO_SHORT'] ?? noNumber } : { phoneNumber };
}
