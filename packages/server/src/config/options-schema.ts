import type { Request } from 'express';
import { locale } from '@embedded-signup-kit/protocol/schemas';
import { z } from 'zod';
import { hostEventTypes } from '../domain/host-event-types.ts';
import type { EmbeddedSignupOptions } from './options.ts';
import { newestGraphVersion } from './graph-version.ts';
import { isBaseAddress, isTrustworthyOrigin, isTrustworthyUrl, metaDialogOrigins } from './origins.ts';

const text = z.string({ error: 'is missing' }).min(1, 'is empty');
const digits = z
  .string({ error: 'is missing: it is the string of digits that Meta shows' })
  .regex(/^[0-9]{1,20}$/, 'must be the string of digits that Meta shows');
const address = z.string().refine(isTrustworthyUrl, 'must be an https address (http only on this machine)');
const origin = z
  .string()
  .refine(
    isTrustworthyOrigin,
    'must be an exact origin such as https://bsp.example: https (http only on this machine), without a path',
  );
const secret = z
  .string()
  .refine(
    (value) => Buffer.byteLength(value) >= 32,
    'must have 32 bytes or more; make one with: openssl rand -base64 32',
  );
/** One word, as it stands in `Authorization: Bearer …`. */
const bearerSecret = secret.regex(/^[\x21-\x2b\x2d-\x7e]+$/, 'must be without blanks and commas');
const eventSecret = z
  .string()
  .refine(
    (value) => bytesOfEventSecret(value) >= 24,
    'must have 24 bytes or more, in base64 after whsec_; make one with: echo whsec_$(openssl rand -base64 32)',
  );
/** As Standard Webhooks counts: what follows `whsec_` is base64. */
function bytesOfEventSecret(value: string): number {
  const coded = /^whsec_(.*)$/s.exec(value)?.[1];
  if (coded === undefined) return Buffer.byteLength(value);
  return /^[A-Za-z0-9+/]+={0,2}$/.test(coded) ? Buffer.from(coded, 'base64').length : 0;
}
const oneOrMore = (each: z.ZodString) => each.transform((one) => [one]).or(z.array(each).min(1, 'is empty'));
function callback<T>(message: string) {
  return z.custom<T>((value) => typeof value === 'function', message);
}

/** What every option must look like, with its default and the sentence to act on. Sentences repeat no value. */
export const optionsSchema = z.strictObject({
  meta: z.strictObject(
    {
      appId: digits,
      appSecret: z.union([text.transform((one) => [one]), z.array(text).min(1, 'is empty')], {
        error: ({ input }) => (input === undefined ? 'is missing' : 'must be a text, or a list of texts'),
      }),
      configId: digits,
      businessId: digits,
      webhookVerifyToken: text.optional(),
      systemUserToken: z.union([text, callback<() => Promise<string>>('must be a text or a function')], {
        error: ({ input }) =>
          input === undefined ? 'is missing' : 'must be a text, or a function that fetches it',
      }),
      graphVersion: z
        .string()
        .regex(/^v\d{1,3}\.\d$/, `must look like ${newestGraphVersion}`)
        .default(newestGraphVersion),
      graphUrl: address
        .refine(
          isBaseAddress,
          'must be an address without version and parameters, such as https://graph.facebook.com',
        )
        .default('https://graph.facebook.com'),
      sdkUrl: address.default('https://connect.facebook.net/en_US/sdk.js'),
      dialogOrigins: z
        .array(origin)
        .min(1, 'is empty')
        .default([...metaDialogOrigins]),
    },
    { error: ({ code }) => (code === 'unrecognized_keys' ? undefined : 'is missing') },
  ),
  database: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'must start with sqlite: or postgres://')
    .default('sqlite:./data/signup.db'),
  secrets: z
    .array(secret, { error: 'is missing: a list of texts, the current one first' })
    .min(1, 'is empty'),
  customer: callback<EmbeddedSignupOptions['customer']>(
    'must be a function (req) => the id of the customer who is signed in, or undefined',
  ),
  allowedOrigins: z
    .array(origin)
    .or(callback<(origin: string) => boolean>('must be a list of origins or a function'))
    .default([]),
  numbersPerSession: z
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .max(100, 'must be 100 or less')
    .default(1),
  launch: z.strictObject({ extras: z.record(z.string(), z.unknown()).default({}) }).default({ extras: {} }),
  creditLine: z
    .strictObject({
      id: digits,
      currency: z.enum(['AUD', 'EUR', 'GBP', 'IDR', 'INR', 'USD'], {
        error: 'must be one of AUD, EUR, GBP, IDR, INR, USD',
      }),
      systemUserId: digits,
    })
    .optional(),
  webhookOverride: z
    .strictObject({ callbackUri: address.max(200, 'must have 200 characters or less'), verifyToken: text })
    .optional(),
  identityCheck: z.boolean('must be true or false').default(false),
  attachWhenNoNumber: z.boolean('must be true or false').default(false),
  recovery: z.boolean('must be true or false').default(true),
  pool: z
    .strictObject({
      low: z
        .int('must be a whole number')
        .min(0, 'must be 0 or more')
        .or(
          z.record(
            z.string().regex(/^[A-Z]{2}$/, 'must be named by its ISO 3166-1 alpha-2 code'),
            z.int('must be a whole number').min(0, 'must be 0 or more'),
          ),
        )
        .optional(),
      keepFresh: z.boolean('must be true or false').default(true),
      codeLanguage: locale.default('en_US'),
    })
    .prefault({}),
  sms: z
    .strictObject({
      secret: oneOrMore(bearerSecret).optional(),
      twilio: z.strictObject({ authToken: oneOrMore(text), url: address.optional() }).optional(),
      vonage: z
        .strictObject({
          signatureSecret: oneOrMore(text),
          method: z
            .enum(['md5hash', 'md5hmac', 'sha1hmac', 'sha256hmac', 'sha512hmac'], {
              error: 'must be one of md5hash, md5hmac, sha1hmac, sha256hmac, sha512hmac',
            })
            .default('sha256hmac'),
        })
        .optional(),
    })
    .refine(
      (given) => Object.values(given).some((one) => one !== undefined),
      'needs secret, twilio or vonage',
    )
    .optional(),
  on: z
    .partialRecord(
      z.enum([...hostEventTypes, 'webhook']),
      // Which function belongs to which event is said by the types of the options.
      callback<(event: unknown) => unknown>('must be a function'),
      `must be functions by the names of events; there are ${hostEventTypes.join(', ')}, webhook`,
    )
    .default({}),
  events: z
    .strictObject({
      url: address,
      secret: eventSecret.transform((one) => [one]).or(z.array(eventSecret).min(1, 'is empty')),
    })
    .optional(),
  operator: callback<(req: Request) => string>('must be a function (req) => the name of who calls').default(
    () => () => 'operator',
  ),
  deps: z.unknown().optional(),
});
