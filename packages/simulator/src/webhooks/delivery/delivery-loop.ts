import type { Settings } from '../../settings/settings.ts';
import type { Simulation } from '../../world/simulation.ts';
import type { Delivery, DeliveryAttempt } from '../../world/webhook-state.ts';
import { putTogether } from './put-together.ts';
import { inOrder } from './in-order.ts';
import { createPassLoop, type PassLoop, type Which } from './pass-loop.ts';
import { isTooOld, retryPause } from './retry-pause.ts';
import { signatureOf } from './sign-body.ts';
import { statusOf } from './status-of.ts';
import type { SendWebhook } from './webhook-sender.ts';

/** One attempt that was made just now, and the delivery it belongs to. */
export interface MadeAttempt {
  readonly delivery: Delivery;
  readonly attempt: DeliveryAttempt;
}

/** What the loop works with. */
export interface LoopDeps extends Pick<Simulation, 'settings' | 'clock' | 'world'> {
  readonly send: SendWebhook;
  /** Runs something after so many ms of real time, without keeping the process alive; returns how to call it off. */
  readonly later: Settings['later'];
}

/** The loop of the webhooks, asleep. By itself it sends only with the delivery option `auto`. */
export function createDeliveryLoop(deps: LoopDeps): PassLoop<MadeAttempt> {
  const { clock, later } = deps;
  return createPassLoop({
    clock,
    later,
    earliest: () => (deps.world.webhook.delivery.auto ? earliest(deps) : undefined),
    tryOnce: (which, signal) => tryOnce(deps, which, signal),
  });
}

function earliest({ world: { webhook } }: LoopDeps): number | undefined {
  const times = [
    ...webhook.changes.map(({ dueAt }) => dueAt),
    ...webhook.deliveries.filter(isWaiting).map(({ nextAt }) => nextAt),
  ];
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
}

function isWaiting({ state }: Delivery): boolean {
  return state === 'waiting';
}

async function tryOnce(deps: LoopDeps, which: Which, signal: AbortSignal): Promise<MadeAttempt[]> {
  const { world, settings, clock } = deps;
  const now = clock.now();
  putTogether({ world, settings, now }, which);
  const { deliveries, delivery: options, counted } = world.webhook;
  const due = deliveries.filter(
    (delivery) => isWaiting(delivery) && (which === 'all' || delivery.nextAt <= now),
  );
  const made: MadeAttempt[] = [];
  for (const delivery of inOrder(due, options.order, settings.seed + counted)) {
    if (signal.aborted) break;
    if (isTooOld(delivery, clock.now(), settings.assumptions.webhookRetryHours)) {
      delivery.state = 'given-up';
      continue;
    }
    const attempt = await tryDelivery(deps, delivery, signal);
    if (attempt !== undefined) made.push({ delivery, attempt });
  }
  return made;
}

/** Undefined when it was broken off by `stop`: then nothing is known about it, and nothing is noted. */
async function tryDelivery(
  { send, settings, clock }: LoopDeps,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<DeliveryAttempt | undefined> {
  const { url, body } = delivery;
  const at = clock.now();
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'facebookexternalua',
    accept: '*/*',
    'x-hub-signature-256': signatureOf(body, settings.appSecret),
  };
  const status = await statusOf(() => send({ purpose: 'event', method: 'POST', url, headers, body, signal }));
  if (signal.aborted) return undefined;
  const attempt = { at, status };
  delivery.attempts.push(attempt);
  if (status === 200) delivery.state = 'acknowledged';
  else delivery.nextAt = at + retryPause(delivery.attempts.length);
  return attempt;
}
