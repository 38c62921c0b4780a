import { givenDigits, givenText } from '../given-text.ts';
import { metaId, type Endpoint } from '../graph-request.ts';
import { readId } from '../meta-values.ts';
import { pageQuery, readPage, type GraphPage, type PageInput } from '../page.ts';
import {
  phoneNumber,
  usualFields,
  withNeeded,
  type PhoneNumber,
  type PhoneNumberField,
} from './phone-number.ts';

/** Which numbers to list, and what of them. */
export interface PhoneNumbersInput extends PageInput {
  wabaId: string;
  /** Beside the id and the number itself. @default all but `whatsapp_business_manager_messaging_limit` */
  fields?: readonly PhoneNumberField[] | undefined;
}

/** `GET /<WABA_ID>/phone_numbers`: one page, the one onboarded last first. */
export const listPhoneNumbers: Endpoint<PhoneNumbersInput, GraphPage<PhoneNumber>> = {
  repeat: 'read',
  request: ({ wabaId, fields = usualFields, ...page }) => ({
    action: 'list the numbers of the account',
    method: 'GET',
    path: `/${metaId(wabaId)}/phone_numbers`,
    query: { fields: withNeeded(fields), ...pageQuery(page) },
  }),
  read: (answer) => readPage(phoneNumber, answer),
};

/** A number for a customer's account. */
export interface CreatePhoneNumberInput {
  wabaId: string;
  /** The calling code, such as `1` or `+55`. */
  countryCode: string;
  /** Without the calling code. */
  phoneNumber: string;
  /** The display name, 2 to 75 characters. */
  verifiedName: string;
  /** A number of the pool: the new number is verified then, and replaces the object of the pool. */
  preverifiedId?: string | undefined;
}

/**
 * `POST /<WABA_ID>/phone_numbers` (Meta, "Pre-verified phone numbers", "Registering programmatically"). The parameters have
 * the names of the current reference; the guide of 2024 had two others for the same.
 */
export const createPhoneNumber: Endpoint<CreatePhoneNumberInput, { id: string }> = {
  repeat: 'costly',
  request: ({ wabaId, countryCode, phoneNumber: number, verifiedName, preverifiedId }) => ({
    action: 'add the number to the account',
    method: 'POST',
    path: `/${metaId(wabaId)}/phone_numbers`,
    body: {
      cc: givenDigits('countryCode', countryCode),
      phone_number: givenDigits('phoneNumber', number),
      verified_name: givenText('verifiedName', verifiedName),
      ...(preverifiedId === undefined ? {} : { preverified_id: metaId(preverifiedId) }),
    },
  }),
  read: readId,
  meaning: ({ status, code, subcode }) => {
    if (code === 100 && subcode === undefined && status === 409) return { kind: 'number_refused' };
    if (code !== 200 || subcode !== 1349175) return undefined;
    return { kind: 'number_refused', advice: 'The account may have no more numbers before it is verified.' };
  },
};
