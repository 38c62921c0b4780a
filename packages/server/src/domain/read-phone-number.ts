import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { digitsOf } from './number-match.ts';

/** How numbers are shown to whoever has to write one. */
export const exampleNumber = '+1 555-010-0001';

/** More characters than any way of writing a number takes. */
export const mostWritten = 40;

/**
 * A text as it was typed or copied, in plain characters: without marks that are not seen (such as those around a number in an
 * address book), with ordinary spaces for all kinds of them, and ordinary digits for full-width and Arabic ones.
 */
export function plainText(written: string): string {
  return written
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Zs}\t]/gu, ' ')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (arabic) => String(arabic.charCodeAt(0) & 0xf))
    .trim();
}

/**
 * The same, beginning with the plus when a calling code is there: `00` is how a plus is dialled, and some put the calling code
 * in parentheses, as in `(+49) 30 1234567`.
 */
export function withPlus(written: string): string {
  return plainText(written)
    .replace(/^\( *(\+|00) *(\d+) *\)/, '+$2 ')
    .replace(/^00/, '+');
}

/**
 * A telephone number as people write it, such as `+1 (555) 010-0001` or `0049 30 1234567`, in E.164 with the plus.
 *
 * @returns `undefined` when it has no calling code, an extension, or a length that its country does not know
 */
export function readPhoneNumber(written: string): string | undefined {
  const text = withoutMexicanOne(withPlus(written));
  const read = possibleNumber(text);
  // Nothing was dropped, such as the trunk digit of `+44 (0)20 …`; or there is nothing more to drop. Else it is a guess.
  const isWhole = read === `+${digitsOf(text)}` || (read !== undefined && possibleNumber(read) === read);
  return isWhole ? read : undefined;
}

function possibleNumber(text: string): string | undefined {
  const parsed = parsePhoneNumberFromString(text, { extract: false });
  return parsed === undefined || parsed.ext !== undefined || !parsed.isPossible() ? undefined : parsed.number;
}

/**
 * The same of a system that always writes the calling code, and the plus not always: `15550100001` too. From a person it would
 * be a guess.
 */
export function readFullNumber(written: string): string | undefined {
  const text = withPlus(written);
  if (text.length > mostWritten) return undefined;
  return readPhoneNumber(text.startsWith('+') ? text : `+${text}`);
}

/**
 * The digits that a search is for: of a whole number, however it is written, or of a part of one. Empty when there are none.
 */
export function searchedDigits(written: string): string {
  return digitsOf(readPhoneNumber(written) ?? plainText(written));
}

/** Meta still writes the `1` that once marked Mexican mobiles (Meta, "Phone numbers"); without it the number is the same. */
function withoutMexicanOne(text: string): string {
  return /^\+521\d{10}$/.test(text.replace(/[\s().-]/g, '')) ? text.replace(/^(\+\D*5\D*2\D*)1/, '$1') : text;
}
