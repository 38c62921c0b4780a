import { expect, test } from 'vitest';
import { createSimulator } from '../src/index.ts';
import { createRequestLedger, type RecordedRequest } from '../src/ledger/request-ledger.ts';
import { at, graph } from './support/graph-client.ts';
import { NOON, onboarded, playground } from './support/playground.ts';

const paths = (requests: readonly RecordedRequest[]) =>
  requests.map(({ method, path }) => `${method} ${path}`);

test('calls are found by method, path and time', async () => {
  const simulator = await playground();
  await graph(simulator, 'GET /v26.0/1/register');
  await graph(simulator, 'POST /v26.0/1/register');
  simulator.advance('PT1M');
  await graph(simulator, 'POST /2/register');
  await graph(simulator, 'POST /2/deregister');
  expect(paths(simulator.requests({ method: 'post', path: '/*/register' }))).toEqual([
    'POST /1/register',
    'POST /2/register',
  ]);
  expect(paths(simulator.requests({ path: '2/register' }))).toEqual(['POST /2/register']);
  expect(simulator.requests({ since: NOON })).toHaveLength(4);
  expect(simulator.requests({ since: NOON + 1, method: 'POST' })).toHaveLength(2);
  expect(simulator.requests({ path: '/nothing' })).toEqual([]);

  const found = async (query: string) => {
    const { body } = await graph(simulator, `GET /__simulator/requests${query}`);
    return paths(at(body, 'requests') as RecordedRequest[]);
  };
  expect(await found('?path=/*/register&method=GET')).toEqual(['GET /1/register']);
  expect(await found(`?since=${NOON + 60_000}`)).toHaveLength(2);
  expect(await found('?since=2026-11-20T12:01:00Z&path=/2/*')).toHaveLength(2);
  expect(await found('')).toHaveLength(4);
});

test.each(['?since=noon', '?status=200', '?path=/1&path=/2'])(
  '%s is refused with a sentence',
  async (query) => {
    const simulator = await playground();
    const answer = await graph(simulator, `GET /__simulator/requests${query}`);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.any(String) } });
  },
);

test('it is emptied without touching anything else', async () => {
  const simulator = await playground({ numbers: 1 });
  await graph(simulator, 'GET /1');
  simulator.clearRequests();
  expect(simulator.requests()).toEqual([]);
  await graph(simulator, 'GET /1');
  const emptied = await graph(simulator, 'DELETE /__simulator/requests');
  expect(emptied).toMatchObject({ status: 200, body: { requests: [] } });
  expect(simulator.requests()).toEqual([]);
  expect(simulator.state().preverifiedNumbers).toHaveLength(1);
});

test('it keeps the newest calls, in order, however often it goes round', async () => {
  const simulator = await playground({ ledgerLimit: 3 });
  for (let call = 1; call <= 8; call += 1) {
    await graph(simulator, `GET /${call}`);
    const kept = [call - 2, call - 1, call].filter((number) => number > 0).map((number) => `GET /${number}`);
    expect(paths(simulator.requests())).toEqual(kept);
  }
  simulator.clearRequests();
  for (const call of [9, 10, 11]) await graph(simulator, `GET /${call}`);
  expect(paths(simulator.requests())).toEqual(['GET /9', 'GET /10', 'GET /11']);
});

test('by default it keeps 100,000 calls; with 0 it keeps none', async () => {
  const ledger = createRequestLedger({ limit: 100_000 });
  const request = (traceId: string): RecordedRequest => ({
    at: NOON,
    method: 'GET',
    path: '/1',
    version: 'v26.0',
    query: {},
    body: {},
    token: 'none',
    status: 200,
    traceId,
  });
  for (let call = 0; call < 100_002; call += 1) ledger.add(request(String(call)));
  const kept = ledger.list();
  expect([kept.length, kept[0]?.traceId, kept.at(-1)?.traceId]).toEqual([100_000, '2', '100001']);
  const none = await playground({ ledgerLimit: 0 });
  await graph(none, 'GET /1');
  expect(none.requests()).toEqual([]);
  for (const ledgerLimit of [-1, 1.5, Infinity]) {
    expect(() => createSimulator({ ledgerLimit })).toThrow(/ledgerLimit/);
  }
});

test('no secret inside JSON text, bracketed names or broken JSON is kept', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const path = `POST /${phoneNumberId}/register`;
  const backup = JSON.stringify({ data: 'kept', password: 'hunter2' });
  await graph(simulator, path, { token, form: new URLSearchParams({ backup, list: `[${backup}]` }) });
  await graph(simulator, `${path}?backup=${encodeURIComponent(` ${backup}`)}`, { token });
  await graph(simulator, path, { token, form: new URLSearchParams({ 'backup[password]': 'hunter2' }) });
  await graph(simulator, path, { token, form: new URLSearchParams({ backup: '{"password":"hunter2"' }) });
  await graph(simulator, path, { token, form: new URLSearchParams({ backup: '{"kept": "as it is"' }) });
  const text = JSON.stringify(simulator.requests());
  expect(text).not.toContain('hunter2');
  expect(text).toContain('kept');
  expect(text).toContain('as it is');
});
