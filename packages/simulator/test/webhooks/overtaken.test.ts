import { describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/index.ts';

/** A simulator whose callbacks answer the handshake only when told. */
function withSlowCallbacks() {
  const waiting: (() => void)[] = [];
  const simulator = createSimulator({
    send: ({ url }) =>
      new Promise((resolve) => {
        const body = new URL(url).searchParams.get('hub.challenge') ?? '';
        waiting.push(() => resolve({ status: 200, body }));
      }),
  });
  const subscribe = (name: string) =>
    simulator.setWebhook({ url: `http://${name}.example/hook`, verifyToken: 'x' });
  return { simulator, subscribe, answer: (index: number) => waiting[index]?.() };
}

describe('a handshake that ends late changes nothing', () => {
  test.each([
    ['a reset', 'reset'],
    ['the subscription was ended', 'removeWebhook'],
  ] as const)('after %s', async (_when, end) => {
    const { simulator, subscribe, answer } = withSlowCallbacks();
    const subscribed = subscribe('old');
    simulator[end]();
    answer(0);
    await expect(subscribed).rejects.toThrow(/under way/);
    expect(simulator.webhook().url).toBeUndefined();
  });

  test('after another one was asked for', async () => {
    const { simulator, subscribe, answer } = withSlowCallbacks();
    const [old, newest] = [subscribe('old'), subscribe('new')];
    answer(1);
    await newest;
    answer(0);
    await expect(old).rejects.toThrow(/under way/);
    expect(simulator.webhook().url).toBe('http://new.example/hook');
  });
});

test('an event that cannot be written is refused, and the next one goes out', async () => {
  const sent: unknown[] = [];
  const simulator = createSimulator({
    send: (call) => {
      sent.push(call.body);
      return Promise.resolve({ status: 200 });
    },
  });
  await simulator.setWebhook({ url: 'http://bsp.example/hook', verifyToken: 'x', handshake: false });
  simulator.setDelivery({ auto: false });
  const value = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
  const raw = { kind: 'raw', field: 'account_update', entryId: '1' } as const;
  expect(() => simulator.emit({ ...raw, value })).toThrow(TypeError);
  simulator.emit({ ...raw, value: { event: 'ODD' } });
  await simulator.deliver();
  expect(sent).toHaveLength(1);
});

test('nobody can ask for more duplicates than memory holds', () => {
  const simulator = createSimulator();
  expect(() => simulator.setDelivery({ duplicates: 1e15 })).toThrow(/at most 1000/);
});
