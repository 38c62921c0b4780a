import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '../../config/secret.ts';
import { isSame } from './is-one-of.ts';
import { fieldsOfForm, only, type Fields, type SignedText, type TextRequest } from './text-request.ts';

/** Twilio's header: the base64 of an HMAC-SHA1, whose last digit but one has two bits that are always 0. */
const signature = /^[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]=$/;

/** Whether a request says that Twilio signed it; what it says is not looked at yet. */
export function saysTwilio({ header }: Pick<TextRequest, 'header'>): boolean {
  return header('x-twilio-signature') !== undefined;
}

/**
 * A text that Twilio signed: an HMAC-SHA1 under the account's auth token, over the address as Twilio called it and, of a form,
 * all names and values in the order of the names. Of JSON it is over the address alone, which then has the SHA-256 of the body
 * as `bodySHA256` (Twilio, "Webhooks security").
 *
 * @param configured the address as it stands in Twilio's console, where a proxy hides that
 */
export function twilioText(
  { authTokens, url: configured }: { authTokens: readonly Secret[]; url: string | undefined },
  { header, address, query, body }: TextRequest,
): SignedText | undefined {
  const given = header('x-twilio-signature') ?? '';
  if (!signature.test(given)) return undefined;
  if (body?.isJson === true && !isBodyOf(query, body.bytes)) return undefined;
  const fields = body === undefined ? fieldsOfForm(query) : body.fields;
  if (fields === undefined || (body !== undefined && !body.isJson && !body.isFlat)) return undefined;
  const parameters = body === undefined || body.isJson ? '' : inOrder(fields);
  const called = configured === undefined ? address : withQuery(configured, query);
  const wanted = withAndWithoutPort(called).flatMap((url) =>
    authTokens.map((token) =>
      createHmac('sha1', token.reveal())
        .update(url + parameters)
        .digest(),
    ),
  );
  const bytes = Buffer.from(given, 'base64');
  if (!wanted.map((one) => isSame(bytes, one)).includes(true)) return undefined;
  return { to: only(fields, 'To'), body: only(fields, 'Body') };
}

/** Whether a header looks like a signature of Twilio's at all: what does not is refused before the body is read. */
export function looksLikeTwilios(header: string | undefined): boolean {
  return header !== undefined && signature.test(header);
}

function isBodyOf(query: string, bytes: Uint8Array | undefined): boolean {
  const hash = only(fieldsOfForm(query), 'bodySHA256');
  if (bytes === undefined || hash === undefined || !/^[0-9a-f]{64}$/i.test(hash)) return false;
  return isSame(Buffer.from(hash, 'hex'), createHash('sha256').update(bytes).digest());
}

/** Names and values without anything between them. Of a name that is there twice, each different value once, in order. */
function inOrder(fields: Fields): string {
  return [...fields.keys()]
    .toSorted()
    .flatMap((name) => [...new Set(fields.get(name))].toSorted().map((value) => name + value))
    .join('');
}

/** Twilio adds `bodySHA256` to what stands in the console. */
function withQuery(configured: string, query: string): string {
  const [plain = '', own = ''] = (configured.split('#')[0] ?? '').split(/\?(.*)/s);
  const asked = query === '' ? own : query;
  return asked === '' ? plain : `${plain}?${asked}`;
}

/** Twilio signs some addresses with their port and some without, whether it is the usual one or not. */
function withAndWithoutPort(address: string): string[] {
  const parts = /^(https?):\/\/(\[[^\]]*\]|[^/?#:@]*)(:[0-9]+)?(.*)$/is.exec(address);
  if (parts === null) return [];
  const [, scheme = '', host = '', port, rest = ''] = parts;
  const usual = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  return [`${scheme}://${host}${rest}`, `${scheme}://${host}${port ?? usual}${rest}`];
}
