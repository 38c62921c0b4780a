import { request, type Agent, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { Simulator } from '../../../src/index.ts';

/** What a plain client saw of an answer. */
export interface Seen {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  /** As it came, not unpacked. */
  readonly body: Buffer;
  /** Pieces in which the body came. */
  readonly pieces: number;
  /** Code of the error that ended the exchange: `ECONNRESET`, `ECONNREFUSED`. */
  readonly broken: string | undefined;
}

interface WireOptions {
  readonly token?: string;
  readonly json?: unknown;
  readonly agent?: Agent;
  readonly signal?: AbortSignal;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Told as soon as the headers are there. */
  readonly onHead?: () => void;
}

/** Makes a call with nothing but `node:http`, and never rejects. */
export async function wire(
  { url }: Pick<Simulator, 'url'>,
  call: string,
  {
    token,
    json,
    agent,
    signal,
    headers,
    body = json === undefined ? undefined : JSON.stringify(json),
    onHead,
  }: WireOptions = {},
): Promise<Seen> {
  const [method = '', path = ''] = call.split(' ');
  return await new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let status: number | undefined;
    let answered: IncomingHttpHeaders = {};
    const end = (broken?: string) =>
      resolve({ status, headers: answered, body: Buffer.concat(pieces), pieces: pieces.length, broken });
    const codeOf = (error: NodeJS.ErrnoException) => end(error.code ?? error.message);
    const req = request(url + path, {
      method,
      ...(agent !== undefined && { agent }),
      ...(signal !== undefined && { signal }),
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
        ...headers,
      },
    });
    req.on('error', codeOf);
    req.on('response', (res) => {
      status = res.statusCode;
      answered = res.headers;
      onHead?.();
      res.on('data', (piece: Buffer) => pieces.push(piece));
      res.on('error', codeOf);
      res.on('end', () => end());
    });
    req.end(body);
  });
}

/** Opens a connection and returns what became of it: `open`, or the code of the error. */
export async function knock({ url }: Pick<Simulator, 'url'>): Promise<string> {
  const { hostname, port } = new URL(url);
  return await new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.once('connect', () => {
      socket.destroy();
      resolve('open');
    });
  });
}
