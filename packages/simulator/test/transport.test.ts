import { Agent } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { at, errorOf, graph, text } from './support/graph-client.ts';
import { onboarded, playground, seedOne } from './support/playground.ts';
import { wire } from './faults/support/wire-client.ts';

const errorIn = (body: Buffer) =>
  errorOf({ status: 0, headers: new Headers(), body: JSON.parse(body.toString()) });

test('every answer names its version, trace, request and revision, and is not to be kept', async () => {
  const simulator = await playground();
  for (const path of [`/v23.0/${simulator.businessId}`, '/v23.0/1']) {
    const { headers } = await graph(simulator, `GET ${path}`, { token: simulator.systemUserToken });
    expect(Object.fromEntries(headers)).toMatchObject({
      'facebook-api-version': 'v23.0',
      'x-fb-trace-id': expect.stringMatching(/^\w{23}$/),
      'x-fb-request-id': expect.stringMatching(/^\w{23}$/),
      'x-fb-rev': expect.stringMatching(/^\d+$/),
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'private, no-cache, no-store, must-revalidate',
    });
    expect(headers.has('x-powered-by')).toBe(false);
  }
});

test('every answer is dated by the simulator’s clock, good ones, errors and faults alike', async () => {
  const simulator = await playground();
  simulator.setFaults([{ match: { path: '/2' }, fault: { kind: 'html' } }]);
  const dated = async (path: string) =>
    (await wire(simulator, `GET ${path}`, { token: simulator.systemUserToken })).headers.date;
  const paths = [`/v26.0/${simulator.businessId}`, '/v26.0/1', '/v26.0/2'];
  for (const path of paths) expect(await dated(path)).toBe('Fri, 20 Nov 2026 12:00:00 GMT');
  simulator.advance('P46D');
  expect(await dated('/v26.0/1')).toBe('Tue, 05 Jan 2027 12:00:00 GMT');
});

describe('other methods', () => {
  test('HEAD is a GET without its body', async () => {
    const simulator = await playground();
    const token = simulator.systemUserToken;
    const seen = await wire(simulator, `HEAD /${simulator.businessId}`, { token });
    expect(seen).toMatchObject({ status: 200, pieces: 0, broken: undefined });
    expect(Number(seen.headers['content-length'])).toBeGreaterThan(10);
    expect((await wire(simulator, 'HEAD /1', { token })).status).toBe(400);
    expect(simulator.requests()).toMatchObject([
      { method: 'HEAD', status: 200 },
      { method: 'HEAD', status: 400, errorCode: 100 },
    ]);
  });

  test('OPTIONS names the methods, needs no token and does nothing', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const seen = await wire(simulator, `OPTIONS /${id}`);
    expect(seen).toMatchObject({ status: 200, headers: { allow: 'GET, HEAD, POST, DELETE, OPTIONS' } });
    expect(simulator.state().preverifiedNumbers).toHaveLength(1);
  });

  test.each(['PUT', 'PATCH'])('%s is an unsupported request', async (method) => {
    const simulator = await playground();
    const { systemUserToken: token, businessId } = simulator;
    const answer = await graph(simulator, `${method} /${businessId}`, { token, json: { a: 1 } });
    expect(errorOf(answer)).toEqual({ status: 400, code: 100, subcode: 33 });
    expect(text(answer.body, 'error', 'message')).toContain(`Unsupported ${method.toLowerCase()} request`);
  });

  test('a code cannot be exchanged, nor a token inspected, by a method that does not ask', async () => {
    const simulator = await playground();
    const token = simulator.systemUserToken;
    for (const method of ['DELETE', 'PUT']) {
      expect(errorOf(await graph(simulator, `${method} /oauth/access_token`, { token })).subcode).toBe(33);
      expect(errorOf(await graph(simulator, `${method} /debug_token`, { token })).subcode).toBe(33);
    }
  });
});

describe('bodies', () => {
  const big = `pin=${'1'.repeat(3_000_001)}`;

  test('one that is too large is a Graph error, and in the ledger', async () => {
    const simulator = await playground();
    const { phoneNumberId, token } = await onboarded(simulator);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const path = `/${phoneNumberId}/register`;
    const answer = await graph(simulator, `POST ${path}`, { token, headers, body: big });
    expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
    expect(text(answer.body, 'error', 'message')).toContain('the body is too large');
    expect(answer.headers.get('x-fb-trace-id')).toBe(text(answer.body, 'error', 'fbtrace_id'));
    expect(simulator.requests({ path })).toMatchObject([
      { method: 'POST', status: 400, errorCode: 100, token: 'business', body: {} },
    ]);
  });

  test('a fault is played on a body that is too large, too', async () => {
    const simulator = await playground();
    simulator.setFaults([{ match: { path: '/1' }, fault: { kind: 'html' } }]);
    expect((await wire(simulator, 'POST /1', { body: big })).status).toBe(502);
  });

  test.each([
    ['of an unknown compression', 'zip', 'whatever'],
    ['that is not what its compression says', 'gzip', 'not gzip'],
  ])('one %s is a Graph error', async (_what, encoding, body) => {
    const simulator = await playground();
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
    const answer = await graph(simulator, 'POST /1', { token: simulator.systemUserToken, headers, body });
    expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
    expect(simulator.requests()).toHaveLength(1);
  });

  test('a compressed one is read', async () => {
    const simulator = await playground();
    const { phoneNumberId, token } = await onboarded(simulator);
    const answer = await fetch(`${simulator.url}/${phoneNumberId}/register`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: gzipSync(JSON.stringify({ messaging_product: 'whatsapp', pin: '123456' })),
    });
    expect(await answer.json()).toEqual({ success: true });
  });

  test('a call that breaks off while it is sent is no call', async () => {
    const simulator = await playground();
    const { hostname, port } = new URL(simulator.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write('POST /1/register HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\npin=1');
        setImmediate(() => socket.destroy());
      });
      socket.once('close', () => resolve());
    });
    await graph(simulator, 'GET /2');
    expect(simulator.requests()).toMatchObject([{ method: 'GET', path: '/2' }]);
  });
});

test('a Host header that is none, or strange paths, are answered as Graph answers', async () => {
  const simulator = await playground();
  const token = simulator.systemUserToken;
  const host = await wire(simulator, `GET /v26.0/${simulator.businessId}`, {
    token,
    headers: { host: 'a b:c' },
  });
  expect(host.status).toBe(200);
  for (const path of ['/', '//', '/v26.0', '/v26.0//1', '/%', '/1/%ff', '/v26.0/1/2/3', '/v26.0/__proto__']) {
    const seen = await wire(simulator, `GET ${path}`, { token });
    expect([path, seen.status, typeof errorIn(seen.body).code]).toEqual([path, 400, 'number']);
  }
});

test('a connection is used again and again, also after errors and unread bodies', async () => {
  const simulator = await playground();
  const token = simulator.systemUserToken;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<unknown>();
  agent.on('free', (socket) => sockets.add(socket));
  for (const call of ['GET /1', `GET /${simulator.businessId}`, 'POST /nonsense', 'DELETE /1']) {
    await wire(simulator, call, { token, agent, ...(call.startsWith('POST') && { json: { a: 1 } }) });
  }
  expect(sockets.size).toBe(1);
  agent.destroy();
});

test('faults of one simulator are not those of another', async () => {
  const one = await playground();
  const two = await playground();
  one.setFaults([{ match: {}, times: 'always', fault: { kind: 'html' } }]);
  expect((await wire(one, 'GET /1')).status).toBe(502);
  expect((await wire(two, 'GET /1')).status).toBe(401);
  expect([one.requests().length, two.requests().length]).toEqual([1, 1]);
});

describe('when the app requires proof', () => {
  test('a call without it is refused, with it answered', async () => {
    const { createHmac } = await import('node:crypto');
    const simulator = await playground({ requireAppSecretProof: true });
    const { businessId, appSecret, systemUserToken: token } = simulator;
    const missing = await graph(simulator, `GET /${businessId}`, { token });
    expect(errorOf(missing)).toEqual({ status: 400, code: 100 });
    expect(at(missing.body, 'error')).toMatchObject({
      type: 'GraphMethodException',
      message: 'API calls from the server require an appsecret_proof argument',
    });
    const proof = createHmac('sha256', appSecret).update(token).digest('hex');
    const proven = await graph(simulator, `GET /${businessId}?appsecret_proof=${proof}`, { token });
    expect(proven.status).toBe(200);
    const wrong = await graph(simulator, `GET /${businessId}?appsecret_proof=${'0'.repeat(64)}`, { token });
    expect(at(wrong.body, 'error', 'message')).toBe('Invalid appsecret_proof provided in the API argument');
  });

  test('a code is exchanged without: there is no token yet', async () => {
    const simulator = await playground({ requireAppSecretProof: true });
    expect((await onboarded(simulator)).token).toMatch(/^EAA/);
  });
});
