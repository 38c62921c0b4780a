import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy before a server, that can fall silent without closing anything: a half-open link. */
export interface Link {
  /** The server's address, through the link. */
  address: string;
  /** From now on nothing goes through in either direction; what is sent meanwhile is kept, connections stay open. */
  fallSilent(): void;
  /**
   * Falls silent at the moment when the next such text is on its way to the server, and before it gets there. Resolves
   * then.
   */
  fallSilentBefore(text: string): Promise<void>;
  /** Lets through what was kept, and all that comes. */
  resume(): void;
  /** Ends all connections, as a firewall with a reset, and lets new ones through. */
  cut(): void;
  close(): Promise<void>;
}

/** Opens a link to the server of an address. */
export async function openLink(address: string): Promise<Link> {
  const target = new URL(address);
  const ends = new Set<Socket>();
  let isSilent = false;
  let awaited: { text: Buffer; came: () => void } | undefined;
  let kept: (() => void)[] = [];

  /** Passes on now, or when the link is back: a socket that is only paused would still close by itself. */
  const pass = (act: () => void): void => {
    if (isSilent) kept.push(act);
    else act();
  };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ host: target.hostname, port: Number(target.port), allowHalfOpen: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from);
      from.on('data', (bytes) => {
        if (from === near && awaited !== undefined && bytes.includes(awaited.text)) {
          isSilent = true;
          awaited.came();
          awaited = undefined;
        }
        pass(() => void to.write(bytes));
      });
      from.on('end', () => pass(() => void to.end()));
      from.on('error', () => pass(() => void to.destroy()));
      from.on('close', () => {
        ends.delete(from);
        pass(() => void to.destroy());
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = server.address();
  if (own === null || typeof own === 'string') throw new Error('the link has no port');
  const through = new URL(address);
  through.hostname = '127.0.0.1';
  through.port = String(own.port);

  const resume = () => {
    isSilent = false;
    awaited = undefined;
    const acts = kept;
    kept = [];
    for (const act of acts) act();
  };
  const cut = () => {
    kept = [];
    for (const end of ends) end.destroy();
    resume();
  };
  return {
    address: through.href,
    fallSilent: () => void (isSilent = true),
    fallSilentBefore: (text) =>
      new Promise((resolve) => {
        awaited = { text: Buffer.from(text), came: resolve };
      }),
    resume,
    cut,
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
