import { SMS_FORMS, type SmsRequest } from '../../webhooks/sms/sms-request.ts';
import { bodyOf, oneOf, optional, text, trueOrFalse } from './json-readers.ts';

const TEXTS = ['from', 'secret', 'authToken', 'signatureSecret'] as const;
const MEMBERS = ['url', 'form', 'auto', 'signatureMethod', 'encoding', ...TEXTS];

/** Reads the body of `PUT /sms`. Throws TypeError. */
export function readSms(value: unknown): SmsRequest {
  const body = bodyOf(value, MEMBERS);
  return {
    url: text('url', body['url']),
    auto: optional('auto', body, trueOrFalse),
    form: optional('form', body, oneOf(SMS_FORMS)),
    signatureMethod: optional('signatureMethod', body, oneOf(['sha256', 'md5'])),
    encoding: optional('encoding', body, oneOf(['json', 'form'])),
    ...Object.fromEntries(TEXTS.map((name) => [name, optional(name, body, text)])),
  };
}
