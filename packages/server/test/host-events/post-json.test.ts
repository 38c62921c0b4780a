import { subscribe } from 'node:diagnostics_channel';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Timer } from '../../src/ports/clock.ts';
import { PostError } from '../../src/ports/post-json.ts';
import { createPostJson, type JsonPoster } from '../../src/system/post-json.ts';
import { startReceiver, type Receiver } from './support/receiver.ts';

const canary = 'CANARY-of-the-host';

/** A timer whose only hand is moved by the test. */
function handTimer() {
  const waiting = new Map<() => void, number>();
  const timer: Timer = {
    after(ms, run) {
      waiting.set(run, ms);
      return { cancel: () => void waiting.delete(run) };
    },
  };
  const strike = () => {
    const due = [...waiting.keys()];
    waiting.clear();
    for (const run of due) run();
  };
  return { timer, strike, waiting };
}

let hand: ReturnType<typeof handTimer>;
let poster: JsonPoster;
let receiver: Receiver | undefined;
beforeEach(() => {
  hand = handTimer();
  poster = createPostJson(hand);
});
afterEach(async () => {
  await poster.close();
  await receiver?.close();
  receiver = undefined;
});

const input = (url: string, over: object = {}) => ({
  url,
  headers: { 'webhook-id': 'event-1' },
  body: `{"name":"Zoë 🌱 ${canary}"}`,
  timeoutMs: 15_000,
  ...over,
});
const failure = (posted: Promise<unknown>): Promise<unknown> =>
  posted.then(
    () => 'no failure',
    (error: unknown) => error,
  );

describe('posting JSON', () => {
  it('sends the bytes of the text, with its own headers and the kit’s', async () => {
    receiver = await startReceiver((response) => response.writeHead(204).end());
    await poster.post(input(receiver.url));
    const [call] = receiver.arrived;
    expect(call).toMatchObject({
      method: 'POST',
      path: '/events',
      headers: {
        'webhook-id': 'event-1',
        'content-type': 'application/json',
        'user-agent': 'embedded-signup-kit',
      },
    });
    expect(call?.body.toString('utf8')).toBe(input('').body);
    expect(call?.headers['content-length']).toBe(String(call?.body.length));
  });

  it.each([200, 204, 400, 410, 500, 503])('tells that the answer was %d', async (status) => {
    receiver = await startReceiver((response) =>
      response.writeHead(status).end(status === 204 ? undefined : canary),
    );
    await expect(poster.post(input(receiver.url))).resolves.toEqual({ status });
    expect(hand.waiting.size).toBe(0);
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect: %d is the answer', async (status) => {
    receiver = await startReceiver((response, { path }) => {
      if (path === '/events') response.writeHead(status, { location: '/elsewhere' }).end();
      else response.writeHead(200).end();
    });
    await expect(poster.post(input(receiver.url))).resolves.toEqual({ status });
    expect(receiver.arrived.map(({ path }) => path)).toEqual(['/events']);
  });

  it('ends at the deadline when no answer comes, and takes the connection with it', async () => {
    let gone: Promise<unknown> = Promise.resolve('never connected');
    receiver = await startReceiver((_response, _call, request) => {
      gone = once(request.socket, 'close');
    });
    const posted = failure(poster.post(input(receiver.url, { timeoutMs: 15_000 })));
    await receiver.sees(1);
    expect([...hand.waiting.values()]).toEqual([15_000]);
    hand.strike();
    expect(await posted).toMatchObject({ name: 'PostError', message: 'TIMEOUT' });
    expect(await gone).toEqual([expect.any(Boolean)]);
  });

  it('ends at the deadline when the other side takes the connection and never reads', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => {
      sockets.push(socket.pause());
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo; // it listens on a port
    const connected = once(silent, 'connection');
    const posted = failure(poster.post(input(`http://127.0.0.1:${port}/`)));
    await connected;
    hand.strike();
    expect(await posted).toMatchObject({ message: 'TIMEOUT' });
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('ends at the deadline even while it waits for a connection', async () => {
    receiver = await startReceiver(() => undefined); // answers nobody
    const { url } = receiver;
    const all = Array.from({ length: 20 }, () => failure(poster.post(input(url))));
    await receiver.sees(16);
    hand.strike();
    expect(new Set((await Promise.all(all)).map(String))).toEqual(new Set(['PostError: TIMEOUT']));
    expect(receiver.arrived).toHaveLength(16);
  });

  it('never sends later what was given up while it waited', async () => {
    const held: (() => void)[] = [];
    receiver = await startReceiver((response) => void held.push(() => response.writeHead(200).end()));
    const { url } = receiver;
    const first = Array.from({ length: 16 }, () => poster.post(input(url)));
    await receiver.sees(16);
    hand.waiting.clear(); // the first have all the time in the world
    const given = failure(poster.post(input(url, { headers: { 'webhook-id': 'given up' } })));
    hand.strike();
    expect(await given).toMatchObject({ message: 'TIMEOUT' });
    for (const answer of held) answer();
    await Promise.all(first);
    const last = poster.post(input(url, { headers: { 'webhook-id': 'last' } }));
    await receiver.sees(17);
    held.at(-1)?.();
    await last;
    expect(receiver.arrived.map(({ headers }) => headers['webhook-id'])).not.toContain('given up');
  });

  it('reads no more than a little of an answer of 100 MB', async () => {
    let written = 0;
    const piece = Buffer.alloc(64 * 1024, canary);
    receiver = await startReceiver((response) => {
      response.writeHead(200);
      const more = () => {
        while (written < 100 * 1024 * 1024 && !response.destroyed) {
          written += piece.length;
          if (!response.write(piece)) {
            response.once('drain', more);
            return;
          }
        }
        response.end();
      };
      more();
    });
    await expect(poster.post(input(receiver.url))).resolves.toEqual({ status: 200 });
    // What lies in the buffers of the machine's sockets was sent, but not read.
    expect(written).toBeLessThan(20 * 1024 * 1024);
  });

  it('reads nothing of an answer that says it is too long', async () => {
    receiver = await startReceiver((response) => {
      response.writeHead(200, { 'content-length': String(100 * 1024 * 1024) });
      response.write('x');
    });
    await expect(poster.post(input(receiver.url))).resolves.toEqual({ status: 200 });
  });

  it('believes the status of an answer that never ends, at the deadline', async () => {
    receiver = await startReceiver((response) => {
      response.writeHead(200);
      response.write('a little');
    });
    const headersCame = new Promise<void>((resolve) => {
      subscribe('undici:request:headers', () => resolve());
    });
    const posted = poster.post(input(receiver.url));
    await headersCame;
    await new Promise((resolve) => void setImmediate(resolve));
    hand.strike();
    await expect(posted).resolves.toEqual({ status: 200 });
  });

  it('believes the status of an answer that breaks off', async () => {
    receiver = await startReceiver((response, _call, request) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('a little', () => void request.socket.destroy());
    });
    await expect(poster.post(input(receiver.url))).resolves.toEqual({ status: 200 });
  });

  it('fails when it is closed, at once', async () => {
    receiver = await startReceiver(() => undefined);
    const posted = failure(poster.post(input(receiver.url)));
    await receiver.sees(1);
    await poster.close();
    expect(await posted).toBeInstanceOf(PostError);
    expect(await failure(poster.post(input(receiver.url)))).toBeInstanceOf(PostError);
  });

  it('works again after a connection was lost', async () => {
    let count = 0;
    receiver = await startReceiver((response, _call, request) => {
      count += 1;
      if (count === 1) request.socket.destroy();
      else response.writeHead(200).end();
    });
    expect(await failure(poster.post(input(receiver.url)))).toBeInstanceOf(PostError);
    await expect(poster.post(input(receiver.url))).resolves.toEqual({ status: 200 });
    expect(count).toBe(2);
  });
});

describe('a post that fails', () => {
  it.each<[string, (() => Promise<string>) | string, RegExp]>([
    ['nobody listens', () => Promise.resolve(`http://127.0.0.1:1/${canary}`), /^ECONNREFUSED$/],
    [
      'the connection is reset',
      () => rawServer((socket) => socket.resetAndDestroy()),
      /^(ECONNRESET|UND_ERR_SOCKET|EPIPE)$/,
    ],
    ['the connection ends without an answer', () => rawServer((socket) => socket.end()), /^UND_ERR_SOCKET$/],
    [
      'the answer is no HTTP',
      () => rawServer((socket) => socket.end(`${canary}\r\n\r\n`)),
      /^HTTPParserError$/,
    ],
    [
      'the headers never end',
      () => rawServer((socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${canary.repeat(10_000)}\r\n\r\n`)),
      /^(UND_ERR_HEADERS_OVERFLOW|HPE_\w+)$/,
    ],
    ['the address is none', canary, /^(ERR_INVALID_URL|UND_ERR_INVALID_ARG)$/],
  ])('because %s has a code for a message, and nothing else', async (_why, place, code) => {
    const url = typeof place === 'string' ? place : await place();
    const error = await failure(poster.post(input(url)));
    expect(error).toBeInstanceOf(PostError);
    expect(error).toHaveProperty('message', expect.stringMatching(code));
    expect(error).not.toHaveProperty('cause');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(canary);
    expect(hand.waiting.size).toBe(0);
  });

  const opened: (() => void)[] = [];
  afterEach(() => {
    for (const close of opened.splice(0)) close();
  });

  /** Does something to each connection once the first bytes have come. */
  async function rawServer(act: (socket: Socket) => void): Promise<string> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => act(socket));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    opened.push(() => server.close());
    const { port } = server.address() as AddressInfo; // it listens on a port
    return `http://127.0.0.1:${port}/${canary}`;
  }
});
