import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebhookEvent } from '../../src/index.ts';
import { envelope, partnerAdded, signatureOf, startIntake, us, type Intake } from './support/intake.ts';
import { head, sendRaw, serve, type CountedServer } from './support/raw-request.ts';

const limit = 3 * 1024 * 1024;
const megabyte = 1024 * 1024;

let intake: Intake;
let heard: WebhookEvent[];
let server: CountedServer;
let timers: { ms: number; run: () => void; cancelled: boolean }[];
beforeEach(async () => {
  heard = [];
  timers = [];
  intake = startIntake({
    onWebhook: (event) => void heard.push(event),
    timer: {
      after(ms, run) {
        const timer = { ms, run, cancelled: false };
        timers.push(timer);
        return { cancel: () => void (timer.cancelled = true) };
      },
    },
  });
  server = await serve(intake.app);
});
afterEach(() => server.close());

const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
  request(intake.app)
    .post('/signup/webhook')
    .set('Content-Type', 'application/json')
    .set('X-Hub-Signature-256', signatureOf(body))
    .set(headers)
    // supertest's types want a text; bytes go out as they are.
    .serialize((sent) => sent as unknown as string)
    .send(body);

const start = (...headers: [string, string][]) =>
  head('POST', '/signup/webhook', [['X-Hub-Signature-256', signatureOf('')], ...headers]);
const piece = Buffer.alloc(64 * 1024, 0x20);
/** The head of a request, and what chunks say of their lengths. */
const framing = 4_000;
function* pieces(count: number, chunked = false) {
  for (let n = 0; n < count; n += 1) {
    if (chunked) yield `${piece.length.toString(16)}\r\n`;
    yield piece;
    if (chunked) yield '\r\n';
  }
}

/** A webhook of exactly this many bytes. */
function bodyOf(bytes: number): string {
  const body = JSON.stringify(envelope('messages', { text: '' }));
  return JSON.stringify(envelope('messages', { text: 'x'.repeat(bytes - body.length) }));
}

describe('the largest body', () => {
  it('is 3 MB, to the byte', async () => {
    expect((await post(bodyOf(limit))).status).toBe(200);
    const { status, body } = await post(bodyOf(limit + 1));
    expect([status, body.code]).toEqual([413, 'body_too_large']);
    expect(heard).toHaveLength(1);
  });

  it('is the same for receiveWebhook, and for bytes that a parser kept', async () => {
    const bytes = Buffer.from(bodyOf(limit + 1));
    const call = intake.receive(bytes, { 'x-hub-signature-256': signatureOf(bytes) });
    await expect(call).rejects.toMatchObject({ code: 'body_too_large', status: 413 });
  });

  it.each([
    ['declared', false],
    ['in chunks of unknown number', true],
  ])('of 60 MB, %s, is refused without taking it in, and the connection ends', async (_name, chunked) => {
    const size = 60 * megabyte;
    for (let round = 0; round < 10; round += 1) {
      const before = server.taken();
      const length: [string, string] = chunked
        ? ['Transfer-Encoding', 'chunked']
        : ['Content-Length', String(size)];
      const answer = await sendRaw(server.port, [start(length), ...pieces(size / piece.length, chunked)]);
      expect(answer.status).toBe(413);
      expect(answer.text).toContain('"code":"body_too_large"');
      expect(answer.text).toMatch(/^connection: close\r$/im);
      const taken = server.taken() - before;
      expect(taken).toBeLessThanOrEqual((chunked ? limit : 0) + piece.length + framing);
      expect(answer.sent).toBeLessThan(size / 2);
    }
    expect(heard).toEqual([]);
  });

  it('does not let memory grow: 64 of 60 MB at once', async () => {
    const size = 60 * megabyte;
    const before = process.memoryUsage().rss;
    const answers = await Promise.all(
      Array.from({ length: 64 }, () =>
        sendRaw(server.port, [start(['Transfer-Encoding', 'chunked']), ...pieces(size / piece.length, true)]),
      ),
    );
    // The first few are too long; with all of them together there is no room for more.
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].filter((status) => status !== 413 && status !== 503)).toEqual([]);
    expect(statuses).toContain(413);
    expect(server.taken()).toBeLessThanOrEqual(64 * (limit + piece.length + framing));
    // What 64 connections may hold at one moment; all of what was sent would be 3.8 GB.
    expect(process.memoryUsage().rss - before).toBeLessThan(2 * 64 * limit);
  });

  it('is not read at all when nothing looks like a signature', async () => {
    const unsigned = start(['Transfer-Encoding', 'chunked']).replace(/x-hub-signature-256:[^\r]*\r\n/i, '');
    const answer = await sendRaw(server.port, [unsigned, ...pieces((20 * megabyte) / piece.length, true)]);
    expect(answer.status).toBe(401);
    expect(server.taken()).toBeLessThanOrEqual(2 * piece.length + framing);
  });

  it('that many strangers begin and do not end, has no more than 32 MB, and room again when they are gone', async () => {
    const opened = Array.from({ length: 40 }, () => {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(start(['Transfer-Encoding', 'chunked']));
      for (const some of pieces(megabyte / piece.length, true)) socket.write(some);
      return socket;
    });
    const refused = await Promise.any(
      opened.map(async (socket) => {
        const [answer] = (await once(socket, 'data')) as [Buffer];
        return answer.toString();
      }),
    );
    expect(refused).toContain('503');
    expect(refused).toMatch(/retry-after: 2/i);
    for (const socket of opened) socket.destroy();
    await expect
      .poll(async () => (await sendRaw(server.port, [start(['Content-Length', '2']), '{}'])).status)
      .not.toBe(503);
  });

  it('may lie about its length', async () => {
    const answer = await sendRaw(server.port, [start(['Content-Length', '9'.repeat(30)]), ...pieces(2)]);
    expect([0, 400, 413]).toContain(answer.status);
    expect(heard).toEqual([]);
  });
});

describe('a body that does not arrive', () => {
  const waiting = async () => {
    while (timers.length === 0) await sleep(1);
    return timers[0];
  };

  it('is given 30 seconds', async () => {
    const answer = sendRaw(server.port, [start(['Content-Length', '1000']), '{"object":']);
    const timer = await waiting();
    expect(timer?.ms).toBe(30_000);
    timer?.run();
    expect((await answer).status).toBe(408);
    expect((await answer).text).toContain('"code":"body_too_slow"');
  });

  it('has no timer any more once it is there, or refused', async () => {
    await post('{}');
    await sendRaw(server.port, [start(['Transfer-Encoding', 'chunked']), ...pieces(64, true)]);
    expect(timers.map(({ cancelled }) => cancelled)).toEqual([true, true]);
  });

  it('because the caller hung up is no fault of anybody', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(start(['Content-Length', '1000']));
    socket.write('{"object":');
    const timer = await waiting();
    socket.resetAndDestroy();
    while (intake.log.length === 0) await sleep(1);
    expect(intake.log).toMatchObject([{ level: 'debug', facts: { code: 'invalid_request' } }]);
    expect(timer?.cancelled).toBe(true);
    expect((await post('{}')).status).toBe(200);
  });
});

describe('a body that is compressed', () => {
  const bomb = gzipSync(Buffer.alloc(20 * megabyte, 0x20));

  it.each(['gzip', 'deflate', 'br', 'zstd', 'gzip, identity', 'x-unknown'])(
    'as %s is refused, and not opened',
    async (encoding) => {
      const { status, body } = await post(bomb, { 'Content-Encoding': encoding });
      expect([status, body.code]).toEqual([415, 'encoding_unsupported']);
    },
  );

  it('in name only is taken', async () => {
    expect((await post('{}', { 'Content-Encoding': 'Identity' })).status).toBe(200);
  });
});

describe('a body that is signed', () => {
  it.each([
    ['nothing', ''],
    ['white space', '  '],
    ['null', 'null'],
    ['a list', '[{}]'],
    ['a text', '"{}"'],
    ['a number', '1'],
    ['half of an object', '{"object":"whatsapp_business_account"'],
    ['two objects', '{}{}'],
    ['a form', 'object=whatsapp_business_account'],
    ['HTML', '<html></html>'],
    ['an object behind a byte order mark', '\uFEFF{}'],
    ['100,000 lists in one another', `{"entry":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['3 MB of brackets', '['.repeat(limit)],
    ['100,000 objects in one another', `${'{"entry":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['65 levels', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`],
  ])('and is %s is refused, and quoted nowhere', async (_name, body) => {
    const answer = await post(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'webhook_malformed']);
    expect(intake.log).toMatchObject([{ level: 'debug' }]);
    const said = answer.text + JSON.stringify(intake.log);
    if (body.length > 3) expect(said).not.toContain(body.slice(0, 20));
    expect(heard).toEqual([]);
  });

  it('says nothing of the body in the error either, which a host may print', async () => {
    const body = Buffer.from('{"CANARY": CANARY}');
    const error: unknown = await intake
      .receive(body, { 'x-hub-signature-256': signatureOf(body) })
      .catch((caught: unknown) => caught);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('CANARY');
  });

  it.each([
    ['an empty object', '{}'],
    ['entries that are none', '{"entry":{"id":"1"}}'],
    ['an entry that is none', '{"entry":[null,1,"x",[],{}]}'],
    ['changes that are none', '{"entry":[{"id":"1","changes":{}},{"changes":[null,[],{"value":null}]}]}'],
    ['64 levels', `{"a":${'['.repeat(63)}${']'.repeat(63)}}`],
    ['brackets in a text', JSON.stringify({ text: '[{"'.repeat(1_000) })],
    ['halves of surrogate pairs', '{"entry":[{"id":"\\ud800","changes":[{"value":{"text":"\\udc00"}}]}]}'],
    [
      'a member called __proto__',
      '{"__proto__":{"polluted":1},"entry":[{"__proto__":{"changes":[]},"id":"1"}]}',
    ],
    ['a constructor', '{"constructor":{"prototype":{"polluted":1}},"entry":[{"toString":1}]}'],
    ['numbers beyond everything', '{"entry":[{"id":1e400,"time":-1e400,"changes":[{"value":-0}]}]}'],
    ['NUL', '{"entry":[{"id":"\\u0000","changes":[{"field":"\\u0000"}]}]}'],
  ])('and is %s is handed to the host as it is', async (_name, body) => {
    expect((await post(body)).status).toBe(200);
    expect(JSON.stringify(heard[0]?.data)).toBe(JSON.stringify(JSON.parse(body)));
    expect(heard[0]?.id).toMatch(/^[\w-]{43}$/);
    expect(intake.recorded).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('and has 1,000 changes is one act', async () => {
    const accounts = Array.from({ length: 1_000 }, (_, n) => partnerAdded(String(10 ** 14 + n)));
    expect((await post(JSON.stringify(envelope('account_update', ...accounts)))).status).toBe(200);
    expect(intake.recorded).toHaveLength(1);
    expect(new Set(intake.recorded[0]?.changes.map(({ mark }) => mark)).size).toBe(1_000);
    expect(heard).toEqual([]);
  });

  it('and has an id as a number of more digits than a number holds keeps them', async () => {
    const body = JSON.stringify(envelope('account_update', partnerAdded('WABA')))
      .replace('"WABA"', '123456789012345678')
      .replace(`"${us.businessId}"`, us.businessId);
    await post(body);
    expect(intake.recorded[0]?.changes).toMatchObject([{ event: { wabaId: '123456789012345678' } }]);
  });
});
