import { createHash, createHmac } from 'node:crypto';
import { SECOND } from '../../clock/units.ts';
import { digitsOf } from '../../phone/phone-number.ts';
import type { SmsDelivery, SmsGateway } from '../../world/sms-state.ts';
import type { TextRequest } from './text-request.ts';

type VonageGateway = Extract<SmsGateway, { form: 'vonage' }>;

/** The webhook of Vonage's SMS API for an inbound message, signed ("Inbound SMS", "Signing messages"). */
export function vonageRequest(gateway: VonageGateway, delivery: SmsDelivery, now: number): TextRequest {
  const { from, encoding } = gateway;
  const { key, to, text, attempts } = delivery;
  const unsigned = {
    msisdn: digitsOf(from) || from,
    to,
    messageId: key.slice(0, 16),
    text,
    type: 'text',
    keyword: text.split(' ', 1).join('').toUpperCase(),
    'api-key': 'a1b2c3d4',
    'message-timestamp': new Date(now).toISOString().slice(0, 19).replace('T', ' '),
    timestamp: String(Math.floor(now / SECOND)),
    nonce: nonceOf(key, attempts.length),
  };
  const parameters = { ...unsigned, sig: vonageSignature(unsigned, gateway) };
  const isJson = encoding === 'json';
  return {
    headers: {
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      accept: '*/*',
    },
    body: isJson ? JSON.stringify(parameters) : new URLSearchParams(parameters).toString(),
  };
}

/**
 * `&name=value` of all parameters in the order of their names, with `_` for `&` and `=` in values. HMAC-SHA256 under
 * the secret as capitals, or the MD5 of that text and the secret right after it: the guide's prose puts a further `&`
 * between the two, its sample code and all of Vonage's own libraries do not.
 */
export function vonageSignature(
  parameters: Readonly<Record<string, string>>,
  { signatureSecret, signatureMethod }: Pick<VonageGateway, 'signatureSecret' | 'signatureMethod'>,
): string {
  const signed = Object.entries(parameters)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `&${name}=${value.replaceAll(/[&=]/g, '_')}`)
    .join('');
  return signatureMethod === 'md5'
    ? createHash('md5')
        .update(signed + signatureSecret)
        .digest('hex')
    : createHmac('sha256', signatureSecret).update(signed).digest('hex').toUpperCase();
}

/** A UUID that is another one in each attempt, and the same ones in every run with the same seed. */
function nonceOf(key: string, attempt: number): string {
  const hex = createHash('sha256').update(`${key} ${attempt}`).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
