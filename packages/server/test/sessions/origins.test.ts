import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import express from 'express';
import fc from 'fast-check';
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { resolveOptions } from '../../src/config/resolve-options.ts';
import type { EmbeddedSignupOptions } from '../../src/index.ts';
import { startHost, type TestHost } from '../support/host.ts';

let host: TestHost;
afterEach(() => host.close());

const allowed = 'https://bsp.example';
const begin = async (allowedOrigins: string[] | ((origin: string) => boolean) = [allowed]) => {
  host = await startHost({ allowedOrigins });
};

const hostile = [
  'https://bsp.example.evil.example',
  'https://evilbsp.example',
  'https://evil-bsp.example',
  'https://sub.bsp.example',
  'https://bsp.example.',
  'https://bsp.example:443',
  'https://bsp.example:444',
  'https://bsp.example/',
  'https://bsp.example/path',
  'https://bsp.example@evil.example',
  'https://evil.example#https://bsp.example',
  'https://evil.example?https://bsp.example',
  'https://BSP.EXAMPLE',
  'HTTPS://bsp.example',
  'http://bsp.example',
  'https//bsp.example',
  'https://bsp.example, https://evil.example',
  'https://evil.example https://bsp.example',
  'https://bsp.example%00.evil.example',
  'https://bsp.example%2eevil.example',
  'https://xn--bsp-example-evil.example',
  'https://bspXexample',
  'https://bsp',
  'file://',
  'null',
  'undefined',
  '*',
  'chrome-extension://abcdefghijklmnop',
];

/** Everything that a page of another origin could send first. */
const roads: [name: string, send: (origin: string) => request.Test][] = [
  [
    'preflight',
    (origin) =>
      request(host.app)
        .options('/signup/sessions')
        .set({ Origin: origin, 'Access-Control-Request-Method': 'POST' }),
  ],
  [
    'POST /sessions',
    (origin) =>
      request(host.app).post('/signup/sessions').set({ Origin: origin, 'x-customer': 'ada' }).send({}),
  ],
  ['POST /claims', (origin) => request(host.app).post('/signup/claims').set('Origin', origin).send({})],
  [
    'POST /session-events',
    (origin) => request(host.app).post('/signup/session-events').set('Origin', origin).send({}),
  ],
  [
    'GET /claims/:id',
    (origin) => request(host.app).get('/signup/claims/1').set({ Origin: origin, 'x-customer': 'ada' }),
  ],
];

const corsOf = ({ headers }: request.Response) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('a page of an origin that is not allowed', () => {
  it.each(hostile)('gets nothing on any road, and no header that names it: %s', async (origin) => {
    await begin();
    for (const [name, send] of roads) {
      const answer = await send(origin);
      expect([name, answer.status, answer.body.code]).toEqual([name, 403, 'origin_not_allowed']);
      expect(corsOf(answer)).toEqual([]);
      expect(answer.headers['vary']).toMatch(/\bOrigin\b/);
      if (origin !== '*') expect(answer.text + JSON.stringify(answer.headers)).not.toContain(origin);
    }
    expect((await host.signup.pool.list({ limit: 10 })).items.some((one) => one.heldBy)).toBe(false);
  });

  it('never gets in, whatever it is made of', async () => {
    await begin();
    const part = fc.constantFrom(
      'https://',
      'http://',
      'bsp',
      '.',
      'example',
      ':443',
      '/',
      '@',
      '#',
      'evil',
      '%',
      ' ',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 8 }), async (parts) => {
        const origin = parts.join('').trim();
        fc.pre(origin !== allowed && origin !== '');
        const answer = await request(host.app).get('/signup/claims/1').set('Origin', origin);
        expect([answer.status, corsOf(answer)]).toEqual([403, []]);
      }),
      { numRuns: process.env['TEST_LONG'] === '1' ? 20_000 : 200 },
    );
  });

  it('gets nothing by sending its origin twice', async () => {
    await begin();
    const answer = await raw([
      'GET /signup/claims/1 HTTP/1.1',
      'Host: kit.example',
      'Origin: https://evil.example',
      `Origin: ${allowed}`,
    ]);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).not.toMatch(/access-control/i);
  });
});

describe('a page of an allowed origin', () => {
  it('is named exactly, with credentials, on what succeeds, on what is refused and on errors', async () => {
    host = await startHost({
      allowedOrigins: [allowed],
      customer: (req) => {
        if (req.get('x-customer') === 'broken') throw new Error('the host is broken');
        return req.get('x-customer');
      },
    });
    const { session } = await host.open('ada');
    const post = (path: string) => request(host.app).post(`/signup${path}`).set('Origin', allowed);
    const expected: [number, request.Test][] = [
      [201, post('/sessions').set('x-customer', 'ada').send({})],
      [401, post('/sessions').send({})],
      [500, post('/sessions').set('x-customer', 'broken').send({})],
      [400, post('/sessions').set('x-customer', 'ada').send({ country: 'usa' })],
      [400, post('/claims').type('json').send('{"event":')],
      [401, post('/claims').send({ event: 'FINISH' })],
      [413, post('/claims').send({ code: 'x'.repeat(200_000) })],
      [415, post('/claims').type('form').send('event=FINISH')],
      [204, post('/session-events').set('X-Signup-Session', session).send({ event: 'CANCEL' })],
      [404, request(host.app).get('/signup/claims/1').set({ Origin: allowed, 'X-Signup-Session': session })],
      [400, request(host.app).get('/signup/claims/%E0%A4%A').set('Origin', allowed)],
      [404, request(host.app).get('/signup/sessions').set('Origin', allowed)],
    ];
    for (const [status, sent] of expected) {
      const answer = await sent;
      expect(answer.status).toBe(status);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': allowed,
        'access-control-allow-credentials': 'true',
      });
      expect(answer.headers['vary']).toMatch(/\bOrigin\b/);
    }
  });

  it('may ask first for all that the widget sends', async () => {
    await begin();
    for (const path of ['/sessions', '/session-events', '/claims', '/claims/1']) {
      const answer = await request(host.app).options(`/signup${path}`).set({
        Origin: allowed,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type,x-signup-session',
        'Sec-Fetch-Site': 'cross-site',
      });
      expect(answer.status).toBe(204);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': allowed,
        'access-control-allow-credentials': 'true',
        vary: 'Origin',
      });
      expect(words(answer.headers['access-control-allow-headers'])).toEqual([
        'authorization',
        'content-type',
        'x-signup-session',
      ]);
      expect(words(answer.headers['access-control-allow-methods'])).toEqual(['get', 'post']);
    }
  });
});

describe('a function of the host', () => {
  it('decides for each origin, and is given it as the browser sends it', async () => {
    const asked: string[] = [];
    await begin((origin) => {
      asked.push(origin);
      return origin === 'https://customer-7.example';
    });
    const ask = (origin: string) => request(host.app).get('/signup/claims/1').set('Origin', origin);
    expect((await ask('https://customer-7.example')).status).toBe(401);
    expect((await ask('https://customer-8.example')).status).toBe(403);
    expect(asked).toEqual(['https://customer-7.example', 'https://customer-8.example']);
  });

  it('has the last word on pages without an origin, which a list cannot name', async () => {
    await begin(() => true);
    const answer = await request(host.app).get('/signup/claims/1').set('Origin', 'null');
    expect(answer.headers['access-control-allow-origin']).toBe('null');
  });

  it.each(['null', '*', 'bsp.example', 'https://bsp.example/', 'http://bsp.example'])(
    'is what it takes for more than exact origins: a list with %s is refused at the start',
    (listed) => {
      const options: EmbeddedSignupOptions = {
        meta: { appId: '1', appSecret: 'x', configId: '1', businessId: '1', systemUserToken: 'x' },
        secrets: ['a-secret-of-more-than-32-bytes-0123456'],
        customer: () => undefined,
        allowedOrigins: [allowed, listed],
      };
      expect(() => resolveOptions(options)).toThrow('allowedOrigins.1');
      expect(() => resolveOptions({ ...options, allowedOrigins: [allowed] })).not.toThrow();
    },
  );

  it('is what it takes for a family of origins: a star in a list stands for itself', async () => {
    await begin(['https://*.bsp.example', 'https://*']);
    for (const origin of ['https://www.bsp.example', 'https://bsp.example', 'https://evil.example']) {
      expect((await request(host.app).get('/signup/claims/1').set('Origin', origin)).status).toBe(403);
    }
  });

  it.each<[string, () => unknown]>([
    ['a promise, even of no', () => Promise.resolve(false)],
    ['a text', () => 'no'],
    ['what a regular expression gives', () => /example/.exec('https://evil.example')],
  ])('lets nobody in when it returns %s', async (_name, answer) => {
    await begin(answer as () => boolean); // what a host without TypeScript could give
    const said = await request(host.app).get('/signup/claims/1').set('Origin', 'https://evil.example');
    expect(said.status).toBe(500);
    expect(corsOf(said)).toEqual([]);
    expect(said.headers['vary']).toMatch(/\bOrigin\b/);
    expect(host.log.join()).toContain('HostAnswerError');
  });

  it.each([undefined, null])('says no with %s, as a table of origins does', async (nothing) => {
    await begin(() => nothing as unknown as boolean); // what a host without TypeScript could give
    const ask = () => request(host.app).get('/signup/claims/1');
    expect((await ask().set('Origin', 'https://evil.example')).status).toBe(403);
    expect((await ask().set({ Host: 'kit.example', Origin: 'https://kit.example' })).status).toBe(401);
  });

  it('lets nobody in when it throws', async () => {
    await begin(() => {
      throw new Error('broken');
    });
    const said = await request(host.app).get('/signup/claims/1').set('Origin', 'https://evil.example');
    expect([said.status, corsOf(said)]).toEqual([500, []]);
  });
});

describe('a browser’s own word', () => {
  it.each([
    ['same-origin', undefined, 401],
    ['none', undefined, 401],
    ['same-site', undefined, 403],
    ['cross-site', undefined, 403],
    ['something-new', undefined, 403],
    // It knows the page’s origin better than a Host that a proxy may have changed.
    ['same-origin', 'https://kit.example', 401],
    ['cross-site', 'http://127.0.0.1', 403],
    ['same-site', allowed, 401],
    ['cross-site', allowed, 401],
  ])('%s, from %s, is answered %s', async (site, origin, status) => {
    await begin();
    const answer = await request(host.app)
      .get('/signup/claims/1')
      .set({ 'Sec-Fetch-Site': site, ...(origin === undefined ? {} : { Origin: origin }) });
    expect(answer.status).toBe(status);
  });

  it('is not needed: an older one’s Origin is held against the host it calls', async () => {
    await begin();
    const ask = (origin: string) =>
      request(host.app).get('/signup/claims/1').set({ Host: 'kit.example', Origin: origin });
    expect((await ask('https://kit.example')).status).toBe(401);
    for (const origin of ['https://kit.example:8443', 'https://evil.example', 'null', 'kit.example']) {
      expect((await ask(origin)).status).toBe(403);
    }
  });
});

describe('what a page of any site can send without asking', () => {
  const types = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'text/plain; application/json',
    'application/jsonx',
    'application/x-json',
  ];

  it.each(types)('opens no session, with a body or without: %s', async (type) => {
    await begin();
    const post = () =>
      request(host.app).post('/signup/sessions').set({ 'x-customer': 'ada', 'Content-Type': type });
    expect((await post()).status).toBe(415);
    expect((await post().send('{}')).status).toBe(415);
    expect((await host.signup.pool.list({ limit: 10 })).items.some((one) => one.heldBy)).toBe(false);
  });

  it('brings no claim either when the host has parsers of its own in front', async () => {
    await begin();
    const { session } = await host.open('ada');
    const app = express();
    app.use(
      express.urlencoded({ extended: true }),
      express.text(),
      express.json({ type: 'text/*' }),
      host.app,
    );
    const post = () => request(app).post('/signup/claims').set('X-Signup-Session', session);
    expect((await post().type('form').send('event=FINISH')).status).toBe(415);
    expect((await post().type('text').send('{"event":"FINISH"}')).status).toBe(415);
    expect((await host.signup.claims.list({ limit: 1 })).items).toEqual([]);
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON ;charset=utf-8'])(
    'is not JSON, which is taken: %s',
    async (type) => {
      await begin();
      const post = request(host.app).post('/signup/sessions').set('x-customer', 'ada');
      expect((await post.set('Content-Type', type).send('{}')).status).toBe(201);
    },
  );

  it('is not an empty POST without a type, as a command line sends it', async () => {
    await begin();
    expect((await request(host.app).post('/signup/sessions').set('x-customer', 'ada')).status).toBe(201);
  });
});

function words(list: string | undefined): string[] {
  return (list ?? '')
    .toLowerCase()
    .split(',')
    .map((word) => word.trim())
    .sort();
}

/** Sends lines as they are: no client of HTTP sends one header twice. */
async function raw(lines: string[]): Promise<string> {
  const server = createServer(host.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP port was asked for
  const socket = connect(port, '127.0.0.1');
  socket.write([...lines, 'Connection: close', '', ''].join('\r\n'));
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  server.close();
  return answer;
}
