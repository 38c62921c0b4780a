import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parseJson } from '../lossless-json.ts';
import type { WireAnswer } from './send-once.ts';

const unzip = promisify(gunzip);

/**
 * The JSON of an answer, whatever its content type says: Graph itself has answered JSON as `text/javascript`.
 * `undefined` when it is none: empty, cut off, HTML of something in between. Compressed answers were not asked for; gzip
 * is read nevertheless, since a proxy may add it.
 */
export async function readBody({ headers, body }: WireAnswer, mostBytes: number): Promise<unknown> {
  const encoding = headers['content-encoding'];
  try {
    if (encoding === undefined || encoding === '' || encoding === 'identity') return parse(body);
    if (encoding === 'gzip') return parse(await unzip(body, { maxOutputLength: mostBytes }));
    return undefined;
  } catch {
    // What JSON.parse says of a text quotes it, so it is not passed on.
    return undefined;
  }
}

const utf8 = new TextDecoder();

/** Values in one answer; Meta's fullest page has a few thousand. Parsing millions of them would hold up every other call. */
const mostValues = 100_000;

function parse(body: Buffer): unknown {
  // Each value but the first comes behind one of these; that some stand within texts does no harm.
  let values = 0;
  for (const byte of body) {
    if (byte === 0x2c || byte === 0x5b || byte === 0x7b) values += 1;
  }
  return values > mostValues ? undefined : parseJson(utf8.decode(body));
}
