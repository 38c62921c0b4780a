import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterEach } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { graph } from './graph-client.ts';

/** A request as the callback got it. */
export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** The body parsed; undefined for a handshake and for what is no JSON. */
  readonly body: unknown;
}

/** What the callback does with an event: a status to answer, or to break the connection. */
export type Behaviour = number | 'break';

/** An app's webhook callback. */
export interface Callback {
  readonly url: string;
  readonly received: Received[];
  /** The events among them. */
  events(): Received[];
  /** Resolves once so many events have arrived. */
  arrived(count: number): Promise<Received[]>;
  /** How it answers events from now on. */
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

const open: Callback[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((opened) => opened.close()));
});

/** How a good callback answers the handshake: 200 and the challenge. */
export function challengeIn(url: URL): { status: number; body: string } {
  return { status: 200, body: url.searchParams.get('hub.challenge') ?? '' };
}

/** Listens on loopback until the end of the test; answers events with 200 unless told. */
export async function callback(handshake = challengeIn): Promise<Callback> {
  const received: Received[] = [];
  let behaviour: Behaviour = 200;
  let waiting: { count: number; done: () => void }[] = [];
  const events = () => received.filter(({ method }) => method === 'POST');

  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const { method = '', headers } = req;
      const url = new URL(req.url ?? '/', 'http://callback.invalid');
      const bytes = Buffer.concat(chunks);
      const isJson = method === 'POST' && headers['content-type'] === 'application/json';
      const body: unknown = isJson ? JSON.parse(bytes.toString()) : undefined;
      received.push({ method, url, headers, bytes, body });
      if (method === 'GET') {
        const answer = handshake(url);
        res.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
      } else if (behaviour === 'break') req.socket.destroy();
      else res.writeHead(behaviour, { location: '/elsewhere' }).end();
      waiting = waiting.filter(({ count, done }) => {
        if (events().length < count) return true;
        done();
        return false;
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const opened: Callback = {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    events,
    async arrived(count) {
      if (events().length < count) await new Promise<void>((done) => waiting.push({ count, done }));
      return events();
    },
    behave(next) {
      behaviour = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  open.push(opened);
  return opened;
}

/** A callback that is subscribed, and events that wait until `deliver()`. */
export async function subscribed(simulator: Simulator, fields?: readonly string[]): Promise<Callback> {
  const opened = await callback();
  await simulator.setWebhook({ url: opened.url, fields });
  simulator.setDelivery({ auto: false });
  return opened;
}

/** Delivers what waits and returns the bodies that arrived by that, in their order. */
export async function deliveredTo(simulator: Simulator, opened: Callback): Promise<unknown[]> {
  const before = opened.events().length;
  await simulator.deliver();
  return opened
    .events()
    .slice(before)
    .map(({ body }) => body);
}

/** Makes a call to a control, given as `METHOD /path`. */
export function control(simulator: Simulator, request: string, json?: unknown) {
  return graph(simulator, request.replace(' /', ' /__simulator/'), json === undefined ? {} : { json });
}
