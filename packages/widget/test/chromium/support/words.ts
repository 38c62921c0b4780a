import type { Word } from './popup.ts';

/** What the finish events say, as Meta's pages show them. */
export const finishData: Record<string, Record<string, unknown>> = {
  FINISH: {
    phone_number_id: '106540352242922',
    waba_id: '524126980791429',
    business_id: '2729063490586005',
  },
  FINISH_ONLY_WABA: { waba_id: '524126980791429', business_id: '2729063490586005' },
  FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING: { waba_id: '524126980791429' },
  FINISH_OBO_MIGRATION: { waba_id: '524126980791429', business_id: '2729063490586005' },
  FINISH_GRANT_ONLY_API_ACCESS: {
    phone_number_id: '106540352242922',
    waba_id: '524126980791429',
    business_id: '2729063490586005',
  },
};

/** An entry of the session log, as JSON text; from `version` 3 on, Meta leaves the version out. */
export const logText = (event: string, data: object = {}, beside: object = {}): Word => ({
  log: JSON.stringify({ data, type: 'WA_EMBEDDED_SIGNUP', event, ...beside }),
});

/** The same as an object. */
export const logObject = (event: string, data: object = {}, beside: object = {}): Word => ({
  log: { data, type: 'WA_EMBEDDED_SIGNUP', event, version: 3, ...beside },
});

/** A finish with the data that belongs to it. */
export const finish = (event = 'FINISH', form = logText): Word => form(event, finishData[event] ?? {});

/** The login code, as the SDK gets it. */
export const code = (text = 'AQD-code-of-thirty-seconds'): Word => ({ code: text });
