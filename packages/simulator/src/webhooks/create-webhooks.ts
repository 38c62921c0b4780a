import { momentOf, type Simulation } from '../world/simulation.ts';
import type { WorldEvent } from '../world/world-event.ts';
import type { DeliveryOptions } from '../world/webhook-state.ts';
import { createDeliveryLoop, type LoopDeps } from './delivery/delivery-loop.ts';
import type { SendWebhook } from './delivery/webhook-sender.ts';
import { describeDelivery, type DeliveryState, type MadeDelivery } from './describe-delivery.ts';
import { changeDelivery } from './change-delivery.ts';
import { hear } from './events/hear.ts';
import { playEvent } from './events/play-event.ts';
import type { SimulatorEvent } from './events/simulator-event.ts';
import { queueReport, type ReportedEvent } from './report.ts';
import { subscribe, unsubscribe, type WebhookRequest } from './subscribe.ts';

/** The app's webhook as it is set up; the verify token is not told. */
export interface WebhookDescription {
  /** The app's callback; undefined when none is subscribed. */
  readonly url: string | undefined;
  /** The fields that are ticked; undefined for all of them. */
  readonly fields: readonly string[] | undefined;
  readonly version: string | undefined;
  readonly delivery: DeliveryOptions;
}

/** Everything about webhooks: who is told, what, when and how. */
export interface Webhooks {
  /** Takes what happened in the world; see `Tell`. */
  hear(event: WorldEvent): void;
  subscribe(request: WebhookRequest): Promise<WebhookDescription>;
  unsubscribe(): void;
  describe(): WebhookDescription;
  setDelivery(options: Partial<DeliveryOptions>): DeliveryOptions;
  deliver(which: 'due' | 'all'): Promise<readonly MadeDelivery[]>;
  deliveries(): readonly DeliveryState[];
  emit(event: SimulatorEvent): readonly ReportedEvent[];
  /** Looks again at what is due; to be called when the clock was moved. */
  wake(): void;
  /** Breaks off what is on its way, for a fresh start or, with `forGood`, for ever. */
  stop(options?: { readonly forGood: boolean }): void;
}

interface Deps extends Omit<Simulation, 'tell'>, Pick<LoopDeps, 'later'> {
  readonly send: SendWebhook;
}

/** The webhooks of one simulated world. */
export function createWebhooks(deps: Deps): Webhooks {
  const { world, clock, settings, ids, send } = deps;
  const loop = createDeliveryLoop(deps);
  const queueAll = (event: WorldEvent): ReportedEvent[] => {
    const now = clock.now();
    const reported = hear({ world, settings, now }, event).map((report) =>
      queueReport({ world, now }, report),
    );
    loop.wake();
    return reported;
  };
  let asked = 0;
  const webhooks: Webhooks = {
    hear: (event) => void queueAll(event),
    async subscribe(request) {
      asked += 1;
      const mine = asked;
      const isCurrent = () => mine === asked;
      await subscribe({ world, settings, ids, send, signal: loop.signal(), isCurrent }, request);
      loop.wake();
      return webhooks.describe();
    },
    unsubscribe() {
      asked += 1;
      unsubscribe(world);
    },
    describe() {
      const { subscription, delivery } = world.webhook;
      const { url, fields, version } = subscription ?? {};
      return { url, fields, version, delivery };
    },
    setDelivery(options) {
      changeDelivery(world, options);
      loop.wake();
      return world.webhook.delivery;
    },
    async deliver(which) {
      const made = await loop.pass(which);
      loop.wake();
      return made.map(({ delivery, attempt }) => ({ ...describeDelivery(deps, delivery), attempt }));
    },
    deliveries: () => world.webhook.deliveries.map((delivery) => describeDelivery(deps, delivery)),
    emit(event) {
      const told: ReportedEvent[] = [];
      const tell = (happened: WorldEvent) => void told.push(...queueAll(happened));
      const moment = momentOf({ ...deps, tell });
      const reports = playEvent({ ...moment, settings }, event);
      told.push(...reports.map((report) => queueReport(moment, report)));
      loop.wake();
      return told;
    },
    wake: () => loop.wake(),
    stop(options) {
      asked += 1;
      loop.stop(options);
    },
  };
  return webhooks;
}
