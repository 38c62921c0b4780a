import { createHash, createHmac } from 'node:crypto';
import type { ResolvedSms } from '../../config/resolve-options.ts';
import { minute } from '../../domain/durations.ts';
import { isSame } from './is-one-of.ts';
import { fieldsOfForm, only, type Fields, type SignedText, type TextRequest } from './text-request.ts';

/** The options of Vonage. */
export type VonageOptions = NonNullable<ResolvedSms['vonage']>;

/** How old, or how far ahead of our clock, a signature may be. Milliseconds. */
export const mostAge = 5 * minute;

const algorithms = {
  md5hash: undefined,
  md5hmac: 'md5',
  sha1hmac: 'sha1',
  sha256hmac: 'sha256',
  sha512hmac: 'sha512',
} as const satisfies Record<VonageOptions['method'], string | undefined>;

/** Names as Vonage has them. In a name, `&` and `=` would make one signed text of two different requests. */
const name = /^[A-Za-z0-9_.-]{1,60}$/;

/**
 * A text of Vonage's SMS API, signed by `sig`: a hash of all other names and values, in the order of the names, and of the
 * signature secret (Vonage, "Signing messages"). Each part of a long text is a text by itself; a code is never that long.
 *
 * @param now milliseconds UTC
 */
export function vonageText(
  { secrets, method }: VonageOptions,
  { query, body }: Pick<TextRequest, 'query' | 'body'>,
  now: number,
): SignedText | undefined {
  if (body !== undefined && !body.isFlat) return undefined;
  const fields = body === undefined ? fieldsOfForm(query) : body.fields;
  const given = only(fields, 'sig');
  if (fields === undefined || given === undefined || !/^([0-9a-f]{2}){16,64}$/i.test(given)) return undefined;
  const signed = inOrder(fields);
  if (signed === undefined) return undefined;
  const bytes = Buffer.from(given, 'hex');
  const isSigned = secrets
    .map((secret) => isSame(bytes, digestOf(signed, secret.reveal(), method)))
    .includes(true);
  if (!isSigned || !isRecent(only(fields, 'timestamp'), now)) return undefined;
  return { to: only(fields, 'to'), body: only(fields, 'text') };
}

function digestOf(signed: string, secret: string, method: VonageOptions['method']): Buffer {
  const algorithm = algorithms[method];
  return algorithm === undefined
    ? createHash('md5')
        .update(signed + secret)
        .digest()
    : createHmac(algorithm, secret).update(signed).digest();
}

/** `&` in front of each name, and `_` for what would look like the beginning of another one in a value. */
function inOrder(fields: Fields): string | undefined {
  const names = [...fields.keys()].filter((one) => one !== 'sig');
  if (names.some((one) => !name.test(one) || fields.get(one)?.length !== 1)) return undefined;
  return names
    .toSorted()
    .map((one) => `&${one}=${(only(fields, one) ?? '').replaceAll(/[&=]/g, '_')}`)
    .join('');
}

/** @param timestamp seconds UTC */
function isRecent(timestamp: string | undefined, now: number): boolean {
  return /^[0-9]{1,12}$/.test(timestamp ?? '') && Math.abs(now - Number(timestamp) * 1000) <= mostAge;
}
