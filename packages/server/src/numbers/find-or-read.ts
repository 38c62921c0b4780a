import type { PhoneNumberRecord } from '../ports/numbers-store.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';
import type { NumberVerbs } from './number-verbs.ts';

/**
 * What is known of a number. One that was never read is read now, if it can be; if it cannot, its record says why. That is tried
 * once: afterwards it is read when it is due, or when somebody asks for that.
 *
 * @throws InvalidRequestError, PhoneNumberMissingError, StoreUnavailableError
 */
export async function findOrRead(
  numbers: Pick<NumberVerbs, 'find' | 'refresh'>,
  phoneNumberId: string,
): Promise<PhoneNumberRecord> {
  const known = await numbers.find(phoneNumberId);
  const { readAt, problem, leftAt } = known;
  if (readAt !== undefined || problem !== undefined || leftAt !== undefined) return known;
  try {
    return await numbers.refresh(phoneNumberId);
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    return numbers.find(phoneNumberId);
  }
}
