import { MINUTE } from '../../clock/units.ts';
import type { Moment } from '../simulation.ts';

/** How long a deletion takes: a number cannot be registered again before (error 133015). */
export const DELETION_TIME = 5 * MINUTE;

/**
 * Deletes a number from its account, as only an admin of the portfolio can, in WhatsApp Manager. Its digits may be
 * added again at once. Throws RangeError when there is no such number.
 */
export function deletePhoneNumber({ world, now }: Moment, id: string): void {
  const number = world.phoneNumbers.get(id);
  if (number === undefined) throw new RangeError(`There is no phone number "${id}" on any account`);
  const { accountId, digits } = number;
  world.phoneNumbers.delete(id);
  world.oneTimeCodes.delete(digits);
  world.deletedNumbers.set(id, { id, accountId, digits, deletedAt: now });
}

/** True for five minutes after a number with these digits was deleted. */
export function isRecentlyDeleted({ world, now }: Moment, digits: string): boolean {
  return [...world.deletedNumbers.values()].some(
    (deleted) => deleted.digits === digits && now < deleted.deletedAt + DELETION_TIME,
  );
}
