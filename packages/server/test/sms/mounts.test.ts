import express, { type Express, type Request, type RequestHandler } from 'express';
import express4Module from 'express4';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  byRelay,
  byTwilio,
  byVonage,
  byVonageMessages,
  send,
  startDoor,
  text,
  to,
  twilioSignature,
  type Door,
  type Sent,
} from './support/door.ts';

type Make = Pick<typeof express, 'json' | 'raw' | 'text' | 'urlencoded'> & { app: () => Express };
const express4 = express4Module as typeof express; // it comes without types, and these calls have not changed
const parsers = ({ json, raw, text: texts, urlencoded }: typeof express) => ({
  json,
  raw,
  text: texts,
  urlencoded,
});
const versions: [string, Make][] = [
  ['Express 5', { ...parsers(express), app: express }],
  ['Express 4', { ...parsers(express4), app: express4 }],
];

let door: Door;
beforeEach(() => {
  door = startDoor();
});

const keep = (req: object, _res: unknown, bytes: Buffer) => void Object.assign(req, { rawBody: bytes });
const digits = (number: string) => number.replace('+', '');

/** Every way that needs only names and values, with signs that parsers could write differently. */
const forms: [string, Sent][] = [
  ['Twilio’s form', byTwilio()],
  ['Vonage’s form', byVonage('form')],
  ['Vonage’s JSON', byVonage('JSON')],
  ['a relay’s JSON', byRelay()],
];

describe.each(versions)('under %s, a text is taken', (_version, make) => {
  const mounted = (...before: RequestHandler[]): Express => {
    const app = make.app();
    for (const one of before) app.use(one);
    return app.use('/signup', door.router);
  };
  async function expectTaken(app: Express, sent: Sent) {
    const answer = await send(app, sent);
    expect([answer.status, answer.body.detail]).toEqual([200, undefined]);
    expect(door.received.map((one) => ({ ...one, to: digits(one.to) }))).toEqual([
      { to: digits(to), body: text },
    ]);
  }

  describe.each(forms)('%s', (_form, sent) => {
    it('behind nothing', () => expectTaken(mounted(), sent));
    it('behind parsers of its type', () =>
      expectTaken(mounted(make.json(), make.urlencoded({ extended: true })), sent));
    it('behind simple ones', () =>
      expectTaken(mounted(make.json(), make.urlencoded({ extended: false })), sent));
    it('behind one that keeps bytes', () => expectTaken(mounted(make.raw({ type: '*/*' })), sent));
    it('behind one that makes a text of it', () => expectTaken(mounted(make.text({ type: '*/*' })), sent));
    it('behind parsers that keep the bytes beside', () =>
      expectTaken(
        mounted(make.json({ verify: keep }), make.urlencoded({ extended: true, verify: keep })),
        sent,
      ));
    it('behind what takes its time', () =>
      expectTaken(
        mounted((_req, _res, next) => void setImmediate(next)),
        sent,
      ));
  });

  it('of Vonage’s Messages API, behind parsers that keep the bytes', async () => {
    await expectTaken(mounted(make.json({ verify: keep })), await byVonageMessages());
  });

  it('of Vonage’s Messages API, never without the bytes: a sentence says what to do', async () => {
    const answer = await send(mounted(make.json()), await byVonageMessages());
    expect([answer.status, answer.body.code, door.received]).toEqual([500, 'raw_body_missing', []]);
    expect(answer.body.detail).toContain('Mount signup.router before express.json()');
    expect(door.log.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it.each<[string, string, string, Record<string, string>]>([
    ['nothing, as Twilio', 'application/json', '{}', { 'X-Twilio-Signature': twilioSignature('x') }],
    ['nothing', 'application/json', '{}', {}],
    ['nothing, with blanks', 'application/json', '  { }  ', {}],
    ['nothing at all', 'application/x-www-form-urlencoded', '', {}],
    ['a form with members', 'application/x-www-form-urlencoded', 'a[b]=c', {}],
    ['lists', 'application/json', '{"a":[{"b":1}]}', {}],
    ['something, as Vonage', 'application/json', '{"a":1}', { Authorization: 'Bearer a.b.c' }],
  ])(
    'never of a stranger who sends %s behind parsers, and nobody is alarmed',
    async (_what, type, body, headers) => {
      const app = mounted(make.json(), make.urlencoded({ extended: true }));
      const path = '/signup/sms';
      const answer = await send(app, {
        method: 'POST',
        path,
        headers: { 'Content-Type': type, ...headers },
        body,
      });
      expect([answer.status, answer.body.code, door.received]).toEqual([401, 'sms_not_signed', []]);
      expect(door.log.filter(({ level }) => level !== 'debug')).toEqual([]);
    },
  );

  it('never with more than 16 kB, whoever read it', async () => {
    const sent = byRelay({ body: { to, body: text, more: ' '.repeat(16 * 1024) } });
    for (const parser of [
      make.raw({ type: '*/*' }),
      make.text({ type: '*/*' }),
      make.json({ verify: keep }),
    ]) {
      const answer = await send(mounted(parser), sent);
      expect([answer.status, answer.body.code, door.received]).toEqual([413, 'body_too_large', []]);
    }
  });

  it('never when a parser has read it and kept nothing: a sentence says what to do', async () => {
    const swallow: RequestHandler = (req: Request, _res, next) => void req.resume().on('end', () => next());
    for (const [, sent] of forms) {
      const answer = await send(mounted(swallow), sent);
      expect([answer.status, answer.body.code]).toEqual([500, 'raw_body_missing']);
    }
    expect(door.received).toEqual([]);
    // It is the same for every request: the log has it once.
    const errors = door.log.filter(({ level }) => level === 'error');
    expect(errors.map(({ facts }) => facts)).toMatchObject([
      { code: 'raw_body_missing', detail: expect.stringContaining('Mount signup.router before') },
    ]);
  });
});
