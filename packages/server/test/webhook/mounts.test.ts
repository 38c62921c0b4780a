import express, { Router, type Express, type Request, type RequestHandler } from 'express';
import express4Module from 'express4';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WebhookEvent } from '../../src/index.ts';
import { canaries, startHost, type TestHost } from '../support/host.ts';
import { envelope, partnerAdded, signatureOf } from './support/intake.ts';

/** As far as the two versions are the same. */
type Make = { app: () => Express } & Pick<typeof express, 'json' | 'raw' | 'text' | 'urlencoded' | 'Router'>;
const express4 = express4Module as typeof express; // it comes without types, and these calls have not changed
const versions: [string, Make][] = [
  ['Express 5', { ...express, app: express }],
  [
    'Express 4',
    {
      app: express4,
      json: express4.json,
      raw: express4.raw,
      text: express4.text,
      urlencoded: express4.urlencoded,
      Router: express4.Router,
    },
  ],
];

let host: TestHost;
const heard: WebhookEvent[] = [];
beforeAll(async () => {
  host = await startHost({ numbers: 0, on: { webhook: (event) => void heard.push(event) } });
});
afterAll(() => host.close());
beforeEach(() => {
  heard.length = 0;
  host.log.length = 0;
});

// Text that parsers write differently when they write it anew: an escape, a blank, the order of the members.
const text = `${JSON.stringify(envelope('messages', { text: 'caf\u00e9' })).replace('é', '\\u00e9')} \n`;
const keep = (req: object, _res: unknown, bytes: Buffer) => void Object.assign(req, { rawBody: bytes });

async function post(app: Express, path = '/signup/webhook', type = 'application/json', body = text) {
  const start = performance.now();
  const answer = await request(app)
    .post(path)
    .set('Content-Type', type)
    .set('X-Hub-Signature-256', signatureOf(body, canaries.appSecret))
    // supertest's types want a text; bytes go out as they are.
    .serialize((sent) => sent as unknown as string)
    .send(body);
  return { answer, took: performance.now() - start };
}

/** The bytes reached the kit: it took what is signed, and refuses what is not. */
async function expectWorking(app: Express, path?: string, type?: string) {
  const { answer } = await post(app, path, type);
  expect([answer.status, answer.text]).toEqual([200, '']);
  expect(heard.map(({ data }) => data)).toEqual([JSON.parse(text)]);
  const forged = await request(app)
    .post(path ?? '/signup/webhook')
    .set('Content-Type', 'application/json')
    .set('X-Hub-Signature-256', signatureOf(text, 'another secret'))
    .send(text);
  expect(forged.status).toBe(401);
  expect(heard).toHaveLength(1);
}

describe.each(versions)('under %s, a webhook is taken', (_version, make) => {
  const mounted = (...before: RequestHandler[]): Express => {
    const app = make.app();
    if (before.length > 0) app.use(...(before as [RequestHandler]));
    app.use('/signup', host.signup.router);
    return app;
  };

  it('behind nothing', () => expectWorking(mounted()));
  it('behind express.raw()', () => expectWorking(mounted(make.raw({ type: '*/*' }))));
  it('behind express.raw() of JSON', () => expectWorking(mounted(make.raw({ type: 'application/json' }))));
  it('behind express.json() that keeps the bytes', () => expectWorking(mounted(make.json({ verify: keep }))));
  it('behind express.urlencoded()', () => expectWorking(mounted(make.urlencoded({ extended: true }))));
  it('behind express.text()', () => expectWorking(mounted(make.text())));
  it('behind all of them for other types', () =>
    expectWorking(
      mounted(
        make.urlencoded({ extended: false }),
        make.text(),
        make.raw(),
        make.json({ type: 'text/json' }),
      ),
    ));
  it('behind express.json() of another path', () => {
    const app = make.app();
    app.use('/api', make.json());
    app.use('/signup', host.signup.router);
    return expectWorking(app);
  });
  it('before express.json()', () => {
    const app = mounted();
    app.use(make.json());
    return expectWorking(app);
  });
  it('behind what takes its time', () =>
    expectWorking(mounted((_req, _res, next) => void setTimeout(next, 20))));
  it('in an app inside an app', () => {
    const inner = make.app();
    inner.use('/signup', host.signup.router);
    const outer = make.app();
    outer.use('/partner', inner);
    return expectWorking(outer, '/partner/signup/webhook');
  });
  it('in a router', () => {
    const router = make.Router();
    router.use('/signup', host.signup.router);
    const app = make.app();
    app.use('/partner', router);
    return expectWorking(app, '/partner/signup/webhook');
  });
  it('at the root', () => {
    const app = make.app();
    app.use(host.signup.router);
    return expectWorking(app, '/webhook');
  });
  it('as another type than JSON, as long as the bytes are there', () =>
    expectWorking(mounted(), undefined, 'text/plain'));
  it('by receiveWebhook in a callback of the host’s own', () => {
    const app = make.app();
    app.post('/callback', make.raw({ type: '*/*' }), (req: Request, res) => {
      host.signup.receiveWebhook(req.body as Uint8Array, req.headers).then(
        () => res.status(200).end(),
        (error: { status: number }) => res.sendStatus(error.status),
      );
    });
    return expectWorking(app, '/callback');
  });
});

describe.each(versions)('under %s, a webhook whose bytes are gone fails at once', (_version, make) => {
  const readText: RequestHandler = (req, _res, next) => {
    req.setEncoding('utf8');
    next();
  };
  const drain: RequestHandler = (req, _res, next) => void req.resume().on('end', () => next());

  it.each<[string, RequestHandler[], string?]>([
    ['express.json()', [make.json()]],
    ['express.json() and express.urlencoded()', [make.json(), make.urlencoded({ extended: true })]],
    ['express.text() of everything', [make.text({ type: '*/*' })]],
    [
      'express.urlencoded() of a form',
      [make.urlencoded({ extended: true })],
      'application/x-www-form-urlencoded',
    ],
    [
      'express.json() that keeps a text',
      [make.json({ verify: (req, _res, bytes) => void Object.assign(req, { rawBody: bytes.toString() }) })],
    ],
    ['a reader that keeps nothing', [drain]],
    ['what turns the bytes to text', [readText]],
  ])('behind %s', async (_name, before, type) => {
    const app = make.app();
    app.use(...(before as [RequestHandler]));
    app.use('/signup', host.signup.router);
    const { answer, took } = await post(app, undefined, type);
    expect([answer.status, answer.body.code]).toEqual([500, 'raw_body_missing']);
    expect(answer.body.detail).toMatch(/Mount signup\.router before .* or keep the bytes/);
    const lines = host.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([{ message: 'a request failed', code: 'raw_body_missing' }]);
    expect(String(lines[0]?.['detail'])).toMatch(/Mount signup\.router before/);
    expect(heard).toEqual([]);
    // The quickest of a few: another test may have the machine for a moment.
    const times = [took];
    for (let n = 0; n < 4; n += 1) times.push((await post(app, undefined, type)).took);
    expect(Math.min(...times)).toBeLessThan(50);
  });
});

describe('a webhook behind express.json()', () => {
  it('is refused before its changes count, and is taken when Meta sends it to the mended host', async () => {
    const body = JSON.stringify(envelope('account_update', partnerAdded()));
    const wrong = express();
    wrong.use(express.json());
    wrong.use('/signup', host.signup.router);
    expect((await post(wrong, undefined, undefined, body)).answer.status).toBe(500);
    expect((await post(host.app, undefined, undefined, body)).answer.status).toBe(200);
    expect(host.log.join()).not.toMatch(/102290129340398|CANARY/);
  });

  it('leaves the customers’ routes as they are, which want it parsed', async () => {
    const app = express();
    app.use(express.json());
    const router = Router();
    router.use(host.signup.router);
    app.use('/signup', router);
    const answer = await request(app).post('/signup/sessions').set('x-customer', 'ada').send({});
    expect(answer.status).toBe(201);
  });
});
