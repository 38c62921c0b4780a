import { comparableDigits, digitsOf } from '../domain/number-match.ts';

/**
 * Finds a number in a list by its digits. An exact match wins; else the only one that matches with the tolerance for Brazil
 * and Mexico. Several of those are not told apart: never a guess.
 *
 * @param phoneNumber with its calling code, in any spelling
 */
export async function findByDigits<Item extends { displayPhoneNumber: string }>(
  list: AsyncIterable<Item>,
  phoneNumber: string,
): Promise<Item | undefined> {
  const digits = digitsOf(phoneNumber);
  const comparable = comparableDigits(phoneNumber);
  const near: Item[] = [];
  for await (const item of list) {
    if (digitsOf(item.displayPhoneNumber) === digits) return item;
    if (comparableDigits(item.displayPhoneNumber) === comparable) near.push(item);
  }
  return near.length === 1 ? near[0] : undefined;
}
