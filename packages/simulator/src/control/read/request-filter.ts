import type { RequestFilter } from '../../ledger/request-ledger.ts';
import { bodyOf, optional, text } from './json-readers.ts';

/** Reads `?method=&path=&since=`; `since` in ms or as an ISO 8601 time. Throws TypeError. */
export function readRequestFilter(query: unknown): RequestFilter {
  const given = bodyOf(query, ['method', 'path', 'since']);
  return {
    method: optional('method', given, text),
    path: optional('path', given, text),
    since: optional('since', given, time),
  };
}

function time(name: string, value: unknown): number {
  const written = text(name, value);
  const read = /^-?\d+$/.test(written) ? Number(written) : Date.parse(written);
  if (!Number.isFinite(read)) throw new TypeError(`${name} must be milliseconds or an ISO 8601 time`);
  return read;
}
