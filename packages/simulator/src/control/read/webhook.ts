import type { DeliveryOptions } from '../../world/webhook-state.ts';
import type { WebhookRequest } from '../../webhooks/subscribe.ts';
import { bodyOf, oneOf, optional, text, texts, trueOrFalse, wholeNumber } from './json-readers.ts';

/** Reads the body of `PUT /webhook`. Throws TypeError. */
export function readWebhook(value: unknown): WebhookRequest {
  const body = bodyOf(value, ['url', 'verifyToken', 'fields', 'version', 'handshake']);
  return {
    url: text('url', body['url']),
    verifyToken: optional('verifyToken', body, text),
    fields: optional('fields', body, texts),
    version: optional('version', body, text),
    handshake: optional('handshake', body, trueOrFalse),
  };
}

/** Reads the body of `PUT /webhook/delivery`. Throws TypeError. */
export function readDelivery(value: unknown): Partial<DeliveryOptions> {
  const body = bodyOf(value, ['auto', 'order', 'duplicates', 'batch', 'delayMs', 'drop']);
  const auto = optional('auto', body, trueOrFalse);
  const order = optional('order', body, oneOf(['sent', 'shuffled']));
  const amounts = (['duplicates', 'batch', 'delayMs', 'drop'] as const).flatMap((name) =>
    body[name] === undefined ? [] : [[name, wholeNumber(name, body[name])] as const],
  );
  return {
    ...(auto !== undefined && { auto }),
    ...(order !== undefined && { order }),
    ...Object.fromEntries(amounts),
  };
}

/** Reads the body of `POST /webhook/deliver`, which may be absent. Throws TypeError. */
export function readDeliverRequest(value: unknown): { onlyDue?: boolean | undefined } {
  return { onlyDue: optional('onlyDue', bodyOf(value ?? {}, ['onlyDue']), trueOrFalse) };
}
