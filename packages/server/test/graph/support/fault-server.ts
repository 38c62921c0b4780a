import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

/** What can go wrong between Meta and a client. */
export const faultKinds = [
  'connect refused',
  'connect time-out',
  'header time-out',
  'reset before body',
  'reset mid-body',
  'half-open',
  'slow drip',
  'stalled mid-body',
  '500',
  '502',
  '503',
  '429 with Retry-After',
  '400 with code 4 and regain minutes',
  '400 with code 80007 and regain minutes',
  'malformed JSON',
  'HTML body',
  'empty 200',
  'truncated gzip',
  '200 with error',
  'success then drop',
  'wrong content type',
  '100 MB body',
  'redirect',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A call that arrived, by the test's own clock. */
export interface Arrival {
  at: number;
  method: string;
  /** Whether the work was done, as far as Meta is concerned. */
  done: boolean;
}

/** A server that answers well, once the faults of its plan are used up: one per connection. */
export interface FaultServer {
  url: string;
  /** What arrived: the judge of what a client did. */
  ledger: Arrival[];
  /** Bytes of answers that were written. */
  written(): number;
  close(): Promise<void>;
}

/** What the server is made of. */
export interface FaultServerOptions {
  plan: FaultKind[];
  /** The answer that is meant. */
  answer: object;
  now: () => number;
}

/** For the two throttled answers. */
export const regainMinutes = 3;
/** For the answer 429. Seconds. */
export const retryAfterSeconds = 2;

/** Starts a server on a free port of this machine. */
export async function startFaultServer({ plan, answer, now }: FaultServerOptions): Promise<FaultServer> {
  const ledger: Arrival[] = [];
  const sockets = new Set<Socket>();
  let bytes = 0;
  const text = JSON.stringify(answer);

  const http = createServer((request, response) => {
    request.resume();
    request.on('end', () => play(request, response));
  });
  const tcp = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    // Taken, and never read: the client's bytes stay in the network. For https, this is a handshake without an answer.
    if (plan[0] === 'half-open' || plan[0] === 'connect time-out') {
      plan.shift();
      socket.pause();
      return;
    }
    http.emit('connection', socket);
  });

  function* pieces() {
    const piece = Buffer.alloc(64 * 1024, 0x20);
    for (let left = 1600; left > 0; left -= 1) {
      bytes += piece.length;
      yield piece;
    }
  }

  function play(request: IncomingMessage, response: ServerResponse): void {
    const fault = plan.shift();
    const arrival: Arrival = { at: now(), method: request.method ?? '', done: false };
    ledger.push(arrival);
    const { socket } = request;
    response.setHeader('connection', 'close');
    const send = (status: number, body: string | Buffer, headers: Record<string, string> = {}) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        ...headers,
      });
      response.end(body);
    };
    const refuse = (status: number, code: number, headers: Record<string, string> = {}) =>
      send(
        status,
        JSON.stringify({ error: { message: `(#${code})`, type: 'OAuthException', code } }),
        headers,
      );
    const regain = {
      'x-business-use-case-usage': JSON.stringify({
        '1': [{ type: 'whatsapp', call_count: 100, estimated_time_to_regain_access: regainMinutes }],
      }),
    };
    switch (fault) {
      case 'header time-out':
        return;
      case 'reset before body':
        socket.resetAndDestroy();
        return;
      case 'reset mid-body':
        arrival.done = true;
        response.writeHead(200, { 'content-length': String(text.length + 10) });
        response.write(text.slice(0, 5), () => socket.resetAndDestroy());
        return;
      case 'slow drip': {
        arrival.done = true;
        response.writeHead(200, { 'content-length': '1000000' });
        const drip = setInterval(() => response.write(' '), 5);
        response.on('close', () => clearInterval(drip));
        return;
      }
      case 'stalled mid-body':
        arrival.done = true;
        response.writeHead(200, { 'content-length': String(text.length) });
        response.write(text.slice(0, 5));
        return;
      case '500':
      case '502':
      case '503':
        send(Number(fault), '<h1>Sorry</h1>', { 'content-type': 'text/html' });
        return;
      case '429 with Retry-After':
        send(429, '', { 'retry-after': String(retryAfterSeconds) });
        return;
      case '400 with code 4 and regain minutes':
        refuse(400, 4, regain);
        return;
      case '400 with code 80007 and regain minutes':
        refuse(400, 80_007, regain);
        return;
      case 'malformed JSON':
        arrival.done = true;
        send(200, text.slice(0, -1));
        return;
      case 'HTML body':
        arrival.done = true;
        send(200, '<!doctype html><title>Log in to this network</title>', { 'content-type': 'text/html' });
        return;
      case 'empty 200':
        arrival.done = true;
        send(200, '');
        return;
      case 'truncated gzip': {
        arrival.done = true;
        const zipped = gzipSync(text);
        send(200, zipped.subarray(0, zipped.length - 6), { 'content-encoding': 'gzip' });
        return;
      }
      case '200 with error':
        refuse(200, 2);
        return;
      case 'success then drop':
        arrival.done = true;
        socket.destroy();
        return;
      case '100 MB body': {
        arrival.done = true;
        response.writeHead(200, { 'content-length': String(100 * 1024 * 1024) });
        pipeline(Readable.from(pieces()), response, () => undefined);
        return;
      }
      case 'redirect':
        send(302, '', { location: 'https://evil.example/' });
        return;
      case 'wrong content type':
        arrival.done = true;
        send(200, text, { 'content-type': 'text/javascript; charset=UTF-8' });
        return;
      default:
        arrival.done = true;
        send(200, text);
    }
  }

  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo; // a TCP server's address
  return {
    url: `http://127.0.0.1:${port}`,
    ledger,
    written: () => bytes,
    async close() {
      const closed = once(tcp, 'close');
      tcp.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** An address of this machine where nobody listens. */
export async function closedPort(): Promise<string> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server's address
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
