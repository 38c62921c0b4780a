import type { IncomingHttpHeaders } from 'node:http';
import type { HostHandlers, WebhookEvent } from '../config/options.ts';
import type { Secret } from '../config/secret.ts';
import { second } from '../domain/durations.ts';
import { isRecord } from '../domain/read-account-event.ts';
import type { Clock } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../ports/store.ts';
import { contentMark } from './content-mark.ts';
import { splitWebhook, type SplitWebhook } from './split-webhook.ts';
import { isSigned } from './verify-signature.ts';
import { WebhookRefusedError } from './webhook-refused-error.ts';

/** What receiving webhooks is made of. */
export interface ReceiveWebhookDeps {
  store: Pick<Store, 'recordWebhook'>;
  clock: Clock;
  logger: Logger;
  meta: { appId: string; businessId: string; appSecrets: readonly Secret[] };
  onWebhook: HostHandlers['webhook'];
}

/** Headers of a request, as Node, Express or `fetch` have them. */
export type WebhookHeaders = IncomingHttpHeaders | Headers | Readonly<Record<string, unknown>>;

/** Meta's largest body (Meta, "Webhooks", "Payload size"). Bytes. */
export const mostWebhookBytes = 3 * 1024 * 1024;

/** The browser mostly speaks first, and knows more. Milliseconds. */
const browsersTime = 90 * second;

/**
 * Takes one webhook of Meta's: verified by its bytes, read, and what the kit acts on is on disk with the work that follows
 * from it, when the promise resolves. Everything else is handed to the host's `on.webhook`.
 *
 * @throws WebhookRefusedError, StoreUnavailableError; Meta sends it again then
 */
export function receiveWebhook({ store, clock, logger, meta, onWebhook }: ReceiveWebhookDeps) {
  const tell = async (data: Record<string, unknown>, now: number): Promise<void> => {
    if (onWebhook === undefined) return;
    const event: WebhookEvent = {
      id: contentMark([meta.appId, data]),
      type: 'webhook',
      occurredAt: new Date(now).toISOString(),
      data,
    };
    try {
      await onWebhook(event);
    } catch (error) {
      logger.error('on.webhook failed; Meta sends the webhook again', errorFacts(error));
      throw new WebhookRefusedError('webhook_not_handled', { cause: error });
    }
  };

  return async (rawBody: Uint8Array, headers: WebhookHeaders): Promise<void> => {
    // Who calls without types may hand over what a parser made of it.
    if (!(rawBody instanceof Uint8Array)) throw new WebhookRefusedError('raw_body_missing');
    if (rawBody.byteLength > mostWebhookBytes) throw new WebhookRefusedError('body_too_large');
    const encoding = headerOf(headers, 'content-encoding');
    if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
      throw new WebhookRefusedError('encoding_unsupported');
    }
    if (!isSigned(rawBody, headerOf(headers, 'x-hub-signature-256'), meta.appSecrets)) {
      throw new WebhookRefusedError('signature_invalid');
    }
    const now = clock.now();
    const { changes, others } = read(rawBody, { ...meta, now });
    if (changes.length > 0) await store.recordWebhook({ now, lookAt: now + browsersTime, changes });
    if (others !== undefined) await tell(others, now);
  };
}

function read(
  rawBody: Uint8Array,
  context: { appId: string; businessId: string; now: number },
): SplitWebhook {
  try {
    const body: unknown = JSON.parse(Buffer.from(rawBody).toString('utf8'));
    if (isRecord(body)) return splitWebhook(body, context);
  } catch (cause) {
    // Not JSON, or nested deeper than anything of Meta's.
    throw new WebhookRefusedError('webhook_malformed', { cause });
  }
  throw new WebhookRefusedError('webhook_malformed');
}

function headerOf(headers: WebhookHeaders, name: string): unknown {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const key = Object.keys(headers).find((one) => one.toLowerCase() === name);
  return key === undefined ? undefined : Reflect.get(headers, key);
}
