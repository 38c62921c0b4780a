import type { WhatsAppMessage } from '../world/messages/whatsapp-message.ts';
import type { DeliveryOptions } from '../world/webhook-state.ts';
import type { World } from '../world/world.ts';
import type { WebhookDescription, Webhooks } from '../webhooks/create-webhooks.ts';
import type { DeliveryState, MadeDelivery } from '../webhooks/describe-delivery.ts';
import type { SimulatorEvent } from '../webhooks/events/simulator-event.ts';
import type { ReportedEvent } from '../webhooks/report.ts';
import type { WebhookRequest } from '../webhooks/subscribe.ts';

/** The controls over webhooks and messages. */
export interface WebhookControl {
  /**
   * Subscribes the app's callback after its handshake. Rejects with WebhookHandshakeError when it does not answer 200
   * with the raw challenge, and with TypeError for an address or version that cannot be one; then nothing changes.
   */
  setWebhook(request: WebhookRequest): Promise<WebhookDescription>;
  /** Ends the subscription; what still waits is never sent. */
  removeWebhook(): void;
  /** The subscription and the delivery options. */
  webhook(): WebhookDescription;
  /** Changes how deliveries are made; what is not given stays. Throws TypeError. */
  setDelivery(options: Partial<DeliveryOptions>): DeliveryOptions;
  /**
   * Tries everything that waits once, now: held and delayed events and retries before their time, or with `onlyDue`
   * only what is due by the simulator's clock. Resolves with what was tried.
   */
  deliver(options?: { readonly onlyDue?: boolean | undefined }): Promise<readonly MadeDelivery[]>;
  /** Every body so far, oldest first, with its attempts. */
  deliveries(): readonly DeliveryState[];
  /** Makes something happen that Meta reports. Throws RangeError for unknown ids and words; then nothing happens. */
  emit(event: SimulatorEvent): readonly ReportedEvent[];
  /** What businesses and customers wrote to each other, oldest first. */
  messages(): readonly WhatsAppMessage[];
}

/** The controls over webhooks and messages of one simulated world. */
export function createWebhookControl({
  world,
  webhooks,
}: {
  readonly world: World;
  readonly webhooks: Webhooks;
}): WebhookControl {
  return {
    setWebhook: (request) => webhooks.subscribe(request),
    removeWebhook: () => webhooks.unsubscribe(),
    webhook: () => webhooks.describe(),
    setDelivery: (options) => webhooks.setDelivery(options),
    deliver: ({ onlyDue = false } = {}) => webhooks.deliver(onlyDue ? 'due' : 'all'),
    deliveries: () => webhooks.deliveries(),
    emit: (event) => webhooks.emit(event),
    messages: () => [...world.messages.values()].map((message) => ({ ...message })),
  };
}
