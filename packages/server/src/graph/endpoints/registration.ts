import { metaId, type Endpoint } from '../graph-request.ts';
import { readSuccess } from '../meta-values.ts';

/** What makes a number usable for messages. */
export interface RegisterInput {
  phoneNumberId: string;
  /** Six digits: the number's two-step PIN, or its new one when it has none. Keep it: it is asked for again. */
  pin: string;
  /** Where messages are stored, ISO 3166-1 alpha-2, such as `DE`. */
  dataLocalizationRegion?: string | undefined;
}

/**
 * `POST /<PHONE_NUMBER_ID>/register` (Meta, "Registration"). Ten calls per number in 72 hours, counted whatever their
 * outcome; the next one locks the number for 72 hours.
 */
export const register: Endpoint<RegisterInput, void> = {
  repeat: 'counted',
  request: ({ phoneNumberId, pin, dataLocalizationRegion }) => ({
    action: 'register the number',
    method: 'POST',
    path: `/${metaId(phoneNumberId)}/register`,
    body: {
      messaging_product: 'whatsapp',
      pin: checkedPin(pin),
      ...(dataLocalizationRegion === undefined ? {} : { data_localization_region: dataLocalizationRegion }),
    },
    secrets: [pin],
  }),
  read: readSuccess,
  meaning: ({ code, subcode, words }) => {
    // As when a number is added: two registered numbers before the business is verified, then twenty.
    if (code === 200 && subcode === 1349175) {
      return {
        kind: 'number_refused',
        advice: 'The portfolio may have no more registered numbers before it is verified.',
      };
    }
    if (code !== 100 || !/\bSMB\b/.test(words)) return undefined;
    return {
      kind: 'invalid_input',
      advice: 'The number stays on the WhatsApp Business app: it is not registered.',
    };
  },
};

/** `POST /<PHONE_NUMBER_ID>/deregister` (Meta, "Deregistration"). Counted as `register` is. The number stays on its account. */
export const deregister: Endpoint<{ phoneNumberId: string }, void> = {
  repeat: 'counted',
  request: ({ phoneNumberId }) => ({
    action: 'deregister the number',
    method: 'POST',
    path: `/${metaId(phoneNumberId)}/deregister`,
  }),
  read: readSuccess,
};

/** `POST /<PHONE_NUMBER_ID>` with `pin`: sets or changes the two-step PIN. It cannot be switched off this way. */
export const setPin: Endpoint<{ phoneNumberId: string; pin: string }, void> = {
  repeat: 'idempotent',
  request: ({ phoneNumberId, pin }) => ({
    action: 'set the two-step PIN',
    method: 'POST',
    path: `/${metaId(phoneNumberId)}`,
    body: { pin: checkedPin(pin) },
    secrets: [pin],
  }),
  read: readSuccess,
};

function checkedPin(pin: string): string {
  if (typeof pin !== 'string' || !/^\d{6}$/.test(pin)) {
    throw new TypeError('graph: a two-step PIN has six digits; nothing was sent');
  }
  return pin;
}
