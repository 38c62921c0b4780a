import { z } from 'zod';
import { digitsOf } from '../../domain/number-match.ts';
import type { PoolNumber } from '../../domain/pool-number.ts';
import { metaId, type Endpoint } from '../graph-request.ts';
import { idValue, namedValue, readSuccess, timeValue, wordValue } from '../meta-values.ts';
import { pageQuery, readPage, type GraphPage, type PageInput } from '../page.ts';

/** A number of the pool: Meta's temporary object, with an id that is not the one it has once it is claimed. */
export type PreverifiedNumber = Omit<PoolNumber, 'country'>;

/** All fields that the object has. */
const fields =
  'id,phone_number,code_verification_status,code_verification_time,verification_expiry_time,owner_business';

const preverifiedNumber = z
  .object({
    id: idValue,
    phone_number: z.string(),
    code_verification_status: wordValue,
    code_verification_time: timeValue,
    verification_expiry_time: timeValue,
    owner_business: namedValue,
  })
  .transform((number): PreverifiedNumber => ({
    id: number.id,
    phoneNumber: `+${digitsOf(number.phone_number)}`,
    displayPhoneNumber: number.phone_number,
    verificationStatus: number.code_verification_status ?? 'NOT_VERIFIED',
    verifiedAt: number.code_verification_time,
    verificationExpiresAt: number.verification_expiry_time,
    ownerBusinessId: number.owner_business?.id,
  }));

/** `GET /<PREVERIFIED_ID>` (Meta, "Pre-Verified Phone Number API"). */
export const getPreverifiedNumber: Endpoint<{ id: string }, PreverifiedNumber> = {
  repeat: 'read',
  request: ({ id }) => ({
    action: 'read the number of the pool',
    method: 'GET',
    path: `/${metaId(id)}`,
    query: { fields },
  }),
  read: (answer) => preverifiedNumber.parse(answer),
};

/** `DELETE /<PREVERIFIED_ID>`: takes the number out of the pool. Cannot be undone. */
export const deletePreverifiedNumber: Endpoint<{ id: string }, void> = {
  repeat: 'costly',
  request: ({ id }) => ({
    action: 'delete the number from the pool',
    method: 'DELETE',
    path: `/${metaId(id)}`,
  }),
  read: readSuccess,
  meaning: ({ status, code, subcode }) =>
    code === 100 && subcode === undefined && status === 422
      ? { kind: 'invalid_input', advice: 'The number is in use: it cannot be deleted.' }
      : undefined,
};

/** Which numbers of the pool to list. */
export interface PreverifiedNumbersInput extends PageInput {
  businessId: string;
  /** `VERIFIED`, `NOT_VERIFIED` or `EXPIRED`. */
  verificationStatus?: string | undefined;
  /** E.164, in any spelling. */
  phoneNumber?: string | undefined;
}

/** What is said where Meta does not let the business hold pre-verified numbers; such an error is known again by it. */
export const notEligibleAdvice = 'The business of the app must be an approved Solution Partner.';

/**
 * `GET /<BUSINESS_ID>/preverified_numbers`: one page of the pool in the order of creation, numbers that are shared with
 * the business included.
 */
export const listPreverifiedNumbers: Endpoint<PreverifiedNumbersInput, GraphPage<PreverifiedNumber>> = {
  repeat: 'read',
  request: ({ businessId, verificationStatus, phoneNumber, ...page }) => ({
    action: 'list the pool',
    method: 'GET',
    path: `/${metaId(businessId)}/preverified_numbers`,
    query: {
      fields,
      ...(verificationStatus === undefined ? {} : { code_verification_status: verificationStatus }),
      ...(phoneNumber === undefined ? {} : { phone_number: `+${digitsOf(phoneNumber)}` }),
      ...pageQuery(page),
    },
  }),
  read: (answer) => readPage(preverifiedNumber, answer),
  // Code 10 is Meta's for what a business may not do that is no partner; the sentence comes with other codes as well.
  meaning: ({ code, words }) =>
    code === 10 || /not eligible/i.test(words)
      ? { kind: 'permission', advice: notEligibleAdvice }
      : undefined,
};
