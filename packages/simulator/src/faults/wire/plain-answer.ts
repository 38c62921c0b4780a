import type { ServerResponse } from 'node:http';

/** An answer before it is spoilt. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** The media type of everything that Graph answers. */
export const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends the status and headers of an answer whose body has so many bytes; of unknown length when undefined. */
export function sendHead(
  res: ServerResponse,
  { status, headers }: Omit<PlainAnswer, 'body'>,
  length: number | undefined,
): void {
  const size = length === undefined ? {} : { 'content-length': String(length) };
  res.writeHead(status, { 'content-type': JSON_TYPE, ...headers, ...size });
}

/** Sends an answer as it is. */
export function sendWhole(res: ServerResponse, answer: PlainAnswer): void {
  sendHead(res, answer, Buffer.byteLength(answer.body));
  res.end(answer.body);
}
