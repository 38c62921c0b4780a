import type { Exchange } from '../ports/preflight.ts';
import { createMasks, type Masks } from './masks.ts';
import { knownWords, vocabulary } from './meta-words.ts';

/** One call as a fixture: what somebody else may see of it. */
export interface Fixture {
  method: string;
  path: string;
  query: Record<string, string>;
  status: number;
  headers: Record<string, unknown>;
  /** Parsed; `{ notJson: … }` where the answer was none. */
  body: unknown;
}

/** What redacting needs. */
export interface RedactDeps {
  /** JSON that keeps every digit of an id, as `JSON.parse` does not. */
  parseJson: (text: string) => unknown;
}

/** Headers that say how Meta behaves, and how each is read. Every other one is left out. */
const plainHeaders: Readonly<Record<string, RegExp>> = {
  'facebook-api-version': /^v\d{1,3}\.\d{1,2}$/,
  'content-type': /^[a-z]+\/[a-z+.-]+(; ?charset=[\w-]+)?$/i,
  date: /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  'retry-after': /^\d{1,6}$/,
};
const jsonHeaders = ['x-app-usage', 'x-business-use-case-usage', 'x-ad-account-usage'];

/** Parameters whose values are our own, and say nothing of anybody. */
const isPlainParameter = (name: string, value: string): boolean =>
  (name === 'limit' && /^\d{1,3}$/.test(value)) ||
  (name === 'fields' && value.split(',').every((field) => knownWords.has(field)));

/** Members whose texts are sentences of Meta's; they are kept word by word. */
const sentenceMembers = new Set(['message', 'error_user_title', 'error_user_msg', 'details', 'title']);
/** Members whose numbers say how Meta behaves. Its codes have 7 digits at most, and its times are seconds of these decades. */
const plainNumber = (member: string, value: number): boolean =>
  /^(code|error_subcode|estimated_time_to_regain_access|call_count|total_time|total_cputime|limit)$/.test(
    member,
  )
    ? value <= 9_999_999
    : /^(expires_at|issued_at|data_access_expires_at|\w+_time)$/.test(member) && value > 1e9 && value < 4e9;

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:?\d{2})$/;
const version = /^v\d{1,3}\.\d{1,2}$/;

/**
 * Makes fixtures of calls. Nothing is kept because it looks harmless: what is kept is on a list, and everything else gets a
 * stand-in, the same one wherever the same thing stands, in all of the calls.
 */
export function redact(exchanges: readonly Exchange[], { parseJson }: RedactDeps): Fixture[] {
  const masks = createMasks(
    exchanges.map(({ path, headers, body }) => `${path}\n${JSON.stringify(headers)}\n${body}`),
  );
  return exchanges.map((exchange) => {
    const url = new URL(exchange.path, 'https://graph.invalid');
    return {
      method: /^(GET|POST|DELETE)$/.test(exchange.method) ? exchange.method : masks.text(exchange.method),
      path: url.pathname
        .split('/')
        .map((part) => pathPart(part, masks))
        .join('/'),
      query: Object.fromEntries(
        Array.from(url.searchParams, ([name, value]) => [
          keyOf(name, masks),
          isPlainParameter(name, value) ? value : masks.text(value),
        ]),
      ),
      status: exchange.status,
      headers: headersOf(exchange, masks, parseJson),
      body: bodyOf(exchange.body, masks, parseJson),
    };
  });
}

function pathPart(part: string, masks: Masks): string {
  if (part === '' || version.test(part) || knownWords.has(part)) return part;
  return /^\d+$/.test(part) ? masks.digits(part) : masks.text(part);
}

function headersOf(
  { headers }: Exchange,
  masks: Masks,
  parseJson: RedactDeps['parseJson'],
): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(plainHeaders)) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = shape.test(value) ? value : masks.text(value);
  }
  for (const name of jsonHeaders) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = bodyOf(value, masks, parseJson);
  }
  return kept;
}

function bodyOf(text: string, masks: Masks, parseJson: RedactDeps['parseJson']): unknown {
  let parsed: unknown;
  try {
    parsed = parseJson(text);
  } catch {
    return { notJson: `${text.length} characters` };
  }
  return valueOf('', parsed, masks);
}

function valueOf(member: string, value: unknown, masks: Masks): unknown {
  if (Array.isArray(value)) return value.map((one) => valueOf(member, one, masks));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [keyOf(name, masks), valueOf(name, one, masks)]),
    );
  }
  if (typeof value === 'number') return numberOf(member, value, masks);
  return typeof value === 'string' ? textOf(member, value, masks) : value;
}

/** Names of members are Meta's; a map by id, such as the usage header, has ids for names. */
function keyOf(name: string, masks: Masks): string {
  if (/^\d+$/.test(name)) return masks.digits(name);
  // A member that nobody knew yet is what others should see: several small words are no token and nobody's name.
  return knownWords.has(name) || /^[a-z]{2,}(_[a-z]{2,}){1,5}$/.test(name) ? name : masks.text(name);
}

function numberOf(member: string, value: number, masks: Masks): unknown {
  if (Number.isFinite(value) && (Math.abs(value) < 1_000 || plainNumber(member, value))) return value;
  return Number.isSafeInteger(value) && value >= 0
    ? Number(masks.digits(String(value)))
    : masks.text(String(value));
}

function textOf(member: string, text: string, masks: Masks): string {
  if (text === '' || knownWords.has(text) || version.test(text) || isoTime.test(text)) return text;
  if (/^\d+$/.test(text)) return masks.digits(text);
  if (/^\+?[\d\s()./-]*\d[\d\s()./-]*$/.test(text)) return masks.phoneNumber(text);
  if (sentenceMembers.has(member)) return sentenceOf(text, masks);
  return masks.text(text);
}

/** What Meta says, word by word: a word that is not in its known sentences may be anybody's name. */
function sentenceOf(text: string, masks: Masks): string {
  return text
    .split(/(\s+)/)
    .map((word) => {
      if (/^\s*$/.test(word)) return word;
      const [, before = '', core = '', after = ''] = /^([("'#]*)(.*?)([)"'.,:;!?]*)$/.exec(word) ?? [];
      if (core === '' || vocabulary.has(core.toLowerCase()) || knownWords.has(core) || /^\d{1,3}$/.test(core))
        return word;
      return `${before}${/^\d+$/.test(core) ? masks.digits(core) : masks.text(core)}${after}`;
    })
    .join('');
}
