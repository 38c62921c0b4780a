import type { Identifiers } from '../random/identifiers.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from '../world/world.ts';
import { shakeHands, WebhookHandshakeError } from './delivery/handshake.ts';
import type { SendWebhook } from './delivery/webhook-sender.ts';
import { requireCallback } from './require-callback.ts';

/** The app's webhook, as entered in the App Dashboard. */
export interface WebhookRequest {
  /** The callback, http or https. */
  readonly url: string;
  /** @default the option `webhookVerifyToken` */
  readonly verifyToken?: string | undefined;
  /** The fields to tick: `account_update`, `messages`, … @default all of them */
  readonly fields?: readonly string[] | undefined;
  /** The Graph version whose shapes are sent. @default the newest */
  readonly version?: string | undefined;
  /** Whether the callback must prove itself first; without it nothing is asked. @default true */
  readonly handshake?: boolean | undefined;
}

const OVERTAKEN =
  'The subscription was changed or ended while the handshake was under way: nothing was subscribed by it.';

interface Deps {
  readonly world: World;
  readonly settings: Settings;
  readonly ids: Identifiers;
  readonly send: SendWebhook;
  readonly signal: AbortSignal;
  /** False once the subscription was ended, or another one was asked for. */
  readonly isCurrent: () => boolean;
}

/**
 * Subscribes a callback in place of any other; what still waits for the other one goes to it as well. Rejects with
 * TypeError for an address or a version that cannot be one, and with WebhookHandshakeError; nothing has changed then.
 */
export async function subscribe(
  { world, settings, ids, send, signal, isCurrent }: Deps,
  { url, verifyToken = settings.webhookVerifyToken, fields, version, handshake = true }: WebhookRequest,
): Promise<void> {
  requireCallback(url);
  const { graphVersions } = settings;
  if (version !== undefined && !graphVersions.includes(version)) {
    throw new TypeError(`version must be one of ${graphVersions.join(', ')}`);
  }
  if (handshake) await shakeHands({ send, signal }, { url, verifyToken, challenge: ids.objectId() });
  if (!isCurrent()) throw new WebhookHandshakeError(OVERTAKEN);
  const { webhook } = world;
  const before = webhook.subscription?.url;
  webhook.subscription = {
    url,
    verifyToken,
    fields: fields && [...fields],
    version: version ?? graphVersions.at(-1) ?? '',
  };
  const readdress = <Item extends { readonly url: string }>(items: readonly Item[]) =>
    items.map((item) => (item.url === before ? { ...item, url } : item));
  webhook.changes = readdress(webhook.changes);
  for (const delivery of webhook.deliveries) {
    if (delivery.state === 'waiting' && delivery.url === before) delivery.url = url;
  }
}

/** Ends the subscription; what still waits is never sent. */
export function unsubscribe({ webhook }: World): void {
  webhook.subscription = undefined;
  webhook.changes = [];
  for (const delivery of webhook.deliveries) {
    if (delivery.state === 'waiting') delivery.state = 'given-up';
  }
}
