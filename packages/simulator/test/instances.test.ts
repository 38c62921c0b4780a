import { expect, test } from 'vitest';
import { callback, control } from './support/callback.ts';
import { errorOf, graph } from './support/graph-client.ts';
import { NOON, onboarded, playground } from './support/playground.ts';

/** Two simulators of the same seed in one process. */
const pair = async () =>
  [await playground({ numbers: 2, seed: 5 }), await playground({ numbers: 2, seed: 5 })] as const;

test('simulators of the same seed begin alike, and each has a world of its own', async () => {
  const [one, two] = await pair();
  expect(one.state()).toEqual(two.state());
  const { token, wabaId } = await onboarded(one);
  expect(two.state()).toMatchObject({ accounts: [], tokens: 0 });
  expect((await graph(two, `GET /v26.0/${wabaId}`, { token })).status).toBe(401);
  expect((await graph(one, `GET /v26.0/${wabaId}`, { token })).status).toBe(200);
});

test('what one does leaves the ids and codes of the other as they would be alone', async () => {
  const [one, two] = await pair();
  const [alone] = await pair();
  for (const digits of ['+15550000001', '+15550000002']) one.signUp({ ownNumber: digits });
  expect(two.signUp({ ownNumber: '+15550000009' })).toEqual(alone.signUp({ ownNumber: '+15550000009' }));
});

test('clock, faults, inbox and ledger are of one only', async () => {
  const [one, two] = await pair();
  await control(one, 'POST /clock', { advance: 'P1D' });
  await control(one, 'POST /clock', { run: false });
  one.setFaults([
    { match: {}, times: 'always', fault: { kind: 'error', status: 503, error: { code: 2, message: 'x' } } },
  ]);
  one.signUp({ ownNumber: '+15550000001' });
  expect(two.clock()).toEqual({ now: NOON, running: true });
  expect(two.inbox()).toEqual([]);
  expect(errorOf(await graph(one, 'GET /v26.0/1')).status).toBe(503);
  expect(errorOf(await graph(two, 'GET /v26.0/1')).status).toBe(401);
  expect([one.requests().length, two.requests().length]).toEqual([1, 1]);
});

test('each tells its own callback', async () => {
  const [one, two] = await pair();
  const [first, second] = [await callback(), await callback()];
  await one.setWebhook({ url: first.url });
  await two.setWebhook({ url: second.url });
  one.emit({ kind: 'raw', field: 'test', entryId: '1', value: {} });
  await first.arrived(1);
  expect(second.events()).toEqual([]);
  expect(two.deliveries()).toEqual([]);
});

test('closing or resetting one leaves the other as it is', async () => {
  const [one, two] = await pair();
  const app = await callback();
  await two.setWebhook({ url: app.url });
  const { token, wabaId } = await onboarded(two);
  const before = two.state();
  one.reset();
  await one.close();
  await expect(fetch(one.url)).rejects.toThrow();
  expect(two.state()).toEqual(before);
  expect((await graph(two, `GET /v26.0/${wabaId}`, { token })).status).toBe(200);
  two.emit({ kind: 'raw', field: 'test', entryId: '1', value: {} });
  await app.arrived(1);
});
