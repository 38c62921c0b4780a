import type { Settings } from '../../settings/settings.ts';
import type { Delivery, QueuedChange } from '../../world/webhook-state.ts';
import type { World } from '../../world/world.ts';
import { inOrder } from './in-order.ts';
import { writeBody } from './write-body.ts';

interface Deps {
  readonly world: World;
  readonly settings: Pick<Settings, 'seed'>;
  /** ms, UTC. */
  readonly now: number;
}

/** Makes deliveries of the changes that are due, or of `all`, by the delivery options of the moment. */
export function putTogether({ world, settings, now }: Deps, which: 'due' | 'all'): void {
  const { webhook } = world;
  const isReady = ({ dueAt }: QueuedChange) => which === 'all' || dueAt <= now;
  const ready = webhook.changes.filter(isReady);
  webhook.changes = webhook.changes.filter((change) => !isReady(change));
  const ordered = inOrder(ready, webhook.delivery.order, settings.seed + webhook.counted);
  for (const batch of batchesOf(ordered, webhook.delivery.batch)) {
    for (let copy = 0; copy <= webhook.delivery.duplicates; copy += 1) {
      addDelivery({ world, now }, batch, copy > 0);
    }
  }
}

function addDelivery(
  { world: { webhook }, now }: Omit<Deps, 'settings'>,
  batch: readonly QueuedChange[],
  duplicate: boolean,
): void {
  const isLost = webhook.delivery.drop > 0;
  if (isLost) webhook.delivery = { ...webhook.delivery, drop: webhook.delivery.drop - 1 };
  webhook.counted += 1;
  const delivery: Delivery = {
    id: String(webhook.counted),
    url: batch[0]?.url ?? '',
    body: writeBody(batch),
    changes: batch.length,
    duplicate,
    createdAt: now,
    state: isLost ? 'lost' : 'waiting',
    attempts: [],
    nextAt: now,
  };
  webhook.deliveries.push(delivery);
}

/** Neighbours for the same callback together, up to `size`; the odd shapes alone. */
function batchesOf(changes: readonly QueuedChange[], size: number): QueuedChange[][] {
  const batches: QueuedChange[][] = [];
  for (const change of changes) {
    const last = batches.at(-1);
    const fits =
      last !== undefined &&
      last.length < size &&
      last.every(({ url, shape }) => url === change.url && shape === 'regular') &&
      change.shape === 'regular';
    if (fits) last.push(change);
    else batches.push([change]);
  }
  return batches;
}
