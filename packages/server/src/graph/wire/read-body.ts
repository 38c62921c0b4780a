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
const parse = (body: Buffer): unknown => parseJson(utf8.decode(body));
