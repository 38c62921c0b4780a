import { givenDigits } from '../given-text.ts';
import { metaId, type Endpoint } from '../graph-request.ts';
import { readId } from '../meta-values.ts';

/** A number for the pool. */
export interface AddPhoneNumbersInput {
  /** The portfolio that will own it. */
  businessId: string;
  /** E.164, in any spelling. */
  phoneNumber: string;
}

/**
 * `POST /<BUSINESS_ID>/add_phone_numbers` (Meta, "Pre-verified phone numbers", step 1): makes a pre-verified number, not
 * verified yet; unverified it is removed after 90 days.
 */
export const addPhoneNumbers: Endpoint<AddPhoneNumbersInput, { id: string }> = {
  repeat: 'costly',
  request: ({ businessId, phoneNumber }) => ({
    action: 'add the number to the pool',
    method: 'POST',
    path: `/${metaId(businessId)}/add_phone_numbers`,
    body: { phone_number: `+${givenDigits('phoneNumber', phoneNumber)}` },
  }),
  read: readId,
  meaning: ({ status, code, subcode }) =>
    // The pool is full (Meta, OpenAPI description).
    code === 100 && subcode === undefined && status === 422 ? { kind: 'number_refused' } : undefined,
};
