import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A server on loopback, which counts what its connections take in. */
export interface CountedServer {
  port: number;
  server: Server;
  /** Bytes that were taken from all connections so far. */
  taken(): number;
  close(): Promise<void>;
}

/** Serves an app. */
export async function serve(app: RequestListener): Promise<CountedServer> {
  const server = createServer(app);
  const sockets: Socket[] = [];
  server.on('connection', (socket) => void sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP port was asked for
  return {
    port,
    server,
    taken: () => sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What came back over a socket. */
export interface RawAnswer {
  /** 0: the connection ended without an answer. */
  status: number;
  text: string;
  /** Bytes that the socket was given to send. */
  sent: number;
}

/**
 * Sends what is given, no faster than it is taken, and resolves when the other side ends the connection. Sending stops with
 * the first byte of an answer, as any client's does.
 */
export async function sendRaw(port: number, parts: Iterable<string | Uint8Array>): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let sent = 0;
  let over = false;
  const ended = new Promise<void>((resolve) => {
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    // An end with an error is one as well: what was heard before counts.
    socket
      .on('error', () => undefined)
      .on('close', () => {
        over = true;
        resolve();
      });
  });
  await Promise.race([once(socket, 'connect'), ended]);
  for (const part of parts) {
    if (over || text !== '' || socket.destroyed) break;
    sent += Buffer.byteLength(part);
    if (!socket.write(part)) {
      await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), ended, heard(socket)]);
    }
  }
  await ended;
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text, sent };
}

const heard = (socket: Socket) => new Promise((resolve) => socket.once('data', resolve));

/** The head of a request. */
export function head(method: string, path: string, headers: readonly [string, string][]): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...lines, '', ''].join('\r\n');
}
