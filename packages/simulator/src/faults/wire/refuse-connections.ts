import type { Server } from 'node:http';

/** Where a server listens. */
export interface Address {
  readonly port: number;
  readonly host: string;
}

/** Resolves after so many ms of real time. */
type Delay = (ms: number) => Promise<void>;

/** A server's port, which can be shut for a while. */
export interface Listener {
  /** Starts listening and returns the port. Rejects with the error of Node's `listen`. */
  open(): Promise<number>;
  /** Breaks all connections and refuses new ones for `ms` of real time; then listens on the same port again. */
  refuse(ms: number, delay: Delay): void;
  /** Stops listening for good and breaks what is still connected. */
  close(): Promise<void>;
}

/** Another program may have taken the port meanwhile: it is asked for again after so many ms. */
const RETRY = 50;

/** A listener for `server`; port 0 stands for any free one, which is then kept. */
export function createListener(server: Server, { port, host }: Address): Listener {
  let boundPort = port;
  let shut = false;
  let closed = false;
  const isClosed = () => closed;

  const listen = () =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(boundPort, host, () => {
        server.off('error', reject);
        const address = server.address();
        boundPort = typeof address === 'object' && address !== null ? address.port : port;
        resolve(boundPort);
      });
    });

  const close = () =>
    new Promise<void>((resolve) => {
      // Without a listener this reports an error, which means that there is nothing left to close.
      server.close(() => resolve());
      server.closeAllConnections();
    });

  const comeBack = async (ms: number, delay: Delay): Promise<void> => {
    await delay(ms);
    if (isClosed()) return;
    try {
      await listen();
      shut = false;
    } catch {
      await comeBack(RETRY, delay);
    }
    // It may have been closed for good while it was coming back.
    if (isClosed()) await close();
  };

  return {
    open: listen,
    refuse(ms, delay) {
      if (shut || closed) return;
      shut = true;
      void close();
      void comeBack(ms, delay);
    },
    close() {
      closed = true;
      return close();
    },
  };
}
