import { readWithCallingCode, type NormalisedNumber } from '../domain/normalise-number.ts';
import { exampleNumber, plainText } from '../domain/read-phone-number.ts';

/**
 * The telephone number that stands as an argument of a command: with its calling code, as everywhere where something is done with a
 * number. A search shows what it found, and whoever reads it sees which country it is of; a command acts at once, and `(658)
 * 234-5678` of the United States has the digits of a number of Singapore. So without the plus, or the `00` that is dialled
 * for it, it is refused, with a sentence that says what to type.
 */
export function readNumberArgument(written: string): NormalisedNumber {
  const text = plainText(written);
  // Digits alone are an id; what is said of them must be true of a telephone number, too.
  return /^\d+$/.test(text) && !text.startsWith('00')
    ? { problem: `A telephone number is written with the plus and its calling code, like ${exampleNumber}.` }
    : readWithCallingCode(text);
}
