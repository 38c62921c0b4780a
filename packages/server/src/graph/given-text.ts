import { digitsOf } from '../domain/number-match.ts';

/**
 * The digits of a telephone number that was handed in. A text without any would be sent as an empty number.
 *
 * @throws TypeError when it is no telephone number
 */
export function givenDigits(name: string, text: string): string {
  // The type is a promise that callers without types do not keep.
  if (typeof text !== 'string' || !/^\+?[\d\s()./-]*\d[\d\s()./-]*$/.test(text)) {
    throw new TypeError(`graph: ${name} must be digits, spelled as telephone numbers are; nothing was sent`);
  }
  return digitsOf(text);
}

/** @throws TypeError when there is nothing in it */
export function givenText(name: string, text: string): string {
  if (typeof text !== 'string' || text.trim() === '') {
    throw new TypeError(`graph: ${name} is empty; nothing was sent`);
  }
  return text;
}
