import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that arrived, complete. */
export interface Arrived {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A server of the host's. */
export interface Receiver {
  url: string;
  arrived: Arrived[];
  /** Resolves when so many calls have arrived. */
  sees(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts a server on a free port of this machine. @param answer says what it does once a call has arrived */
export async function startReceiver(
  answer: (response: ServerResponse, call: Arrived, request: IncomingMessage) => void,
): Promise<Receiver> {
  const arrived: Arrived[] = [];
  const seen = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const { method, url: path, headers } = request;
      const call = { method, path, headers, body: Buffer.concat(chunks) };
      arrived.push(call);
      for (const tell of seen) tell();
      answer(response, call, request);
    });
    request.on('error', () => undefined);
    response.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}/events`,
    arrived,
    sees: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (arrived.length < count) return;
          seen.delete(look);
          resolve();
        };
        seen.add(look);
        look();
      }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
