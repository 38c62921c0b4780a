import { expect, test, vi } from 'vitest';
import { createClock } from '../../src/clock/clock.ts';
import { resolveSettings } from '../../src/settings/default-settings.ts';
import type { WebhookCall } from '../../src/index.ts';
import { createIdentifiers } from '../../src/random/identifiers.ts';
import { seededRandom } from '../../src/random/seeded-random.ts';
import { createWebhooks } from '../../src/webhooks/create-webhooks.ts';
import { createWorld, type World } from '../../src/world/world.ts';
import { NOON } from '../support/playground.ts';

/** Webhooks over a saved state, or a new one, with a callback that answers `status`. */
function start(status: number, saved?: World['webhook']) {
  const settings = resolveSettings({ now: () => NOON });
  const ids = createIdentifiers({ random: seededRandom(1) });
  const world = createWorld({ businessId: settings.businessId, ids });
  if (saved !== undefined) world.webhook = saved;
  const calls: WebhookCall[] = [];
  const send = (call: WebhookCall) => {
    calls.push(call);
    return Promise.resolve({ status });
  };
  const { later } = settings;
  const webhooks = createWebhooks({ settings, ids, world, clock: createClock(settings), send, later });
  return { webhooks, world, calls };
}

test('what waits is sent after a restart from saved JSON', async () => {
  const before = start(500);
  await before.webhooks.subscribe({ url: 'https://app.example/', handshake: false });
  before.webhooks.setDelivery({ auto: false, delayMs: 1 });
  before.webhooks.emit({ kind: 'raw', field: 'test', entryId: '1', value: { name: 'tried' } });
  await before.webhooks.deliver('all');
  before.webhooks.emit({ kind: 'raw', field: 'test', entryId: '1', value: { name: 'queued' } });
  before.webhooks.stop({ forGood: true });

  const saved = JSON.parse(JSON.stringify(before.world.webhook)) as World['webhook'];
  const after = start(200, saved);
  const made = await after.webhooks.deliver('all');
  expect(made.map(({ rawBody, state }) => [/tried|queued/.exec(rawBody)?.[0], state])).toEqual([
    ['tried', 'acknowledged'],
    ['queued', 'acknowledged'],
  ]);
});

test('what is due after a restart goes out as soon as the loop is woken', async () => {
  const before = start(500);
  await before.webhooks.subscribe({ url: 'https://app.example/', handshake: false });
  before.webhooks.emit({ kind: 'raw', field: 'test', entryId: '1', value: {} });
  before.webhooks.stop({ forGood: true });

  const after = start(200, structuredClone(before.world.webhook));
  expect(after.calls).toEqual([]);
  after.webhooks.wake();
  await vi.waitFor(() => expect(after.calls).toHaveLength(1));
});
