import request from 'supertest';
import { describe, expect, test, vi } from 'vitest';
import { assembleSimulator } from '../src/create-simulator.ts';
import { createSimulator, type WebhookAnswer } from '../src/index.ts';

test('a simulator works without a port', async () => {
  const { app, businessId, systemUserToken, ...simulator } = createSimulator({ numbers: 2 });
  const answer = await request(app)
    .get(`/v26.0/${businessId}/preverified_numbers`)
    .query({ limit: 1 })
    .auth(systemUserToken, { type: 'bearer' });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ data: [{ id: simulator.state().preverifiedNumbers[0]?.id }] });
});

describe('whoever saves the state is told of changes by', () => {
  /** A simulator and who is told. */
  const watched = (options: Parameters<typeof assembleSimulator>[0] = {}) => {
    const changed = vi.fn();
    return { changed, ...assembleSimulator(options, { changed }) };
  };

  test('typed controls, those that fail too', () => {
    const { simulator, changed } = watched();
    expect(changed).not.toHaveBeenCalled();
    simulator.signUp({ ownNumber: '+15550000001' });
    expect(changed).toHaveBeenCalledTimes(1);
    expect(() => simulator.signUp({ ownNumber: '+15550000001' })).toThrow(/no longer available/);
    expect(changed).toHaveBeenCalledTimes(2);
  });

  test('typed controls that take time, when they are done', async () => {
    const { simulator, changed } = watched({ send: () => Promise.reject(new Error('nobody there')) });
    await expect(simulator.setWebhook({ url: 'http://app.example' })).rejects.toThrow(/handshake/);
    const before = changed.mock.calls.length;
    await simulator.setWebhook({ url: 'http://app.example', handshake: false });
    expect(changed.mock.calls.length).toBe(before + 2);
  });

  test.each(['/v26.0/1', '/__simulator/state', '/v26.0/dialog/oauth', '/en_US/sdk.js'])(
    'requests for %s',
    async (path) => {
      const { simulator, changed } = watched();
      await request(simulator.app).get(path);
      await vi.waitFor(() => expect(changed).toHaveBeenCalled());
    },
  );

  test('attempts to deliver webhooks, once they are over', async () => {
    const { promise, resolve } = withResolver<WebhookAnswer>();
    const send = vi.fn(() => promise);
    const { simulator, changed } = watched({ send });
    await simulator.setWebhook({ url: 'http://app.example', handshake: false });
    simulator.emit({ kind: 'raw', field: 'test', entryId: '1', value: {} });
    await vi.waitFor(() => expect(send).toHaveBeenCalled());
    changed.mockClear();
    resolve({ status: 200 });
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
    simulator.close();
  });
});

test('each code that is sent is told once, without the code, also after a reset', () => {
  const told: unknown[] = [];
  const simulator = createSimulator({ onCode: (sent) => told.push(sent), now: () => 5 });
  simulator.signUp({ ownNumber: '+15550000001' });
  simulator.signUp({ ownNumber: '+15550000002' });
  simulator.reset();
  simulator.signUp({ ownNumber: '+15550000003' });
  const how = { method: 'SMS', sentAt: 5 };
  expect(told).toEqual([
    { to: '+15550000001', ...how },
    { to: '+15550000002', ...how },
    { to: '+15550000003', ...how },
  ]);
});

test('whoever is told of a code may look around in the simulator', () => {
  const seen: number[] = [];
  const simulator = createSimulator({
    onCode: () => seen.push(simulator.inbox().length),
    now: () => 5,
  });
  simulator.signUp({ ownNumber: '+15550000001' });
  simulator.signUp({ ownNumber: '+15550000002' });
  expect(seen).toEqual([1, 2]);
});

test.each([{ numbers: -1 }, { numbers: 1.5 }, { seed: -1 }, { seed: Number.NaN }])(
  '%j is refused',
  (options) => {
    expect(() => createSimulator(options)).toThrow(/must be a whole number from 0 on/);
  },
);

function withResolver<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
