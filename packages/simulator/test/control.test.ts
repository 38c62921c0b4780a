import { describe, expect, test } from 'vitest';
import { createSimulator, startSimulator, type Simulator } from '../src/index.ts';
import { addDuration } from '../src/clock/add-duration.ts';
import { at, graph } from './support/graph-client.ts';
import { NOON, playground } from './support/playground.ts';

const control = (simulator: Simulator, request: string, json?: unknown) =>
  graph(simulator, request.replace(' /', ' /__simulator/'), json === undefined ? {} : { json });

describe('the clock', () => {
  test('is set in milliseconds or as a time, and moved by durations', async () => {
    const simulator = await playground();
    expect((await control(simulator, 'POST /clock', { advance: 'P46D' })).body).toEqual({
      now: NOON + 46 * 86_400_000,
    });
    expect((await control(simulator, 'POST /clock', { now: 1000 })).body).toEqual({ now: 1000 });
    expect((await control(simulator, 'POST /clock', { now: '2027-01-01T00:00:00Z' })).body).toEqual({
      now: Date.UTC(2027, 0, 1),
    });
  });

  test.each([
    {},
    { now: 'noon' },
    { advance: '46 days' },
    { advance: 'P' },
    { now: 1, advance: 'P1D' },
    { later: 1 },
  ])('%o is refused with a sentence', async (body) => {
    const simulator = await playground();
    const answer = await control(simulator, 'POST /clock', body);
    expect(answer.status).toBe(400);
    expect(at(answer.body, 'error')).toEqual(expect.any(String));
    expect(simulator.now()).toBe(NOON);
  });

  test.each([
    ['P1Y2M', Date.UTC(2028, 0, 20, 12)],
    ['P1W', Date.UTC(2026, 10, 27, 12)],
    ['P1DT1H1M1.5S', Date.UTC(2026, 10, 21, 13, 1, 1, 500)],
  ])('%s later is right', (duration, time) => {
    expect(addDuration(NOON, duration)).toBe(time);
  });
});

describe('numbers', () => {
  test('are put into the pool by number or by count, in any status', async () => {
    const simulator = await playground();
    const named = await control(simulator, 'POST /numbers', {
      phoneNumbers: ['+1 555 078 3881'],
      status: 'EXPIRED',
    });
    expect(named.status).toBe(201);
    expect(at(named.body, 'numbers', 0)).toMatchObject({ phoneNumber: '+15550783881', status: 'EXPIRED' });
    const counted = await control(simulator, 'POST /numbers', { count: 2 });
    expect(at(counted.body, 'numbers')).toMatchObject([
      { displayPhoneNumber: '+1 555-010-0001', status: 'VERIFIED', verifiedAt: NOON },
      { displayPhoneNumber: '+1 555-010-0002', status: 'VERIFIED', expiresAt: NOON + 90 * 86_400_000 },
    ]);
  });

  test('are added all or not at all', async () => {
    const simulator = await playground({ numbers: 1 });
    for (const phoneNumbers of [['+15550783881', 'x'], ['+15550783881', '15550783881'], ['+15550100001']]) {
      expect((await control(simulator, 'POST /numbers', { phoneNumbers })).status).toBe(400);
    }
    expect(simulator.state().preverifiedNumbers).toHaveLength(1);
  });
});

test('a sign-up over HTTP returns the messages, the code and the ids', async () => {
  const simulator = await playground({ numbers: 1 });
  const numberId = simulator.state().preverifiedNumbers[0]?.id;
  const answer = await control(simulator, 'POST /signups', { ids: [numberId] });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    messages: [expect.stringContaining('"event":"FINISH"')],
    code: expect.stringMatching(/^AQ/),
    wabaId: expect.any(String),
    phoneNumberId: expect.any(String),
    businessId: expect.any(String),
  });
  const again = await control(simulator, 'POST /signups', { numberId });
  expect(again.status).toBe(409);
  expect((await control(simulator, 'POST /signups', { outcome: 'explode' })).status).toBe(400);
});

test('the inbox is read for one phone or for all', async () => {
  const simulator = await playground();
  simulator.signUp({ ownNumber: '+15550000001' });
  simulator.signUp({ ownNumber: '+15550000002' });
  expect(at((await control(simulator, 'GET /inbox')).body, 'messages')).toHaveLength(2);
  const one = await control(simulator, 'GET /inbox?to=+15550000002');
  expect(at(one.body, 'messages')).toMatchObject([{ to: '+15550000002' }]);
});

test('faults are scripted over HTTP, and checked', async () => {
  const simulator = await playground();
  const error = { code: 2, message: 'x' };
  const fault = { kind: 'error', status: 503, error };
  const script = [{ match: { method: 'GET', path: '/*' }, times: 1, fault }];
  expect((await control(simulator, 'POST /faults', script)).status).toBe(200);
  expect((await graph(simulator, 'GET /v26.0/1')).status).toBe(503);
  for (const wrong of [
    {},
    [{ fault: { kind: 'explode' } }],
    [{ match: { url: '/' }, fault: { kind: 'lost' } }],
  ]) {
    expect((await control(simulator, 'POST /faults', wrong)).status).toBe(400);
  }
});

test('a reset brings back the start: numbers, clock, inbox, ledger and faults', async () => {
  const simulator = await playground({ numbers: 2 });
  simulator.signUp({ ownNumber: '+15550000001' });
  simulator.advance('P200D');
  simulator.setFaults([{ match: {}, fault: { kind: 'reset' } }]);
  expect((await control(simulator, 'POST /reset')).status).toBe(200);
  expect(simulator.state()).toMatchObject({
    now: NOON,
    accounts: [],
    phoneNumbers: [],
    tokens: 0,
    openCodes: 0,
  });
  expect(simulator.state().preverifiedNumbers).toHaveLength(2);
  expect(simulator.inbox()).toEqual([]);
  expect((await graph(simulator, 'GET /v26.0/1')).status).toBe(401);
  expect(simulator.requests()).toHaveLength(1);
});

test('unknown controls and bodies that are not JSON are answered with a sentence', async () => {
  const simulator = await playground();
  expect((await control(simulator, 'GET /nonsense')).status).toBe(404);
  const headers = { 'content-type': 'application/json' };
  const broken = await graph(simulator, 'POST /__simulator/clock', { body: '{', headers });
  expect(broken).toMatchObject({ status: 400, body: { error: 'The body is not JSON.' } });
});

test('several simulators live side by side and know nothing of each other', async () => {
  const one = await playground({ numbers: 1 });
  const two = await playground({ numbers: 2, appId: '123456789012345', systemUserToken: 'EAAother' });
  expect(one.url).not.toBe(two.url);
  expect(one.state().preverifiedNumbers).toHaveLength(1);
  expect(two.state().preverifiedNumbers).toHaveLength(2);
  const answer = await graph(two, `GET /${two.businessId}`, { token: one.systemUserToken });
  expect(answer.status).toBe(401);
});

test('a port that is taken rejects, and impossible options are named', async () => {
  const simulator = await playground();
  const port = Number(new URL(simulator.url).port);
  await expect(startSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(() => createSimulator({ appId: 'my app' })).toThrow(/appId/);
  expect(() => createSimulator({ graphVersions: ['26'] })).toThrow(/graphVersions/);
});
