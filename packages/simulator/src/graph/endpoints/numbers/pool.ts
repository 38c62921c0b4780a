import { digitsOf, parsePhoneNumber } from '../../../phone/phone-number.ts';
import { addPreverifiedNumber } from '../../../world/numbers/add-preverified-number.ts';
import type { Business } from '../../../world/businesses/business.ts';
import { isNumberTaken, poolOf } from '../../../world/numbers/number-lookup.ts';
import { verificationStatusOf } from '../../../world/numbers/preverified-number.ts';
import { poolSeenBy } from '../../../world/numbers/shared-number.ts';
import { momentOf } from '../../../world/simulation.ts';
import type { NodeEndpoint } from '../../call/graph-call.ts';
import { phoneNumberRefused, poolFull } from '../../errors/pool-errors.ts';
import { listOf } from '../../forms/list-of.ts';
import { PREVERIFIED_NUMBER_FORM } from '../../forms/preverified-number-form.ts';
import { verificationWord } from '../../forms/verification-word.ts';

/**
 * `GET /<BUSINESS_ID>/preverified_numbers`: the business's own numbers and those shared with it, in order of creation,
 * without claimed ones. Filters are `code_verification_status`, by the word that is written, and `phone_number`, by
 * its digits. Throws GraphError 100 or 200.
 */
export const listPreverifiedNumbers: NodeEndpoint<Business> = (deps, business, call) => {
  const { parameters } = call;
  const now = deps.clock.now();
  const { lapsedStatus } = deps.settings.assumptions;
  const words = ['VERIFIED', 'NOT_VERIFIED', 'EXPIRED', lapsedStatus] as const;
  const wanted = parameters.oneOf('code_verification_status', [...new Set(words)]);
  const phoneNumber = parameters.text('phone_number');
  const numbers = poolSeenBy({ world: deps.world, now }, business.id).filter(
    (number) =>
      (wanted === undefined || verificationWord(verificationStatusOf(number, now), deps) === wanted) &&
      (phoneNumber === undefined || number.digits === digitsOf(phoneNumber)),
  );
  return listOf(deps, call, PREVERIFIED_NUMBER_FORM, numbers);
};

/** `POST /<BUSINESS_ID>/add_phone_numbers`: puts a number into the pool. Throws GraphError 100 or 200. */
export const addToPool: NodeEndpoint<Business> = (deps, business, call) => {
  const digits = parsePhoneNumber(call.parameters.required('phone_number'));
  if (digits === undefined) throw phoneNumberRefused('This is not a phone number with a country code.');
  const moment = momentOf(deps);
  if (isNumberTaken(moment, digits)) throw phoneNumberRefused('This phone number is in use already.');
  const held = poolOf(moment).filter(({ ownerBusinessId }) => ownerBusinessId === business.id);
  if (held.length >= deps.settings.assumptions.poolLimit) throw poolFull();
  return { id: addPreverifiedNumber({ ...moment, businessId: business.id }, digits).id };
};
