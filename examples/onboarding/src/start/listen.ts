import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/** A server that answers. */
export interface Listening {
  port: number;
  /** Lets answers under way go out, for a moment, and breaks every connection that is still open then. */
  close(): Promise<void>;
}

/** Milliseconds that an answer under way gets when the site is stopped. */
const grace = 300;

/** Listens; rejects with the error of Node's `listen` when the port cannot be had. */
export async function listen(app: RequestListener, port: number, host: string): Promise<Listening> {
  const server = createServer(app);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      // Browsers keep connections open in case they need them again; nobody waits for those.
      const impatience = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearTimeout(impatience);
    },
  };
}
