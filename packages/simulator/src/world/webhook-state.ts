import type { Json } from '../json.ts';

/** Where Meta sends what happens, as set up in the App Dashboard. */
export interface WebhookSubscription {
  /** The app's callback. */
  readonly url: string;
  readonly verifyToken: string;
  /** The fields that are ticked; undefined for all of them. */
  readonly fields: string[] | undefined;
  /** The Graph version whose shapes are sent, such as `v26.0`. */
  readonly version: string;
}

/** How deliveries are made. All of it may be changed at any time and is plain data. */
export interface DeliveryOptions {
  /** Whether events are sent by themselves; otherwise they wait for `deliver()`. */
  readonly auto: boolean;
  /** The order of what is sent together; `shuffled` is the same for the same seed. */
  readonly order: 'sent' | 'shuffled';
  /** How many times more every body is sent. */
  readonly duplicates: number;
  /** The most changes in one body, 1 to 1000. */
  readonly batch: number;
  /** ms of simulated time between an event and its first delivery. */
  readonly delayMs: number;
  /** So many deliveries from now on are lost: never sent, never tried again. */
  readonly drop: number;
}

/**
 * Where `object` and `field` stand. The examples for PARTNER_APP_INSTALLED and PARTNER_APP_UNINSTALLED put them on
 * the entry and into the value; every other webhook has them on the body and on the change.
 */
export type ChangeShape = 'regular' | 'on-entry' | 'in-value';

/** Something to report that is not in a delivery yet. */
export interface QueuedChange {
  /** When it happened, and from when it may be sent (ms, UTC). */
  readonly at: number;
  readonly dueAt: number;
  /** The callback it goes to. */
  readonly url: string;
  readonly entryId: string;
  readonly field: string;
  readonly value: Json;
  readonly shape: ChangeShape;
}

/** One try to send a body. */
export interface DeliveryAttempt {
  /** ms, UTC. */
  readonly at: number;
  /** HTTP status of the answer; undefined when there was none. */
  readonly status: number | undefined;
}

/** A body and what became of it. */
export interface Delivery {
  readonly id: string;
  /** Follows the app's callback while it waits for it. */
  url: string;
  /** Exactly the bytes that are sent, all of them ASCII. */
  readonly body: string;
  /** How many changes are in the body. */
  readonly changes: number;
  /** Whether the same body is sent by another delivery too. */
  readonly duplicate: boolean;
  /** When it was put together (ms, UTC); retries end so many hours later. */
  readonly createdAt: number;
  state: 'waiting' | 'acknowledged' | 'lost' | 'given-up';
  attempts: DeliveryAttempt[];
  /** When it is tried next while waiting (ms, UTC). */
  nextAt: number;
}

/** Everything about webhooks that outlives a restart. */
export interface WebhookState {
  subscription: WebhookSubscription | undefined;
  delivery: DeliveryOptions;
  /** Oldest first. */
  changes: QueuedChange[];
  /** In the order in which they were put together. */
  deliveries: Delivery[];
  /** Deliveries so far. */
  counted: number;
}

/** No subscription, and prompt delivery of one change at a time. */
export function createWebhookState(): WebhookState {
  return {
    subscription: undefined,
    delivery: { auto: true, order: 'sent', duplicates: 0, batch: 1, delayMs: 0, drop: 0 },
    changes: [],
    deliveries: [],
    counted: 0,
  };
}
