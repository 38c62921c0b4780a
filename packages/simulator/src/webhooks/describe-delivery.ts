import type { Json } from '../json.ts';
import type { Simulation } from '../world/simulation.ts';
import type { Delivery, DeliveryAttempt } from '../world/webhook-state.ts';
import { isTooOld } from './delivery/retry-pause.ts';
import { signatureOf } from './delivery/sign-body.ts';

/** A body that was put together for a callback, and what became of it. */
export interface DeliveryState {
  readonly id: string;
  readonly url: string;
  /** The body as it is sent, and parsed. */
  readonly rawBody: string;
  readonly body: Json;
  /** Value of `X-Hub-Signature-256`. */
  readonly signature: string;
  /** How many changes are in the body. */
  readonly changes: number;
  /** Whether another delivery has the same body. */
  readonly duplicate: boolean;
  /** `lost` by the option `drop`; `given-up` after `webhookRetryHours` or when the subscription ended. */
  readonly state: Delivery['state'];
  /** Oldest first; times in ms, UTC. */
  readonly attempts: readonly DeliveryAttempt[];
  /** When it is tried next (ms, UTC); undefined unless it waits. */
  readonly nextAt: number | undefined;
}

/** A delivery that was just tried. */
export interface MadeDelivery extends DeliveryState {
  /** The attempt; its status is undefined when there was no answer. */
  readonly attempt: DeliveryAttempt;
}

/** Describes a delivery as it stands now. */
export function describeDelivery(
  { settings, clock }: Pick<Simulation, 'settings' | 'clock'>,
  delivery: Delivery,
): DeliveryState {
  const { id, url, body: rawBody, changes, duplicate, attempts, nextAt } = delivery;
  const ended =
    delivery.state === 'waiting' && isTooOld(delivery, clock.now(), settings.assumptions.webhookRetryHours);
  const state = ended ? 'given-up' : delivery.state;
  return {
    id,
    url,
    rawBody,
    // It was made from JSON.
    body: JSON.parse(rawBody) as Json,
    signature: signatureOf(rawBody, settings.appSecret),
    changes,
    duplicate,
    state,
    attempts: [...attempts],
    nextAt: state === 'waiting' ? nextAt : undefined,
  };
}
