import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/config/secret.ts';
import type { TextOutcome } from '../../src/pool/receive-text.ts';
import { StoreUnavailableError } from '../../src/ports/store-errors.ts';
import { head, sendRaw, serve, type CountedServer } from '../webhook/support/raw-request.ts';
import {
  byRelay,
  byTwilio,
  byVonage,
  byVonageMessages,
  everybody,
  secrets,
  send,
  startDoor,
  text,
  to,
  twilioSignature,
  type Door,
  type Sent,
} from './support/door.ts';

let door: Door;
beforeEach(() => {
  door = startDoor();
});

const unsigned = async (sent: Sent) => {
  const answer = await send(door.app, sent);
  expect([answer.status, answer.body.code, door.received]).toEqual([401, 'sms_not_signed', []]);
  return String(answer.body.detail);
};

describe('a text by a relay', () => {
  it('is received with the secret, and answered with nothing', async () => {
    const answer = await send(door.app, byRelay());
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(door.received).toEqual([{ to, body: text }]);
  });

  it('may have more in it, and may be a form', async () => {
    await send(door.app, byRelay({ body: { to, body: text, from: '+1', parts: [{ a: 1 }], id: 7 } }));
    await send(door.app, {
      ...byRelay({ type: 'application/x-www-form-urlencoded' }),
      body: new URLSearchParams({ to, body: text }).toString(),
    });
    expect(door.received).toEqual([
      { to, body: text },
      { to, body: text },
    ]);
  });

  it('is taken with each secret that is valid now', async () => {
    const other = 'CANARY-other-relay-secret-0123456789';
    door = startDoor({ sms: { ...everybody, secrets: [new Secret(other), new Secret(secrets.relay)] } });
    expect((await send(door.app, byRelay())).status).toBe(200);
    expect((await send(door.app, byRelay({ secret: other }))).status).toBe(200);
  });

  it.each([
    secrets.relay.slice(0, -1),
    `${secrets.relay}x`,
    secrets.relay.toLowerCase(),
    'x',
    `${secrets.relay} ${secrets.relay}`,
    'é'.repeat(5),
  ])('is refused with another secret: %j', async (secret) => {
    door = startDoor({ sms: { ...everybody, vonage: undefined } });
    const sent = byRelay();
    const { Authorization: _, ...headers } = sent.headers;
    const bytes = Buffer.from(`Bearer ${secret}`).toString('latin1');
    await unsigned({ ...sent, headers: { ...headers, Authorization: bytes } });
  });

  it('is refused without one, by another scheme, or by GET', async () => {
    const { headers, ...sent } = byRelay();
    const { Authorization: _, ...others } = headers;
    await unsigned({ ...sent, headers: others });
    await unsigned({ ...sent, headers: { ...others, Authorization: secrets.relay } });
    await unsigned({ ...sent, headers: { ...others, Authorization: `Basic ${secrets.relay}` } });
    const path = `/signup/sms?${new URLSearchParams({ to, body: text }).toString()}`;
    await unsigned({ method: 'GET', path, headers: { Authorization: `Bearer ${secrets.relay}` } });
  });

  it.each([
    ['{"to":"+15550100001"', 'malformed_json'],
    ['[]', 'malformed_json'],
    ['null', 'malformed_json'],
    ['{}', 'invalid_request'],
    [JSON.stringify({ to }), 'invalid_request'],
    [JSON.stringify({ to: [to, to], body: text }), 'invalid_request'],
    [JSON.stringify({ to: { a: to }, body: text }), 'invalid_request'],
    ['{"__proto__":{"to":"+15550100001","body":"WhatsApp 731-046"}}', 'invalid_request'],
  ])('that is malformed is told so, without a word of it: %s', async (body, code) => {
    const answer = await send(door.app, { ...byRelay(), body });
    expect([answer.status, answer.body.code, door.received]).toEqual([400, code, []]);
    // The request id is random, and may have any digits in it.
    expect(JSON.stringify({ ...answer.body, requestId: undefined })).not.toMatch(/731|046|0001/);
  });
});

describe('a text', () => {
  it.each<TextOutcome>(['taken', 'no_code', 'unknown_number', 'not_expected'])(
    'that ends as %s is answered with 200, and the log says that one word, aloud where nothing came of it',
    async (outcome) => {
      door = startDoor({ receiveText: () => Promise.resolve(outcome) });
      for (const sent of [byRelay(), byTwilio(), byVonage('form'), await byVonageMessages()]) {
        expect((await send(door.app, sent)).status).toBe(200);
      }
      const level = outcome === 'taken' ? 'debug' : 'info';
      expect(door.log.map((line) => [line.level, line.facts])).toEqual([
        [level, { sender: 'relay', outcome }],
        [level, { sender: 'twilio', outcome }],
        [level, { sender: 'vonage', outcome }],
        [level, { sender: 'vonage', outcome }],
      ]);
    },
  );

  it('is sent again when the database is away: 503', async () => {
    door = startDoor({ receiveText: () => Promise.reject(new StoreUnavailableError('away')) });
    const answer = await send(door.app, byTwilio());
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
  });

  it('leaves neither its code nor a secret in answers or logs, signed or not', async () => {
    const answers: string[] = [];
    for (const sent of [
      byRelay(),
      byRelay({ secret: 'wrong' }),
      byTwilio(),
      byTwilio({ token: 'wrong' }),
      byVonage('query'),
      byVonage('query', { secret: 'wrong' }),
      await byVonageMessages(),
      await byVonageMessages({ secret: 'wrong' }),
      { ...byRelay(), body: `{"to":"${to}","body":"${text}` },
    ]) {
      const answer = await send(door.app, sent);
      answers.push(answer.text, JSON.stringify(answer.headers));
    }
    const all = [...answers, JSON.stringify(door.log)].join('\n');
    expect(all).not.toMatch(/731.?046|CANARY|5550100001/);
    expect(all).toContain('sms_not_signed');
  });

  it('by nobody is told whom the door is for', async () => {
    door = startDoor({ sms: { ...everybody, vonage: undefined } });
    const sent: Sent = { method: 'POST', path: '/signup/sms', headers: {}, body: '{}' };
    expect(await unsigned(sent)).toContain('docs/sms.md');
  });

  it('is taken from those alone who are in the options', async () => {
    const all: [string, Sent][] = [
      ['relay', byRelay()],
      ['twilio', byTwilio()],
      ['vonage', byVonage('form')],
      ['vonage', await byVonageMessages()],
    ];
    const nobody = { secrets: [], twilio: undefined, vonage: undefined };
    for (const [who, only] of [
      ['relay', { ...nobody, secrets: everybody.secrets }],
      ['twilio', { ...nobody, twilio: everybody.twilio }],
      ['vonage', { ...nobody, vonage: everybody.vonage }],
    ] as const) {
      door = startDoor({ sms: only });
      for (const [sender, sent] of all) {
        expect([who, sender, (await send(door.app, sent)).status]).toEqual([
          who,
          sender,
          sender === who ? 200 : 401,
        ]);
      }
    }
  });

  it('is a 404 when nobody may post any, and the log says once which option is missing', async () => {
    door = startDoor({ sms: undefined });
    for (const sent of [byRelay(), byTwilio(), byVonage('query')]) {
      const answer = await send(door.app, sent);
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
      expect(answer.body.detail).toContain('sms');
    }
    const warnings = door.log.filter(({ level }) => level === 'warn');
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('options.sms')]);
  });
});

describe('the body of a text', () => {
  let server: CountedServer;
  beforeEach(async () => {
    server = await serve(door.app);
  });
  afterEach(() => server.close());
  const start = (length: number, ...headers: [string, string][]) =>
    head('POST', '/signup/sms', [['Content-Length', String(length)], ['Connection', 'close'], ...headers]);
  const json: [string, string] = ['Content-Type', 'application/json'];

  it('is 16 kB at most, to the byte', async () => {
    const fill = (bytes: number) => JSON.stringify({ to, body: text }).padEnd(bytes);
    expect((await send(door.app, { ...byRelay(), body: fill(16 * 1024) })).status).toBe(200);
    const answer = await send(door.app, { ...byRelay(), body: fill(16 * 1024 + 1) });
    expect([answer.status, answer.body.code]).toEqual([413, 'body_too_large']);
    expect(door.received).toHaveLength(1);
  });

  it('is not read when it says to be longer, nor further than that when it does not', async () => {
    const bearer: [string, string] = ['Authorization', `Bearer ${secrets.relay}`];
    const declared = await sendRaw(server.port, [start(1e9, bearer, json)]);
    expect(declared.status).toBe(413);
    const piece = Buffer.alloc(4096, 0x20);
    const chunks = function* () {
      yield head('POST', '/signup/sms', [bearer, json, ['Transfer-Encoding', 'chunked']]);
      for (let n = 0; n < 10_000; n += 1) yield `1000\r\n${piece.toString()}\r\n`;
    };
    const before = server.taken();
    expect((await sendRaw(server.port, chunks())).status).toBe(413);
    expect(server.taken() - before).toBeLessThan(1024 * 1024);
  });

  it('is not read at all when nobody who may has signed its head', async () => {
    for (const headers of [
      [['X-Twilio-Signature', 'x']],
      [['X-Twilio-Signature', twilioSignature('x').replace('=', '')]],
    ] as [string, string][][]) {
      const answer = await sendRaw(server.port, [start(15_000, json, ...headers)]);
      expect(answer.status).toBe(401);
      expect(answer.text).toMatch(/connection: close/i);
    }
  });

  it('must come as it is, without Content-Encoding', async () => {
    const bytes = gzipSync(JSON.stringify({ to, body: text }));
    const bearer: [string, string] = ['Authorization', `Bearer ${secrets.relay}`];
    const answer = await sendRaw(server.port, [
      start(bytes.length, bearer, json, ['Content-Encoding', 'gzip']),
      bytes,
    ]);
    expect([answer.status, answer.text.includes('encoding_unsupported')]).toEqual([415, true]);
  });

  it('may be whatever anybody makes up, and is never a failure of ours', async () => {
    const bodies = [
      '',
      '{',
      '%',
      '%%%=%%%',
      '=',
      '&&&',
      '\u0000',
      '{"sig":{"a":1}}',
      '['.repeat(16_000),
      '{"a":'.repeat(3_000),
    ];
    for (const body of bodies) {
      for (const type of [
        'application/json',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'x',
      ]) {
        for (const headers of [
          {},
          { 'X-Twilio-Signature': twilioSignature('x') },
          { Authorization: 'Bearer a.b.c' },
        ]) {
          const sent: Sent = {
            method: 'POST',
            path: '/signup/sms',
            headers: { 'Content-Type': type, ...headers },
            body,
          };
          expect([type, body, (await send(door.app, sent)).status]).toEqual([type, body, 401]);
        }
      }
    }
    expect(door.received).toEqual([]);
  });
});
