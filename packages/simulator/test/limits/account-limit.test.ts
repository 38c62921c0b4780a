import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at, errorOf, graph, type Answer } from '../support/graph-client.ts';
import { NOON, onboarded, playground, seedOne } from '../support/playground.ts';

type Customer = Awaited<ReturnType<typeof onboarded>>;

/** The first entry of the usage header. */
function usageOf({ headers }: Answer, { wabaId }: Customer) {
  return at(JSON.parse(headers.get('x-business-use-case-usage') ?? '{}'), wabaId, 0);
}

async function readAccount(simulator: Simulator, { wabaId, token }: Customer, times = 1) {
  let answer = await graph(simulator, `GET /${wabaId}`, { token });
  for (let call = 1; call < times; call += 1) answer = await graph(simulator, `GET /${wabaId}`, { token });
  return answer;
}

async function register(simulator: Simulator, { phoneNumberId, token }: Customer) {
  const json = { messaging_product: 'whatsapp', pin: '123456' };
  return await graph(simulator, `POST /${phoneNumberId}/register`, { token, json });
}

test('the usage header counts up, with an entry for management and one for messages', async () => {
  const simulator = await playground();
  const customer = await onboarded(simulator);
  const first = await readAccount(simulator, customer);
  expect(JSON.parse(first.headers.get('x-business-use-case-usage') ?? '')).toEqual({
    [customer.wabaId]: [
      {
        type: 'whatsapp_business_management',
        call_count: 0,
        total_cputime: 0,
        total_time: 0,
        estimated_time_to_regain_access: 0,
      },
      {
        type: 'whatsapp',
        call_count: 0,
        total_cputime: 0,
        total_time: 0,
        estimated_time_to_regain_access: 0,
      },
    ],
  });
  expect(usageOf(await readAccount(simulator, customer), customer)).toMatchObject({ call_count: 1 });
  expect(usageOf(await readAccount(simulator, customer, 98), customer)).toMatchObject({
    call_count: 50,
    total_cputime: 12,
    total_time: 12,
  });
});

describe.each([
  ['live', {}, { status: 400, code: 80_008 }],
  ['live', { throttledStatus: 429, accountLimitCode: 80_007 }, { status: 429, code: 80_007 }],
  ['openapi', {}, { status: 429, code: 80_008 }],
] as const)('in the %s profile with %o', (profile, assume, refusal) => {
  test('200 calls in an hour are answered, and no more, until the hour is over', async () => {
    const simulator = await playground({ profile, assume });
    const customer = await onboarded(simulator);
    const last = await readAccount(simulator, customer, 200);
    expect(last.status).toBe(200);
    expect(usageOf(last, customer)).toMatchObject({ call_count: 100, estimated_time_to_regain_access: 60 });
    const refused = await readAccount(simulator, customer);
    expect(errorOf(refused)).toEqual(refusal);
    expect(usageOf(refused, customer)).toMatchObject({
      call_count: 100,
      estimated_time_to_regain_access: 60,
    });
    simulator.advance('PT1H');
    const free = await readAccount(simulator, customer);
    expect(free.status).toBe(200);
    expect(usageOf(free, customer)).toMatchObject({ call_count: 0, estimated_time_to_regain_access: 0 });
  });
});

test('a refused call does no work', async () => {
  const simulator = await playground();
  const customer = await onboarded(simulator);
  await readAccount(simulator, customer, 200);
  const path = `/${customer.wabaId}/subscribed_apps`;
  expect(errorOf(await graph(simulator, `POST ${path}`, customer)).code).toBe(80_008);
  expect(simulator.state().accounts[0]?.subscribed).toBe(false);
});

test('calls stop counting one by one as they get an hour old', async () => {
  const simulator = await playground();
  const customer = await onboarded(simulator);
  await readAccount(simulator, customer, 100);
  simulator.advance('PT30M');
  await readAccount(simulator, customer, 100);
  simulator.advance('PT29M');
  expect((await readAccount(simulator, customer)).status).toBe(400);
  simulator.advance('PT1M');
  const free = await readAccount(simulator, customer, 100);
  expect(free.status).toBe(200);
  expect((await readAccount(simulator, customer)).status).toBe(400);
});

test('continued calls lengthen the block by a minute each, to an hour after the last at most', async () => {
  const simulator = await playground();
  const customer = await onboarded(simulator);
  await readAccount(simulator, customer, 201);
  simulator.advance('PT50M');
  const refused = await readAccount(simulator, customer, 5);
  expect(usageOf(refused, customer)).toMatchObject({ estimated_time_to_regain_access: 15 });
  simulator.advance('PT14M');
  const eager = await readAccount(simulator, customer, 100);
  expect(usageOf(eager, customer)).toMatchObject({ estimated_time_to_regain_access: 60 });
  simulator.advance('PT1H');
  expect((await readAccount(simulator, customer)).status).toBe(200);
});

test('a call during a block never shortens it, not even when the clock was set back', async () => {
  const simulator = await playground();
  const customer = await onboarded(simulator);
  await readAccount(simulator, customer, 201);
  simulator.setClock(NOON - 2 * 3_600_000);
  const refused = await readAccount(simulator, customer);
  expect(usageOf(refused, customer)).toMatchObject({ estimated_time_to_regain_access: 180 });
});

test('with a registered number 5000 calls in an hour are answered', async () => {
  const simulator = await playground();
  const customer = await onboarded(simulator);
  await readAccount(simulator, customer, 199);
  expect((await register(simulator, customer)).status).toBe(200);
  expect(usageOf(await readAccount(simulator, customer), customer)).toMatchObject({ call_count: 4 });
  const call = () => readAccount(simulator, customer, 48);
  for (let round = 0; round < 5; round += 1) await Promise.all(Array.from({ length: 20 }, call));
  const last = await readAccount(simulator, customer);
  expect(last.status).toBe(400);
  expect(usageOf(last, customer)).toMatchObject({ call_count: 100 });
  expect(
    simulator.requests({ path: `/${customer.wabaId}` }).filter(({ status }) => status === 200),
  ).toHaveLength(5000);
});

test('a number that is taken off the Cloud API takes the higher limit along', async () => {
  const simulator = await playground();
  const customer = await onboarded(simulator);
  await register(simulator, customer);
  await readAccount(simulator, customer, 20);
  expect(usageOf(await readAccount(simulator, customer), customer)).toMatchObject({ call_count: 0 });
  const { phoneNumberId, token } = customer;
  expect((await graph(simulator, `POST /${phoneNumberId}/deregister`, { token })).status).toBe(200);
  expect(usageOf(await readAccount(simulator, customer), customer)).toMatchObject({ call_count: 11 });
});

test('each account has a limit of its own', async () => {
  const simulator = await playground();
  const one = await onboarded(simulator);
  const other = await onboarded(simulator);
  await readAccount(simulator, one, 201);
  expect((await readAccount(simulator, other)).status).toBe(200);
});

test('the calls that the rate limiting page lists count, whoever makes them, and no others', async () => {
  const simulator = await playground();
  const customer = await onboarded(simulator);
  const { wabaId, phoneNumberId, token, businessId } = customer;
  const { id } = seedOne(simulator);
  const { systemUserToken } = simulator;
  const counts = async (call: string, caller: string) =>
    (await graph(simulator, call, { token: caller })).headers.has('x-business-use-case-usage');
  for (const caller of [token, systemUserToken]) {
    expect(await counts(`GET /${wabaId}`, caller)).toBe(true);
    expect(await counts(`GET /${wabaId}/phone_numbers`, caller)).toBe(true);
    expect(await counts(`GET /${phoneNumberId}`, caller)).toBe(true);
    for (const edge of ['assigned_users', 'message_templates', 'subscribed_apps']) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        expect([method, edge, await counts(`${method} /${wabaId}/${edge}`, caller)]).toEqual([
          method,
          edge,
          true,
        ]);
      }
    }
    expect(await counts(`POST /${phoneNumberId}/register`, caller)).toBe(false);
    expect(await counts(`POST /${wabaId}/phone_numbers`, caller)).toBe(false);
    expect(await counts(`GET /${businessId}`, caller)).toBe(false);
    expect(await counts(`GET /${id}`, caller)).toBe(false);
  }
  expect(await counts(`GET /${wabaId}`, 'EAAnobody')).toBe(false);
});

test('faults come before limits, and a call with a fault that is not done counts against none', async () => {
  const simulator = await playground();
  const customer = await onboarded(simulator);
  await readAccount(simulator, customer, 200);
  simulator.setFaults([{ match: {}, times: 1, fault: { kind: 'html' } }]);
  const { wabaId, token } = customer;
  const page = await fetch(`${simulator.url}/${wabaId}`, { headers: { authorization: `Bearer ${token}` } });
  expect(page.status).toBe(502);
  await page.text();
  expect((await readAccount(simulator, customer)).status).toBe(400);
});

test('a reset forgets what was counted', async () => {
  const simulator = await playground();
  const customer = await onboarded(simulator);
  await readAccount(simulator, customer, 201);
  simulator.reset();
  const fresh = await onboarded(simulator);
  expect(usageOf(await readAccount(simulator, fresh), fresh)).toMatchObject({ call_count: 0 });
});
