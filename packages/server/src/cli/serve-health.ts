import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';

/** Serves the two health routes and nothing else, for whoever watches over the process. */
export async function serveHealth(
  health: Router,
  { port, host }: { port: number; host: string },
): Promise<{ url: string; close(): void }> {
  const app = express().disable('x-powered-by').use(health);
  const server = createServer(app).listen(port, host);
  await once(server, 'listening');
  const { address, port: given } = server.address() as AddressInfo; // a TCP port was asked for
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${given}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
