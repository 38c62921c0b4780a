import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { at, errorOf, graph, queryOf } from './support/graph-client.ts';
import { onboarded, playground, seedOne } from './support/playground.ts';

describe.each([
  ['live', { status: 400, code: 100, subcode: 33 }],
  ['openapi', { status: 404, code: 803 }],
] as const)('in the %s profile', (profile, hidden) => {
  test('a customer sees their own account and number, and nobody else’s', async () => {
    const simulator = await playground({ profile });
    const one = await onboarded(simulator);
    const other = await onboarded(simulator);
    expect((await graph(simulator, `GET /${one.wabaId}`, one)).status).toBe(200);
    expect((await graph(simulator, `GET /${one.phoneNumberId}`, one)).status).toBe(200);
    expect(errorOf(await graph(simulator, `GET /${other.wabaId}`, one))).toEqual(hidden);
    expect(errorOf(await graph(simulator, `GET /${other.phoneNumberId}`, one))).toEqual(hidden);
    expect(errorOf(await graph(simulator, `POST /${other.wabaId}/subscribed_apps`, one))).toEqual(hidden);
  });

  test('a customer sees neither the BSP’s business nor its pool', async () => {
    const simulator = await playground({ profile });
    const customer = await onboarded(simulator);
    const { id } = seedOne(simulator);
    const { businessId } = simulator;
    expect(errorOf(await graph(simulator, `GET /${id}`, customer))).toEqual(hidden);
    expect(errorOf(await graph(simulator, `GET /${businessId}/preverified_numbers`, customer))).toEqual(
      hidden,
    );
  });

  test('an object that never was is answered like one that may not be seen', async () => {
    const simulator = await playground({ profile });
    const answer = await graph(simulator, 'GET /v26.0/999', { token: simulator.systemUserToken });
    expect(errorOf(answer)).toEqual(hidden);
  });

  test('a missing or unknown token is 190 with a challenge', async () => {
    const simulator = await playground({ profile });
    for (const token of [undefined, 'EAAnobody']) {
      const answer = await graph(simulator, `GET /v26.0/${simulator.businessId}`, token ? { token } : {});
      expect(errorOf(answer)).toEqual({ status: 401, code: 190 });
      expect(answer.headers.get('www-authenticate')).toMatch(/^OAuth "Facebook Platform" "invalid_token" "/);
      expect(at(answer.body, 'error')).toEqual({
        message: expect.any(String),
        type: 'OAuthException',
        code: 190,
        fbtrace_id: answer.headers.get('x-fb-trace-id'),
      });
    }
  });
});

test('a customer’s business has no pool: permissions error', async () => {
  const simulator = await playground();
  const { businessId, token } = await onboarded(simulator);
  expect(errorOf(await graph(simulator, `GET /${businessId}/preverified_numbers`, { token }))).toEqual({
    status: 403,
    code: 200,
  });
});

test('the system user sees what customers shared, unless that is switched off', async () => {
  const shared = await playground();
  const hidden = await playground({ assume: { sharedAccountsVisibleToSystemUser: false } });
  const one = await onboarded(shared);
  const two = await onboarded(hidden);
  expect((await graph(shared, `GET /${one.wabaId}`, { token: shared.systemUserToken })).status).toBe(200);
  expect((await graph(hidden, `GET /${two.wabaId}`, { token: hidden.systemUserToken })).status).toBe(400);
});

test('an app token sees no objects', async () => {
  const simulator = await playground();
  const token = `${simulator.appId}|${simulator.appSecret}`;
  expect((await graph(simulator, `GET /${simulator.businessId}`, { token })).status).toBe(400);
});

test('the token may be a parameter', async () => {
  const simulator = await playground();
  const query = queryOf({ access_token: simulator.systemUserToken });
  expect((await graph(simulator, `GET /v26.0/${simulator.businessId}?${query}`)).status).toBe(200);
});

test('appsecret_proof is checked when it is sent', async () => {
  const simulator = await playground();
  const { businessId, appSecret, systemUserToken: token } = simulator;
  const proof = createHmac('sha256', appSecret).update(token).digest('hex');
  expect((await graph(simulator, `GET /${businessId}?appsecret_proof=${proof}`, { token })).status).toBe(200);
  const wrong = await graph(simulator, `GET /${businessId}?appsecret_proof=${'0'.repeat(64)}`, { token });
  expect(errorOf(wrong)).toEqual({ status: 400, code: 100 });
  expect(at(wrong.body, 'error', 'type')).toBe('GraphMethodException');
});

describe('versions', () => {
  test.each([
    ['/v26.0', 'v26.0'],
    ['/v23.0', 'v23.0'],
    ['', 'v26.0'],
    ['/v17.0', 'v21.0'],
  ])('a call under "%s" is served by %s', async (prefix, version) => {
    const simulator = await playground();
    const { businessId, systemUserToken: token } = simulator;
    const answer = await graph(simulator, `GET ${prefix}/${businessId}`, { token });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('facebook-api-version')).toBe(version);
  });

  test('a version that does not exist is an unknown path', async () => {
    const simulator = await playground({ graphVersions: ['v26.0'] });
    const { businessId, systemUserToken: token } = simulator;
    expect(errorOf(await graph(simulator, `GET /v27.0/${businessId}`, { token })).code).toBe(2500);
  });
});

test('paths, edges and fields that do not exist are refused as Meta does', async () => {
  const simulator = await playground();
  const { businessId, systemUserToken: token } = simulator;
  const code = async (request: string) => errorOf(await graph(simulator, request, { token }));
  expect(await code('GET /v26.0/nonsense')).toEqual({ status: 400, code: 2500 });
  expect(await code(`GET /v26.0/${businessId}/nonsense`)).toEqual({ status: 400, code: 100 });
  expect(await code(`POST /v26.0/${businessId}/nonsense`)).toEqual({ status: 400, code: 100, subcode: 33 });
  expect(await code(`GET /v26.0/${businessId}?fields=nonsense`)).toEqual({ status: 400, code: 100 });
  expect(await code(`GET /v26.0/${businessId}?fields=constructor`)).toEqual({ status: 400, code: 100 });
});
