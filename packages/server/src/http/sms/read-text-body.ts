import { isUint8Array } from 'node:util/types';
import type { Request } from 'express';
import type { Timer } from '../../ports/clock.ts';
import { arrivingBodies, wasTaken } from '../arriving-body.ts';
import { HttpProblem } from '../http-problem.ts';
import { fieldsOfForm, type Fields, type TextBody } from './text-request.ts';

/** Far above a text of ten parts in a form. Bytes. */
const most = 16 * 1024;

const tooLarge = () => new HttpProblem('body_too_large', 'Send at most 16 kB: no text needs that much.');

/**
 * Reads the bodies of texts: forms and JSON. A parser of the host's may have read one before. What it made of a form, or of
 * JSON, is enough for most, because providers sign names and values; whoever needs the bytes says so.
 *
 * @throws HttpProblem when it does not arrive, or is too long
 */
export function textBodies({ timer }: { timer: Timer }): (req: Request) => Promise<TextBody> {
  const read = arrivingBodies({ most, timer, tooLarge });
  return async (req) => {
    const type = req.headers['content-type'] ?? '';
    const parsed: unknown = req.body;
    const kept = [Reflect.get(req, 'rawBody'), parsed, textOf(parsed)].find((one) => isUint8Array(one));
    if (kept !== undefined) return fromBytes(kept, type);
    if (wasTaken(req)) return fromParsed(parsed, type, Number(req.headers['content-length'] ?? Infinity));
    if (!/^(identity)?$/i.test(req.headers['content-encoding'] ?? '')) {
      throw new HttpProblem('encoding_unsupported', 'Send the body as it is, without Content-Encoding.');
    }
    return fromBytes(await read(req), type);
  };
}

/** As a parser of texts leaves it. */
function textOf(parsed: unknown): Uint8Array | undefined {
  return typeof parsed === 'string' ? Buffer.from(parsed) : undefined;
}

function fromBytes(bytes: Uint8Array, type: string): TextBody {
  if (bytes.byteLength > most) throw tooLarge();
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (!isJson(type, text))
    return { isJson: false, fields: fieldsOfForm(text), isFlat: true, isLost: false, bytes };
  return { isJson: true, ...fieldsOfObject(parseJson(text)), isLost: false, bytes };
}

/** The longest body of which no name and no value is left because there is none. Bytes. */
const empty = '{}'.length;

function fromParsed(parsed: unknown, type: string, length: number): TextBody {
  const json = isJson(type, '');
  const { fields, isFlat } = fieldsOfObject(parsed);
  const nothing: Fields = new Map();
  // Express 4's parsers leave an empty object behind, whatever was there; of JSON it is what was there.
  const isEmpty = length <= empty || (json && fields?.size === 0 && isFlat);
  const isGone = fields === undefined || (fields.size === 0 && isFlat);
  return {
    isJson: json,
    fields: isEmpty ? (fields ?? nothing) : fields,
    isFlat: isFlat || isEmpty,
    isLost: !isEmpty && (isGone || (!isFlat && !json)),
    bytes: undefined,
  };
}

/** What a host has to change when a parser of its own has had what is needed. */
export function bytesAreGone(): HttpProblem {
  return new HttpProblem(
    'raw_body_missing',
    'The body was parsed before the kit saw it, and what is left does not tell whether it is signed. Mount signup.router ' +
      'before express.json(), express.urlencoded() and other parsers, or keep the bytes: ' +
      'express.json({ verify: (req, _res, bytes) => { req.rawBody = bytes; } }).',
  );
}

function isJson(type: string, text: string): boolean {
  if (/\bjson\b/i.test(type)) return true;
  return !/\bx-www-form-urlencoded\b/i.test(type) && /^\s*\{/.test(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Numbers and words as texts, and of a list its texts; what is deeper is left out. */
function fieldsOfObject(value: unknown): { fields: Fields | undefined; isFlat: boolean } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { fields: undefined, isFlat: false };
  const fields = new Map<string, readonly string[]>();
  let isFlat = true;
  for (const [name, given] of Object.entries(value)) {
    const all: unknown[] = Array.isArray(given) ? given : [given];
    if (all.every(isPlain)) fields.set(name, all.map(String));
    else isFlat = false;
  }
  return { fields, isFlat };
}

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
