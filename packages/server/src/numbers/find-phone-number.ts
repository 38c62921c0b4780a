import { metaId } from '@embedded-signup-kit/protocol/schemas';
import { given } from '../ports/given.ts';
import type { PhoneNumberChange, PhoneNumberRecord } from '../ports/numbers-store.ts';
import type { NumbersDeps } from './deps.ts';
import { PhoneNumberMissingError } from './phone-number-errors.ts';

/** More than anybody reads. */
const mostChanges = 200;

/**
 * What is known of a number, also of one that has left.
 *
 * @throws InvalidRequestError, PhoneNumberMissingError, StoreUnavailableError
 */
export function findPhoneNumber({ store, clock }: Pick<NumbersDeps, 'store' | 'clock'>) {
  return async (id: string): Promise<PhoneNumberRecord> => {
    const phoneNumberId = given(metaId, id, ['phoneNumberId']);
    const known = await store.findPhoneNumber(phoneNumberId);
    if (known !== undefined) return known;
    // While servers of an older version run, they write claims without it.
    const owner = await store.findOwner(phoneNumberId);
    if (owner !== undefined) {
      await store.noteNumberOf({ now: clock.now(), claimId: owner.id });
      const noted = await store.findPhoneNumber(phoneNumberId);
      if (noted !== undefined) return noted;
    }
    throw new PhoneNumberMissingError();
  };
}

/**
 * What changed about a number, the newest first; the last 200 changes.
 *
 * @throws InvalidRequestError, PhoneNumberMissingError, StoreUnavailableError
 */
export function phoneNumberChanges(deps: Pick<NumbersDeps, 'store' | 'clock'>) {
  const find = findPhoneNumber(deps);
  return async (id: string): Promise<PhoneNumberChange[]> => {
    const { phoneNumberId } = await find(id);
    return deps.store.listPhoneNumberChanges({ phoneNumberId, limit: mostChanges });
  };
}
