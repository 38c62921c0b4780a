import { createHash, createHmac } from 'node:crypto';
import express, { Router, type Express } from 'express';
import { SignJWT } from 'jose';
import request, { type Response } from 'supertest';
import type { ResolvedSms } from '../../../src/config/resolve-options.ts';
import { Secret } from '../../../src/config/secret.ts';
import { nothingHere, problemHandler } from '../../../src/http/http-problem.ts';
import { smsRouter } from '../../../src/http/sms-router.ts';
import type { ReceivedText, TextOutcome } from '../../../src/pool/receive-text.ts';
import type { Timer } from '../../../src/ports/clock.ts';
import { systemRandom } from '../../../src/system/system-random.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';

/** Marked, so that a search finds what leaks. */
export const secrets = {
  relay: 'CANARY-relay-secret-0123456789-0123456789',
  twilio: 'CANARY-twilio-auth-token-0123456',
  vonage: 'CANARY-vonage-signature-secret-0123456789',
};

export const to = '+15550100001';
export const text = 'WhatsApp code 731-046';

/** Twilio, Vonage and a relay, each with one secret. */
export const everybody: ResolvedSms = {
  secrets: [new Secret(secrets.relay)],
  twilio: { authTokens: [new Secret(secrets.twilio)], url: undefined },
  vonage: { secrets: [new Secret(secrets.vonage)], method: 'sha256hmac' },
};

/** `/signup/sms` over a pool that only remembers. */
export interface Door {
  app: Express;
  router: Router;
  /** The texts that reached the pool. */
  received: ReceivedText[];
  log: { level: string; message: string; facts: object }[];
}

export function startDoor(
  over: {
    sms?: ResolvedSms | undefined;
    receiveText?: (input: ReceivedText) => Promise<TextOutcome>;
    timer?: Timer;
    now?: () => number;
  } = {},
): Door {
  const received: ReceivedText[] = [];
  const log: Door['log'] = [];
  const say =
    (level: string) =>
    (message: string, facts: object = {}) =>
      void log.push({ level, message, facts });
  const logger = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
  const clock = { now: over.now ?? (() => t0) };
  const router = Router();
  router.use(
    smsRouter({
      sms: 'sms' in over ? over.sms : everybody,
      receiveText(input) {
        received.push(input);
        return over.receiveText?.(input) ?? Promise.resolve('taken');
      },
      clock,
      timer: over.timer ?? { after: () => ({ cancel: () => undefined }) },
      logger,
    }),
    nothingHere,
    problemHandler({ logger, random: systemRandom, clock }),
  );
  const app = express();
  app.use('/signup', router);
  return { app, router, received, log };
}

/** What a provider sends. */
export interface Sent {
  method: 'GET' | 'POST';
  /** Path and query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** Sends it as it is. */
export async function send(app: Express, { method, path, headers, body }: Sent): Promise<Response> {
  const asked = method === 'GET' ? request(app).get(path) : request(app).post(path);
  const set = asked.set({ Host: 'bsp.example', ...headers });
  // supertest's types want a text; it goes out as it is.
  if (body === undefined) return await set;
  // The bytes as they are: superagent would turn them into JSON, and its types know texts only.
  return await set.serialize((sent) => sent as unknown as string).send(body);
}

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const formType = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** A message webhook as Twilio writes it (Twilio, "Messaging webhooks"). */
export const twilioFields = {
  ToCountry: 'US',
  SmsMessageSid: 'SM0123456789abcdef0123456789abcdef',
  NumMedia: '0',
  FromCity: '',
  SmsStatus: 'received',
  Body: text,
  To: to,
  NumSegments: '1',
  AccountSid: 'AC0123456789abcdef0123456789abcdef',
  From: '+15550199999',
  ApiVersion: '2010-04-01',
};

/** Twilio's signature, written a second time and otherwise: Twilio, "Webhooks security". */
export function twilioSignature(
  url: string,
  fields: Record<string, string> = {},
  token = secrets.twilio,
): string {
  const names = Object.keys(fields).toSorted();
  const signed = names.reduce((before, name) => before + name + fields[name], url);
  return createHmac('sha1', token).update(Buffer.from(signed, 'utf-8')).digest('base64');
}

export function byTwilio(
  over: {
    url?: string;
    path?: string;
    fields?: Record<string, string>;
    token?: string;
    signature?: string;
  } = {},
): Sent {
  const path = over.path ?? '/signup/sms';
  const fields = over.fields ?? twilioFields;
  const signature =
    over.signature ?? twilioSignature(over.url ?? `http://bsp.example${path}`, fields, over.token);
  return {
    method: 'POST',
    path,
    headers: { ...formType, 'X-Twilio-Signature': signature },
    body: form(fields),
  };
}

/** An inbound text as Vonage writes it (Vonage, "Inbound SMS"), at a moment in seconds. */
export const vonageFields = (seconds = t0 / 1000): Record<string, string> => ({
  msisdn: '15550199999',
  to: to.slice(1),
  messageId: '0A0000000123ABCD1',
  text,
  type: 'text',
  keyword: 'WHATSAPP',
  'api-key': 'abcd1234',
  'message-timestamp': '2026-01-01 00:00:00',
  timestamp: String(seconds),
  nonce: 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab',
});

/** Vonage's signature, written a second time and otherwise: Vonage, "Signing messages". */
export function vonageSignature(
  fields: Record<string, string>,
  secret = secrets.vonage,
  method = 'sha256hmac',
): string {
  const signed = Object.entries(fields)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `&${name}=${value.split('&').join('_').split('=').join('_')}`)
    .join('');
  return method === 'md5hash'
    ? createHash('md5').update(`${signed}${secret}`).digest('hex')
    : createHmac(method.replace('hmac', ''), secret).update(signed).digest('hex').toUpperCase();
}

export type VonageForm = 'query' | 'form' | 'JSON';
export function byVonage(
  how: VonageForm,
  over: { fields?: Record<string, string>; secret?: string; method?: string; sig?: string } = {},
): Sent {
  const fields = over.fields ?? vonageFields();
  const signed = { ...fields, sig: over.sig ?? vonageSignature(fields, over.secret, over.method) };
  const path = '/signup/sms';
  if (how === 'query') return { method: 'GET', path: `${path}?${form(signed)}`, headers: {} };
  return how === 'form'
    ? { method: 'POST', path, headers: formType, body: form(signed) }
    : { method: 'POST', path, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(signed) };
}

/** An inbound message of Vonage's Messages API (Vonage, "Signed webhooks"). */
export async function byVonageMessages(
  over: { secret?: string; claims?: Record<string, unknown>; body?: string; alg?: string } = {},
): Promise<Sent> {
  const body =
    over.body ??
    JSON.stringify({
      channel: 'sms',
      message_uuid: 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab',
      to: to.slice(1),
      from: '15550199999',
      timestamp: '2026-01-01T00:00:00Z',
      text,
      sms: { num_messages: '1', keyword: 'WHATSAPP' },
      usage: { currency: 'EUR', price: '0.0057' },
    });
  const token = await new SignJWT({
    iat: t0 / 1000,
    jti: 'c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5',
    iss: 'Vonage',
    payload_hash: createHash('sha256').update(body).digest('hex'),
    api_key: 'a1b2c3d',
    ...over.claims,
  })
    .setProtectedHeader({ alg: over.alg ?? 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(over.secret ?? secrets.vonage));
  return {
    method: 'POST',
    path: '/signup/sms',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body,
  };
}

export function byRelay(over: { secret?: string; body?: unknown; type?: string } = {}): Sent {
  return {
    method: 'POST',
    path: '/signup/sms',
    headers: {
      'Content-Type': over.type ?? 'application/json',
      Authorization: `Bearer ${over.secret ?? secrets.relay}`,
    },
    body: JSON.stringify(over.body ?? { to, body: text }),
  };
}
