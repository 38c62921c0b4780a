import type { Settings } from '../../settings/settings.ts';
import type { Simulation } from '../../world/simulation.ts';
import type { Delivery, DeliveryAttempt } from '../../world/webhook-state.ts';
import { putTogether } from './put-together.ts';
import { inOrder } from './in-order.ts';
import { isTooOld, retryPause } from './retry-pause.ts';
import { signatureOf } from './sign-body.ts';
import type { SendWebhook, WebhookAnswer } from './webhook-sender.ts';

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

/** Sends what is waiting, one request after the other. */
export interface DeliveryLoop {
  /** Looks at what is waiting and, with `auto`, sees that it is sent when it is due. Call it whenever that may change. */
  wake(): void;
  /** Tries everything once that is due, or `all` that waits. Never rejects. */
  pass(which: 'due' | 'all'): Promise<MadeAttempt[]>;
  /** Aborted by `stop`. */
  signal(): AbortSignal;
  /** Breaks what is on its way, for a fresh start or, with `forGood`, for ever. */
  stop(options?: { readonly forGood: boolean }): void;
}

/** Longest time a timer of Node can run. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A loop that is asleep. */
export function createDeliveryLoop(deps: LoopDeps): DeliveryLoop {
  const { world, clock, later } = deps;
  let stopping = new AbortController();
  let callOff: () => void = () => undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const loop: DeliveryLoop = {
    signal: () => stopping.signal,
    wake() {
      callOff();
      const due = earliest(deps);
      if (closed || !world.webhook.delivery.auto || due === undefined) return;
      const armedAt = clock.now();
      callOff = later(Math.min(Math.max(0, due - armedAt), LONGEST_TIMER), () => {
        if (clock.now() >= due) void loop.pass('due').then(loop.wake, loop.wake);
        // A clock that stands still is moved by a control, which wakes the loop itself.
        else if (clock.now() > armedAt) loop.wake();
      });
    },
    pass(which) {
      if (closed) return Promise.resolve([]);
      const { signal } = stopping;
      const made = last.then(() => tryOnce(deps, which, signal));
      // What went wrong with one pass is its caller's; the next one starts all the same.
      last = made.catch(() => undefined);
      return made;
    },
    stop({ forGood } = { forGood: false }) {
      closed = forGood;
      callOff();
      stopping.abort();
      stopping = new AbortController();
      // Whoever sends may not listen to the signal.
      last = Promise.resolve();
    },
  };
  return loop;
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

async function tryOnce(deps: LoopDeps, which: 'due' | 'all', signal: AbortSignal): Promise<MadeAttempt[]> {
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
  const status = await statusOf(() => send({ method: 'POST', url, headers, body, signal }));
  if (signal.aborted) return undefined;
  const attempt = { at, status };
  delivery.attempts.push(attempt);
  if (status === 200) delivery.state = 'acknowledged';
  else delivery.nextAt = at + retryPause(delivery.attempts.length);
  return attempt;
}

/** Undefined when there is no answer. */
async function statusOf(answer: () => Promise<WebhookAnswer>): Promise<number | undefined> {
  try {
    return (await answer()).status;
  } catch {
    return undefined;
  }
}
