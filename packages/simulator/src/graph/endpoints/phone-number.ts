import type { PhoneNumber } from '../../world/phone-number.ts';
import { registerPhoneNumber, spendRegisterCall } from '../../world/register-phone-number.ts';
import { invalidParameter } from '../errors/general-errors.ts';
import { SUCCESS, type NodeEndpoint } from '../call/graph-call.ts';
import { PHONE_NUMBER_FORM } from '../forms/phone-number-form.ts';
import { numberNotVerified, pinMismatch, tooManyRegisterCalls } from '../errors/phone-errors.ts';
import { selectFields } from '../forms/select-fields.ts';

/** Where data may be kept at rest (local storage page). */
const REGIONS = ['AU', 'ID', 'IN', 'JP', 'SG', 'KR', 'DE', 'CH', 'GB', 'BR', 'BH', 'ZA', 'AE', 'CA'] as const;

/** `GET /<PHONE_NUMBER_ID>`. Throws GraphError 100 for an unknown field. */
export const readPhoneNumber: NodeEndpoint<PhoneNumber> = (deps, number, { parameters }) =>
  selectFields(deps, PHONE_NUMBER_FORM, number, parameters.text('fields'));

/**
 * `POST /<PHONE_NUMBER_ID>/register`: connects a verified number to the Cloud API and sets or checks its PIN.
 * Every request counts against ten in 72 hours. Throws GraphError 100, 133005, 133006 or 133016.
 */
export const register: NodeEndpoint<PhoneNumber> = ({ clock }, number, { parameters }) => {
  const now = clock.now();
  if (!spendRegisterCall(number, now)) throw tooManyRegisterCalls();
  parameters.required('messaging_product');
  parameters.oneOf('messaging_product', ['whatsapp']);
  parameters.oneOf('data_localization_region', REGIONS);
  const pin = parameters.required('pin');
  if (!/^\d{6}$/.test(pin)) throw invalidParameter('pin must be six digits');
  const outcome = registerPhoneNumber(number, pin, now);
  if (outcome === 'not-verified') throw numberNotVerified();
  if (outcome === 'other-pin') throw pinMismatch();
  return SUCCESS;
};
