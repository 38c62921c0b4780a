import { isSupportedCountry, parsePhoneNumberWithError, ParseError } from 'libphonenumber-js/min';
import { exampleNumber, mostWritten, readPhoneNumber, withPlus } from './read-phone-number.ts';

/** A number in E.164 with the plus, or a sentence that says why it cannot be one. */
export type NormalisedNumber = { phoneNumber: string } | { problem: string };

const noCallingCode = `It has no calling code. Write it with the plus, like ${exampleNumber}.`;
const noCountry = `It has no calling code. Write it with the plus, like ${exampleNumber}, or say which country it is of.`;
const noNumber = `It is no telephone number. Write it like ${exampleNumber}.`;

/** Why libphonenumber could not read it, in its own words. */
const problems: Readonly<Record<string, string>> = {
  NOT_A_NUMBER: noNumber,
  TOO_SHORT: 'It is too short. Short codes cannot be used with WhatsApp.',
  TOO_LONG: 'It is too long.',
};

/** E.164 has no shorter ones that a customer of WhatsApp could have. Digits, the calling code included. */
const fewestDigits = 7;

/** Digits, and the marks that people put between them. */
const writing = /^[\d ().+/\p{Pd}\u2212]*\d[\d ().+/\p{Pd}\u2212]*$/u;

/**
 * A telephone number as people write it, with its calling code: `+1 (555) 010-0001`, `0049 30 1234567`. It must be a possible
 * number, not one that is in use: which ranges are is more than anybody's list knows.
 */
export function readWithCallingCode(written: string): NormalisedNumber {
  return read(written, { within: undefined, noCallingCode });
}

/**
 * The same where it may also be said which country numbers without a calling code are of: they are read as they are dialled
 * there.
 *
 * @param within ISO 3166-1 alpha-2
 */
export function normaliseNumber(written: string, within?: string): NormalisedNumber {
  return read(written, { within, noCallingCode: noCountry });
}

interface Reading {
  within: string | undefined;
  /** What is said when there is none, and no country. */
  noCallingCode: string;
}

function read(written: string, { within, noCallingCode: hint }: Reading): NormalisedNumber {
  const text = withPlus(written);
  if (text.length > mostWritten) return { problem: problems['TOO_LONG'] ?? noNumber };
  if (!text.startsWith('+') && within === undefined) return { problem: isWriting(text) ? hint : noNumber };
  const parsed = parse(text, within);
  return 'problem' in parsed ? { problem: parsed.problem } : notShort(parsed.phoneNumber, parsed.valid);
}

/** Whether a plain text looks like a telephone number: digits and the marks between them, and a plus only in front. */
export function isWriting(text: string): boolean {
  return writing.test(text) && !text.slice(1).includes('+');
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
    const phoneNumber = readPhoneNumber(text.startsWith('+') ? text : parsed.number);
    if (phoneNumber !== undefined) return { phoneNumber, valid: parsed.isValid() };
    if (parsed.isPossible()) return refused(`It is no number of ${placeOf(parsed)}.`);
    const digits = parsed.nationalNumber.length;
    return refused(
      (digits <= 6 ? problems['TOO_SHORT'] : undefined) ??
        `It has not as many digits as a number of ${placeOf(parsed)} has.`,
    );
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return refused(
      error.message === 'INVALID_COUNTRY'
        ? `No country has its calling code. Write it like ${exampleNumber}.`
        : (problems[error.message] ?? noNumber),
    );
  }
}

const names = new Intl.DisplayNames(['en'], { type: 'region' });

/** With its name in parentheses: some countries' names want an article. */
const placeOf = ({ country, countryCallingCode }: { country?: string; countryCallingCode: string }) =>
  country === undefined ? `+${countryCallingCode}` : `its country (${names.of(country) ?? country})`;

/** Some countries' own lists allow for numbers as short as a short code: those must be known to be in use. */
function notShort(phoneNumber: string, valid: boolean): NormalisedNumber {
  const digits = phoneNumber.length - 1;
  const isShort = digits < fewestDigits || (digits === fewestDigits && !valid);
  return isShort ? { problem: problems['TOO_SHORT'] ?? noNumber } : { phoneNumber };
}
