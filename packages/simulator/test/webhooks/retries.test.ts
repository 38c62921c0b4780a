import { describe, expect, test } from 'vitest';
import { callback, subscribed } from '../support/callback.ts';
import { NOON, playground } from '../support/playground.ts';

const EVENT = { kind: 'raw', field: 'test', entryId: '1', value: {} } as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('an event is tried again', () => {
  test.each([500, 404, 204, 201, 302, 'break'] as const)(
    'when the callback answers %s',
    async (behaviour) => {
      const simulator = await playground();
      const app = await subscribed(simulator);
      app.behave(behaviour);
      simulator.emit(EVENT);
      await simulator.deliver();
      const status = behaviour === 'break' ? undefined : behaviour;
      expect(simulator.deliveries()).toMatchObject([
        { state: 'waiting', attempts: [{ at: NOON, status }], nextAt: NOON + MINUTE },
      ]);
      app.behave(200);
      await simulator.deliver();
      expect(simulator.deliveries()).toMatchObject([{ state: 'acknowledged', nextAt: undefined }]);
      await simulator.deliver();
      expect(app.events()).toHaveLength(2);
    },
  );

  test('after pauses that grow, up to twelve hours', async () => {
    const simulator = await playground();
    const app = await subscribed(simulator);
    app.behave(500);
    simulator.emit(EVENT);
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      await simulator.deliver({ onlyDue: true });
      const [delivery] = simulator.deliveries();
      expect(delivery?.attempts).toHaveLength(attempt);
      const pause = (delivery?.nextAt ?? 0) - simulator.now();
      pauses.push(pause / MINUTE);
      simulator.setClock((delivery?.nextAt ?? 0) - 1);
      expect(await simulator.deliver({ onlyDue: true })).toEqual([]);
      simulator.setClock(delivery?.nextAt ?? 0);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 720, 720]);
  });

  test('by itself as soon as the clock is moved', async () => {
    const simulator = await playground();
    const app = await callback();
    app.behave(500);
    await simulator.setWebhook({ url: app.url });
    simulator.emit(EVENT);
    await app.arrived(1);
    // Waits for the attempt to be over.
    await simulator.deliver({ onlyDue: true });
    simulator.advance('PT1M');
    expect(await app.arrived(2)).toHaveLength(2);
  });
});

test.each([
  [168, {}],
  [36, { webhookRetryHours: 36 }],
])('an event is given up after %i hours', async (hours, assume) => {
  const simulator = await playground({ assume });
  const app = await subscribed(simulator);
  app.behave(500);
  simulator.emit(EVENT);
  await simulator.deliver();
  simulator.setClock(NOON + hours * HOUR);
  expect(await simulator.deliver()).toHaveLength(1);
  simulator.setClock(NOON + hours * HOUR + 1);
  expect(simulator.deliveries()).toMatchObject([{ state: 'given-up', nextAt: undefined }]);
  expect(await simulator.deliver()).toEqual([]);
  expect(app.events()).toHaveLength(2);
});
