import { digitsOf, parsePhoneNumber } from '../../phone/phone-number.ts';
import { addPreverifiedNumber } from '../../world/add-preverified-number.ts';
import type { Business } from '../../world/business.ts';
import { isNumberTaken, poolOf } from '../../world/number-lookup.ts';
import { verificationStatusOf } from '../../world/preverified-number.ts';
import { permissionDenied } from '../errors/general-errors.ts';
import type { GraphCall, NodeEndpoint } from '../call/graph-call.ts';
import { BUSINESS_FORM } from '../forms/business-form.ts';
import { PREVERIFIED_NUMBER_FORM } from '../forms/preverified-number-form.ts';
import { pageOf } from '../forms/page-of.ts';
import { phoneNumberRefused } from '../errors/phone-errors.ts';
import { selectFields } from '../forms/select-fields.ts';
import { momentOf } from '../../world/simulation.ts';

/** `GET /<BUSINESS_ID>`. */
export const readBusiness: NodeEndpoint<Business> = (deps, business, { parameters }) =>
  selectFields(deps, BUSINESS_FORM, business, parameters.text('fields'));

/**
 * `GET /<BUSINESS_ID>/preverified_numbers`: the pool in order of creation, without claimed numbers. Filters are
 * `code_verification_status` and `phone_number`, which is compared by digits. Throws GraphError 100 or 200.
 */
export const listPreverifiedNumbers: NodeEndpoint<Business> = (deps, _business, call) => {
  requirePartner(call);
  const { parameters } = call;
  const now = deps.clock.now();
  const status = parameters.oneOf('code_verification_status', ['VERIFIED', 'NOT_VERIFIED', 'EXPIRED']);
  const phoneNumber = parameters.text('phone_number');
  const numbers = poolOf({ world: deps.world, now }).filter(
    (number) =>
      (status === undefined || verificationStatusOf(number, now) === status) &&
      (phoneNumber === undefined || number.digits === digitsOf(phoneNumber)),
  );
  const fields = parameters.text('fields');
  return pageOf(deps, call, numbers, (number) => selectFields(deps, PREVERIFIED_NUMBER_FORM, number, fields));
};

/** `POST /<BUSINESS_ID>/add_phone_numbers`: puts a number into the pool. Throws GraphError 100 or 200. */
export const addToPool: NodeEndpoint<Business> = (deps, business, call) => {
  requirePartner(call);
  const digits = parsePhoneNumber(call.parameters.required('phone_number'));
  if (digits === undefined) throw phoneNumberRefused('This is not a phone number with a country code.');
  const moment = momentOf(deps);
  if (isNumberTaken(moment, digits)) throw phoneNumberRefused('This phone number is in use already.');
  return { id: addPreverifiedNumber({ ...moment, businessId: business.id }, digits).id };
};

/** The pool belongs to Solution Partners; a customer's business has none. */
function requirePartner({ caller }: GraphCall): void {
  if (caller.kind !== 'system_user') throw permissionDenied();
}
