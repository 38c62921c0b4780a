import { createHmac } from 'node:crypto';
import { countryOf } from '../../phone/country-of.ts';
import { digitsOf, e164Of } from '../../phone/phone-number.ts';
import type { SmsDelivery, SmsGateway } from '../../world/sms-state.ts';
import type { TextRequest } from './text-request.ts';

const ACCOUNT_SID = `AC${'0123456789abcdef'.repeat(2)}`;

/**
 * Twilio's request for an incoming message: a form with `X-Twilio-Signature` ("Twilio's request to your incoming
 * message Webhook URL", "Secure webhooks"). What is not known of a place is there, but empty.
 */
export function twilioRequest(
  { url, from, authToken }: Extract<SmsGateway, { form: 'twilio' }>,
  { key, to, text }: SmsDelivery,
): TextRequest {
  const messageSid = `SM${key.toLowerCase()}`;
  const parameters = {
    ToCountry: countryOf(to) ?? '',
    ToState: '',
    SmsMessageSid: messageSid,
    NumMedia: '0',
    ToCity: '',
    SmsSid: messageSid,
    FromCountry: countryOf(digitsOf(from)) ?? '',
    SmsStatus: 'received',
    Body: text,
    To: e164Of(to),
    NumSegments: '1',
    MessageSid: messageSid,
    AccountSid: ACCOUNT_SID,
    From: from,
    ApiVersion: '2010-04-01',
  };
  return {
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
      'x-twilio-signature': twilioSignature(url, parameters, authToken),
    },
    body: new URLSearchParams(parameters).toString(),
  };
}

/**
 * Base64 of the HMAC-SHA1 under the auth token: the address as it is requested, then each parameter's name and value
 * without anything between, in the order of the names (capitals first).
 */
export function twilioSignature(
  url: string,
  parameters: Readonly<Record<string, string>>,
  authToken: string,
): string {
  const address = new URL(url);
  // The fragment stays with the sender.
  address.hash = '';
  const signed = Object.entries(parameters)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flat();
  return createHmac('sha1', authToken)
    .update([address.href, ...signed].join(''))
    .digest('base64');
}
