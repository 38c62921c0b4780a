import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { isWriting, readWithCallingCode, type NormalisedNumber } from './normalise-number.ts';
import { comparableDigits, digitsOf } from './number-match.ts';
import { exampleNumber, mostWritten, plainText, readPhoneNumber, withPlus } from './read-phone-number.ts';

/** Where a message goes, in the words of Meta's table ("Phone numbers", "Phone Number Formats"). */
export interface Delivery {
  /** The plus, and the digits that Meta takes for the number. They need not be a number that anybody has. */
  deliveredTo: string;
  /** `correct` — it is the number that was written; `potentially_wrong` — another, or none. */
  outcome: 'correct' | 'potentially_wrong';
}

/**
 * Where Meta delivers a message, by what stands in its `to`. Plus signs, hyphens, parentheses and spaces are left out; without
 * the plus the calling code of the business number comes in front, even when the number begins with it ("Phone Number Formats").
 *
 * What Meta's page leaves open is decided so:
 * - `correct` is only what the writer must have meant: with a plus, and the digits are a possible number as they stand. Without
 *   the plus it is never correct: a national number of the business's own country arrives, but Meta's rule cannot
 *   tell it from another country's, whose digits may be a number there as well. So it is with `+1 555`, which nobody has, and
 *   with `+44 (0)20 …`, whose 0 is dialled only inside the country.
 * - `00` is no plus: Meta's page does not name it. Its noughts stay in the digits.
 * - Marks that are not seen, all kinds of spaces and dashes, dots and slashes are left out as well; full-width and Arabic digits
 *   are digits. Meta's page is silent about them: send what `readRecipient` gives.
 *
 * @param written as somebody typed it
 * @param callingCode of the business number. Digits
 * @returns `undefined` when it is no telephone number at all: no digits, letters (so an extension too), a plus that is not in
 *   front, other marks, or more than 40 characters
 */
export function messageGoesTo(written: string, callingCode: string): Delivery | undefined {
  const text = plainText(written).replace(/^[( ]*\+/, '+');
  const digits = digitsOf(text);
  if (text.length > mostWritten || digits === '' || !isWriting(text)) return undefined;
  if (!text.startsWith('+')) {
    return { deliveredTo: `+${callingCode}${digits}`, outcome: 'potentially_wrong' };
  }
  const meant = readPhoneNumber(written);
  // Brazil's and Mexico's two forms are one number for Meta.
  const isMeant = meant !== undefined && comparableDigits(meant) === comparableDigits(digits);
  return { deliveredTo: `+${digits}`, outcome: isMeant ? 'correct' : 'potentially_wrong' };
}

/**
 * The number that a message is for, as it is written to Meta: E.164 with the plus. It is never guessed: without the plus (or
 * `00`, which is how a plus is dialled) it is refused, with a sentence for whoever typed it that says where Meta would deliver.
 *
 * @param written as somebody typed it
 * @param businessPhoneNumber the sender, E.164 with the plus
 */
export function readRecipient(written: string, businessPhoneNumber: string): NormalisedNumber {
  const read = readWithCallingCode(written);
  if ('phoneNumber' in read || withPlus(written).startsWith('+')) return read;
  const callingCode = callingCodeOf(businessPhoneNumber);
  const delivery = callingCode === undefined ? undefined : messageGoesTo(written, callingCode);
  if (callingCode === undefined || delivery === undefined) return read;
  return {
    problem: `It has no plus, so Meta would put +${callingCode} in front and deliver to ${delivery.deliveredTo}. Write it with the plus and the calling code, like ${exampleNumber}.`,
  };
}

/**
 * The calling code of a number. Digits; `undefined` when no country has it.
 *
 * @param phoneNumber E.164, with the plus
 */
export function callingCodeOf(phoneNumber: string): string | undefined {
  return parsePhoneNumberFromString(phoneNumber)?.countryCallingCode;
}
