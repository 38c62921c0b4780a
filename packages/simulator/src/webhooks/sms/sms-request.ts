import type { SmsForm, SmsGateway } from '../../world/sms-state.ts';
import { requireCallback } from '../require-callback.ts';

/** A telephony provider to hand in the texts that reach the BSP's numbers. */
export interface SmsRequest {
  /** Where inbound texts are posted, http or https. */
  readonly url: string;
  /** @default 'json' */
  readonly form?: SmsForm | undefined;
  /** Who the texts come from; printable ASCII. @default '+16505550123' */
  readonly from?: string | undefined;
  /** Whether texts are handed in by themselves; otherwise they wait for `deliverSms()`. @default true */
  readonly auto?: boolean | undefined;
  /** `json`: sent as `Authorization: Bearer …`. @default SMS_SECRET */
  readonly secret?: string | undefined;
  /** `twilio`: the account's auth token, the key of `X-Twilio-Signature`. @default SMS_SECRET */
  readonly authToken?: string | undefined;
  /** `vonage`: the account's signature secret. @default SMS_SECRET */
  readonly signatureSecret?: string | undefined;
  /** `vonage`: HMAC-SHA256, or the "MD5 hash". @default 'sha256' */
  readonly signatureMethod?: 'sha256' | 'md5' | undefined;
  /** `vonage`: as JSON, or as a form. @default 'json' */
  readonly encoding?: 'json' | 'form' | undefined;
}

/** What a gateway proves itself with unless told otherwise; predictable on purpose. */
export const SMS_SECRET = 'simulated-sms-secret-0123456789abcdef';

const SENDER = '+16505550123';

/** The members that only one of the forms has. */
const MEMBERS = {
  json: ['secret'],
  twilio: ['authToken'],
  vonage: ['signatureSecret', 'signatureMethod', 'encoding'],
} as const satisfies Readonly<Record<SmsForm, readonly (keyof SmsRequest)[]>>;

/** The forms, the default first. */
export const SMS_FORMS = ['json', 'twilio', 'vonage'] as const satisfies readonly SmsForm[];

/** Fills in the defaults. Throws TypeError naming the member that cannot stand so. */
export function gatewayOf(request: SmsRequest): SmsGateway {
  const { url, form = 'json', from = SENDER, auto = true } = request;
  requireCallback(url);
  if (!SMS_FORMS.includes(form)) throw new TypeError(`form must be ${SMS_FORMS.join(' or ')}`);
  for (const other of SMS_FORMS.filter((one) => one !== form)) {
    const stranger = MEMBERS[other].find((name) => request[name] !== undefined);
    if (stranger !== undefined) throw new TypeError(`${stranger} goes with the form ${other}, not ${form}`);
  }
  if (!/^[ -~]{1,40}$/.test(from)) throw new TypeError('from must be 1 to 40 printable ASCII characters');
  if (typeof auto !== 'boolean') throw new TypeError('auto must be true or false');
  const where = { url, from, auto };
  if (form === 'twilio') return { ...where, form, authToken: secretIn(request, 'authToken') };
  if (form === 'json') return { ...where, form, secret: secretIn(request, 'secret') };
  const { signatureMethod = 'sha256', encoding = 'json' } = request;
  if (!['sha256', 'md5'].includes(signatureMethod))
    throw new TypeError('signatureMethod must be sha256 or md5');
  if (!['json', 'form'].includes(encoding)) throw new TypeError('encoding must be json or form');
  const signatureSecret = secretIn(request, 'signatureSecret');
  return { ...where, form, signatureSecret, signatureMethod, encoding };
}

function secretIn(request: SmsRequest, name: 'secret' | 'authToken' | 'signatureSecret'): string {
  const { [name]: secret = SMS_SECRET } = request;
  // A header can carry nothing else.
  if (!/^[!-~]+$/.test(secret)) throw new TypeError(`${name} must be printable ASCII without blanks`);
  return secret;
}
