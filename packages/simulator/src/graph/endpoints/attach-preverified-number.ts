import { digitsOf } from '../../phone/phone-number.ts';
import { claimNumber } from '../../world/claim-number.ts';
import { poolNumber } from '../../world/number-lookup.ts';
import { momentOf } from '../../world/simulation.ts';
import type { WhatsAppAccount } from '../../world/whatsapp-account.ts';
import { invalidParameter, missingParameter } from '../errors/general-errors.ts';
import type { NodeEndpoint } from '../call/graph-call.ts';

/**
 * `POST /<WABA_ID>/phone_numbers` with `preverified_id`: claims a pool number without the popup. The number is
 * named as `cc` + `phone_number`, or as the 2024 guide has it, `country_dial_code` + `display_phone_number`.
 * Without `preverified_id` it is not simulated yet. Throws GraphError 100.
 */
export const attachPreverifiedNumber: NodeEndpoint<WhatsAppAccount> = (deps, account, { parameters }) => {
  const moment = momentOf(deps);
  const callingCode = parameters.text('cc') ?? parameters.text('country_dial_code');
  const national = parameters.text('phone_number') ?? parameters.text('display_phone_number');
  const number = poolNumber(moment, parameters.required('preverified_id'));
  if (number === undefined) throw invalidParameter('preverified_id is not a number of your pool');
  if (callingCode === undefined) throw missingParameter('cc');
  if (national === undefined) throw missingParameter('phone_number');
  const named = digitsOf(national);
  if (named !== number.digits && digitsOf(callingCode) + named !== number.digits) {
    throw invalidParameter('phone_number is not the number of preverified_id');
  }
  const verifiedName = parameters.required('verified_name');
  return { id: claimNumber(moment, number, { accountId: account.id, verifiedName }).id };
};
