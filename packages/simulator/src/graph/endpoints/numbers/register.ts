import { spendCall } from '../../../world/numbers/call-allowance.ts';
import type { PhoneNumber } from '../../../world/numbers/phone-number.ts';
import {
  deregisterPhoneNumber,
  registerPhoneNumber,
  type RegisterRefusal,
} from '../../../world/numbers/register-phone-number.ts';
import { momentOf } from '../../../world/simulation.ts';
import { SUCCESS, type NodeEndpoint } from '../../call/graph-call.ts';
import type { GraphError } from '../../errors/graph-error.ts';
import { numberLimitReached } from '../../errors/phone-errors.ts';
import {
  notForBusinessApp,
  notRegistered,
  numberNotVerified,
  pinGuessedTooFast,
  pinMismatch,
  recentlyDeleted,
  tooManyPinGuesses,
  tooManyRegisterCalls,
} from '../../errors/register-errors.ts';
import { readPin } from './read-pin.ts';

/** Where data may be kept at rest (local storage page). */
const REGIONS = ['AU', 'ID', 'IN', 'JP', 'SG', 'KR', 'DE', 'CH', 'GB', 'BR', 'BH', 'ZA', 'AE', 'CA'] as const;

/**
 * `POST /<PHONE_NUMBER_ID>/register`: connects a verified number to the Cloud API and sets or checks its PIN.
 * Every request counts against ten in 72 hours. Throws GraphError 100, 200, 133005, 133006, 133008, 133009, 133015
 * or 133016.
 */
export const register: NodeEndpoint<PhoneNumber> = (deps, number, { parameters }) => {
  const moment = momentOf(deps);
  if (!spendCall(number.registering, moment.now)) throw tooManyRegisterCalls();
  parameters.required('messaging_product');
  parameters.oneOf('messaging_product', ['whatsapp']);
  const dataRegion = parameters.oneOf('data_localization_region', REGIONS);
  const pin = readPin(parameters.required('pin'));
  if (number.onBusinessApp) throw notForBusinessApp('Register');
  const outcome = registerPhoneNumber(moment, number, { pin, dataRegion });
  if (outcome !== 'registered') throw refusal(outcome, number, moment.now);
  return SUCCESS;
};

/**
 * `POST /<PHONE_NUMBER_ID>/deregister`: takes a number off the Cloud API. Every request counts against ten in 72
 * hours, apart from those of register. Throws GraphError 100 or 133016.
 */
export const deregister: NodeEndpoint<PhoneNumber> = (deps, number) => {
  const moment = momentOf(deps);
  if (!spendCall(number.deregistering, moment.now)) throw tooManyRegisterCalls();
  if (number.onBusinessApp) throw notForBusinessApp('Deregister');
  if (!deregisterPhoneNumber(moment, number)) throw notRegistered();
  return SUCCESS;
};

function refusal(reason: RegisterRefusal, { pinGuesses }: PhoneNumber, now: number): GraphError {
  switch (reason) {
    case 'recently-deleted':
      return recentlyDeleted();
    case 'not-verified':
      return numberNotVerified();
    case 'guesses-spent':
      return tooManyPinGuesses(pinGuesses.lockedUntil - now);
    case 'too-fast':
      return pinGuessedTooFast();
    case 'other-pin':
      return pinMismatch();
    case 'number-limit':
      return numberLimitReached();
  }
}
