import { metaId } from '@embedded-signup-kit/protocol/schemas';
import { given } from '../ports/given.ts';
import type { PhoneNumberChange, PhoneNumberRecord } from '../ports/numbers-store.ts';
import type { NumbersDeps } from './deps.ts';
import { PhoneNumberMissingError } from './phone-number-errors.ts';

/** More than anybody reads. */
const mostChanges = 200;

/** Numbers of live claims that an older version recorded, at once. */
const mostMissing = 500;

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
    if ((await store.findOwner(phoneNumberId)) !== undefined) {
      await store.noteMissingNumbers({ now: clock.now(), limit: mostMissing });
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
