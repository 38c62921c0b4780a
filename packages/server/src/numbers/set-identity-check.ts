import { z } from 'zod';
import { given, givenName } from '../ports/given.ts';
import { GraphError } from '../ports/graph-error.ts';
import { mayBeDone } from '../ports/may-be-done.ts';
import type { PhoneNumberRecord } from '../ports/numbers-store.ts';
import type { NumbersDeps } from './deps.ts';
import { ownedNumber } from './owned-number.ts';
import { IdentityCheckContestedError, PhoneNumberMissingError } from './phone-number-errors.ts';

/**
 * Switches the identity check of a number on or off (Meta, "Identity change check"). Twice is once.
 *
 * @param who an operator's name: for the history
 * @throws IdentityCheckContestedError when somebody else switches it at the same moment: it counts as off then
 * @throws InvalidRequestError, PhoneNumberMissingError, PhoneNumberLeftError, GraphError, CipherError, StoreUnavailableError
 */
export function setIdentityCheck(deps: Pick<NumbersDeps, 'graph' | 'store' | 'cipher' | 'clock'>) {
  const { graph, store, clock } = deps;
  return async (id: string, who: string, enabled: boolean): Promise<PhoneNumberRecord> => {
    givenName(who);
    given(z.boolean('must be true or false'), enabled, ['enabled']);
    const { phoneNumberId, token } = await ownedNumber(deps, id);
    // Never known as on while it may be off: verified texts would go out, and Meta would compare nothing.
    const turn = await store.beginIdentityCheck({ phoneNumberId, enabled });
    if (turn === 'missing') throw new PhoneNumberMissingError();
    if (turn === 'off_under_way') throw new IdentityCheckContestedError();
    const end = (how: 'done' | 'refused' | 'unknown') =>
      store.endIdentityCheck({ turn, end: how, now: clock.now(), who });
    try {
      await graph.setIdentityCheck(phoneNumberId, enabled, token);
    } catch (error) {
      await end(error instanceof GraphError && !mayBeDone(error) ? 'refused' : 'unknown');
      throw error;
    }
    if (!(await end('done'))) throw new IdentityCheckContestedError();
    const number = await store.findPhoneNumber(phoneNumberId);
    if (number === undefined) throw new PhoneNumberMissingError();
    return number;
  };
}
