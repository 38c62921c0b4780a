import { z } from 'zod';
import { given, givenName } from '../ports/given.ts';
import { GraphError } from '../ports/graph-error.ts';
import { mayBeDone } from '../ports/may-be-done.ts';
import type { PhoneNumberRecord } from '../ports/numbers-store.ts';
import type { NumbersDeps } from './deps.ts';
import { ownedNumber } from './owned-number.ts';
import { PhoneNumberMissingError } from './phone-number-errors.ts';

/**
 * Switches the identity check of a number on or off (Meta, "Identity change check"). Twice is once.
 *
 * @param who an operator's name: for the history
 * @throws InvalidRequestError, PhoneNumberMissingError, PhoneNumberLeftError, GraphError, CipherError, StoreUnavailableError
 */
export function setIdentityCheck(deps: Pick<NumbersDeps, 'graph' | 'store' | 'cipher' | 'clock'>) {
  const { graph, store, clock } = deps;
  return async (id: string, who: string, enabled: boolean): Promise<PhoneNumberRecord> => {
    givenName(who);
    given(z.boolean('must be true or false'), enabled, ['enabled']);
    const { phoneNumberId, token } = await ownedNumber(deps, id);
    const before = await store.findPhoneNumber(phoneNumberId);
    if (before === undefined) throw new PhoneNumberMissingError();
    const note = (isOn: boolean) =>
      store.noteIdentityCheck({ phoneNumberId, enabled: isOn, now: clock.now(), who });
    // Never known as on while it may be off: verified texts would go out, and Meta would compare nothing.
    if (!enabled) await note(false);
    try {
      await graph.setIdentityCheck(phoneNumberId, enabled, token);
    } catch (error) {
      const isStillOn = !enabled && error instanceof GraphError && !mayBeDone(error);
      if (isStillOn && before.identityCheck === true) await note(true);
      throw error;
    }
    if (enabled) await note(true);
    return (await store.findPhoneNumber(phoneNumberId)) ?? before;
  };
}
