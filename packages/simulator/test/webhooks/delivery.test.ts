import { describe, expect, test, vi } from 'vitest';
import { createSimulator, type WebhookCall } from '../../src/index.ts';
import { callback, control, deliveredTo, subscribed } from '../support/callback.ts';
import { at } from '../support/graph-client.ts';
import { NOON, playground } from '../support/playground.ts';

/** An event that goes to the app whatever there is, told apart by its name. */
function named(name: string) {
  return { kind: 'raw', field: 'test', entryId: '1', value: { name } } as const;
}

const nameIn = (body: unknown) => at(body, 'entry', 0, 'changes', 0, 'value', 'name');
const namesIn = (body: unknown) => {
  const changes = at(body, 'entry', 0, 'changes');
  return Array.isArray(changes) ? changes.map((change: unknown) => at(change, 'value', 'name')) : [];
};

describe('events go out', () => {
  test('by themselves, unless they are held', async () => {
    const simulator = await playground();
    const app = await callback();
    await simulator.setWebhook({ url: app.url });
    simulator.emit(named('first'));
    expect((await app.arrived(1)).map(({ body }) => nameIn(body))).toEqual(['first']);
    // Waits for the first to be over.
    await simulator.deliver({ onlyDue: true });
    simulator.setDelivery({ auto: false });
    simulator.emit(named('second'));
    simulator.emit(named('third'));
    expect(simulator.deliveries()).toHaveLength(1);
    simulator.setDelivery({ auto: true });
    expect((await app.arrived(3)).map(({ body }) => nameIn(body))).toEqual(['first', 'second', 'third']);
  });

  test('after a delay by the simulator’s clock, or at once when forced', async () => {
    const simulator = await playground();
    const app = await callback();
    await simulator.setWebhook({ url: app.url });
    simulator.setDelivery({ delayMs: 60_000 });
    simulator.emit(named('late'));
    expect(await simulator.deliver({ onlyDue: true })).toEqual([]);
    simulator.advance('PT1M');
    expect((await app.arrived(1)).map(({ body }) => nameIn(body))).toEqual(['late']);
    simulator.emit(named('forced'));
    const [made] = await simulator.deliver();
    expect(made).toMatchObject({ state: 'acknowledged', attempt: { status: 200 } });
    expect(app.events()).toHaveLength(2);
  });

  test('several in one body, up to the size of a batch', async () => {
    const simulator = await playground();
    const app = await subscribed(simulator);
    await control(simulator, 'PUT /webhook/delivery', { batch: 2 });
    for (const name of ['a', 'b', 'c']) simulator.emit(named(name));
    const bodies = await deliveredTo(simulator, app);
    expect(bodies.map(namesIn)).toEqual([['a', 'b'], ['c']]);
  });

  test('in another order, which is the same for the same seed', async () => {
    const orderWith = async (seed: number, order: 'sent' | 'shuffled') => {
      const simulator = await playground({ seed });
      const app = await subscribed(simulator);
      simulator.setDelivery({ order });
      for (const name of 'abcdefgh') simulator.emit(named(name));
      return (await deliveredTo(simulator, app)).map(nameIn).join('');
    };
    expect(await orderWith(1, 'sent')).toBe('abcdefgh');
    const shuffled = await orderWith(1, 'shuffled');
    expect(shuffled).not.toBe('abcdefgh');
    expect([...shuffled].toSorted().join('')).toBe('abcdefgh');
    expect(await orderWith(1, 'shuffled')).toBe(shuffled);
    expect(await orderWith(2, 'shuffled')).not.toBe(shuffled);
  });

  test('more than once, or not at all', async () => {
    const simulator = await playground();
    const app = await subscribed(simulator);
    simulator.setDelivery({ duplicates: 2 });
    simulator.emit(named('thrice'));
    expect((await deliveredTo(simulator, app)).map(nameIn)).toEqual(['thrice', 'thrice', 'thrice']);
    simulator.setDelivery({ duplicates: 0, drop: 1 });
    simulator.emit(named('lost'));
    simulator.emit(named('kept'));
    expect((await deliveredTo(simulator, app)).map(nameIn)).toEqual(['kept']);
    expect(simulator.webhook().delivery.drop).toBe(0);
    expect(simulator.deliveries().map(({ state, duplicate }) => [state, duplicate])).toEqual([
      ['acknowledged', false],
      ['acknowledged', true],
      ['acknowledged', true],
      ['lost', false],
      ['acknowledged', false],
    ]);
  });

  test('to whatever `send` is given, without any port', async () => {
    const calls: WebhookCall[] = [];
    const simulator = createSimulator({
      now: () => NOON,
      send: (call) => {
        calls.push(call);
        const challenge = new URL(call.url).searchParams.get('hub.challenge');
        return Promise.resolve({ status: 200, body: challenge ?? undefined });
      },
    });
    await simulator.setWebhook({ url: 'https://app.example/webhook' });
    simulator.emit(named('x'));
    await simulator.deliver();
    expect(calls.map(({ method, url }) => [method, url.split('?')[0]])).toEqual([
      ['GET', 'https://app.example/webhook'],
      ['POST', 'https://app.example/webhook'],
    ]);
    simulator.close();
    simulator.emit(named('after the end'));
    expect(await simulator.deliver()).toEqual([]);
    expect(calls).toHaveLength(2);
  });
});

test.each([
  { batch: 0 },
  { batch: 1001 },
  { duplicates: -1 },
  { delayMs: 1.5 },
  { drop: '1' },
  { order: 'backwards' },
  { auto: 'yes' },
  { speed: 1 },
])('the delivery option %o is refused with a sentence', async (options) => {
  const simulator = await playground();
  const before = simulator.webhook();
  const answer = await control(simulator, 'PUT /webhook/delivery', { auto: false, ...options });
  expect(answer.status).toBe(400);
  expect(at(answer.body, 'error')).toEqual(expect.any(String));
  expect(simulator.webhook()).toEqual(before);
});

test.each(['close', 'reset'] as const)('%s breaks off what is on its way', async (end) => {
  const signals: AbortSignal[] = [];
  const simulator = createSimulator({
    now: () => NOON,
    send: (call) => {
      signals.push(call.signal);
      return new Promise(() => undefined);
    },
  });
  const url = 'https://app.example/';
  await simulator.setWebhook({ url, handshake: false });
  simulator.setDelivery({ auto: false });
  simulator.emit(named('x'));
  void simulator.deliver();
  await vi.waitFor(() => expect(signals).toHaveLength(1));
  expect(signals[0]?.aborted).toBe(false);
  simulator[end]();
  expect(signals[0]?.aborted).toBe(true);
  expect(await simulator.deliver()).toEqual([]);
});

test('a sender that throws is a callback that does not answer', async () => {
  const simulator = createSimulator({
    now: () => NOON,
    send: () => {
      throw new Error('no network here');
    },
  });
  const url = 'https://app.example/';
  await expect(simulator.setWebhook({ url })).rejects.toThrow(/did not answer/);
  await simulator.setWebhook({ url, handshake: false });
  simulator.emit(named('x'));
  await simulator.deliver();
  expect(simulator.deliveries()).toMatchObject([{ state: 'waiting', attempts: [{ status: undefined }] }]);
  simulator.close();
});
