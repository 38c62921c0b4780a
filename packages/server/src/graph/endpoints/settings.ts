import { metaId, type Endpoint } from '../graph-request.ts';
import { readSuccess } from '../meta-values.ts';

/** Whether Meta compares who a customer is before it delivers. */
export interface IdentityCheckInput {
  phoneNumberId: string;
  enabled: boolean;
}

/**
 * `POST /<PHONE_NUMBER_ID>/settings` (Meta, "Identity change check"). The guide's name of the flag; Meta's OpenAPI
 * description has another one.
 */
export const setIdentityCheck: Endpoint<IdentityCheckInput, void> = {
  repeat: 'idempotent',
  request: ({ phoneNumberId, enabled }) => ({
    action: 'set the identity check',
    method: 'POST',
    path: `/${metaId(phoneNumberId)}/settings`,
    body: { user_identity_change: { enable_identity_key_check: enabled } },
  }),
  read: readSuccess,
};

/**
 * `GET /<PHONE_NUMBER_ID>/settings`: calling, encryption and storage, as Meta words them. It does not say whether the identity
 * check is on.
 */
export const getSettings: Endpoint<{ phoneNumberId: string }, Record<string, unknown>> = {
  repeat: 'read',
  request: ({ phoneNumberId }) => ({
    action: 'read the settings of the number',
    method: 'GET',
    path: `/${metaId(phoneNumberId)}/settings`,
  }),
  read: (answer) => {
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
      throw new TypeError('settings are an object');
    }
    return { ...answer };
  },
};
