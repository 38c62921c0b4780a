import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Something that listens at a port of its own, on this machine only. */
export interface Served {
  port: number;
  close(): Promise<void>;
}

/** Serves until `close`, which cuts what is still open. */
export async function serve(listener: RequestListener): Promise<Served> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP port was asked for
  return {
    port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A file of the folder `pages` beside this one. */
export const pageFile = (name: string) => readFile(new URL(`./pages/${name}`, import.meta.url), 'utf8');

/** The body of a request as JSON, or `undefined` when there is none. */
export async function jsonOf(req: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const piece of req) text += piece;
  return text ? JSON.parse(text) : undefined;
}

/** Answers and is done. */
export function answer(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
}

/** Something that a test lets go when it is time. */
export function gate(): { open: () => void; opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
