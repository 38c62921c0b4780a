import { isUint8Array } from 'node:util/types';
import type { HostHandlers, WebhookEvent } from '../config/options.ts';
import type { Secret } from '../config/secret.ts';
import { second } from '../domain/durations.ts';
import { isRecord } from '../domain/read-account-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../ports/store.ts';
import { contentMark } from './content-mark.ts';
import { headerOf, type WebhookHeaders } from './header-of.ts';
import { isTooDeep } from './is-too-deep.ts';
import { nameOfError } from './name-of-error.ts';
import { readNews } from './read-news.ts';
import { splitWebhook } from './split-webhook.ts';
import { isSigned } from './verify-signature.ts';
import { WebhookRefusedError } from './webhook-refused-error.ts';
import { fieldsOf } from './fields-of.ts';

/** What receiving webhooks is made of. */
export interface ReceiveWebhookDeps {
  store: Pick<Store, 'recordWebhook' | 'recordIdentities' | 'recordNumberNews'>;
  clock: Clock;
  logger: Logger;
  meta: { appId: string; businessId: string; appSecrets: readonly Secret[] };
  onWebhook: HostHandlers['webhook'];
  /** JSON that keeps every digit of an id, as `JSON.parse` does not. */
  parseJson: (text: string) => unknown;
}

/** Meta's largest body (Meta, "Webhooks", "Payload size"). Bytes. */
export const mostWebhookBytes = 3 * 1024 * 1024;

/** The browser mostly speaks first, and knows more. Milliseconds. */
const browsersTime = 90 * second;

/** Several webhooks may tell of one thing, and Meta's own answer may lag behind them. Milliseconds. */
const untilRead = 10 * second;

/**
 * Takes one webhook of Meta's: verified by its bytes, read, and what the kit acts on is on disk with the work that follows
 * from it, when the promise resolves. Everything else is handed to the host's `on.webhook`.
 *
 * @throws WebhookRefusedError, StoreUnavailableError; Meta sends it again then
 */
export function receiveWebhook(deps: ReceiveWebhookDeps) {
  const { store, clock, logger, meta, onWebhook } = deps;

  const tell = async (data: Record<string, unknown>, now: number): Promise<void> => {
    if (onWebhook === undefined) {
      logger.debug('a webhook is nobody’s: there is no on.webhook', { fields: fieldsOf(data) });
      return;
    }
    const event: WebhookEvent = {
      id: contentMark(data),
      type: 'webhook',
      occurredAt: new Date(now).toISOString(),
      data,
    };
    try {
      await onWebhook(event);
    } catch (error) {
      logger.error('on.webhook failed; Meta sends the webhook again', { error: nameOfError(error) });
      throw new WebhookRefusedError('webhook_not_handled');
    }
  };

  let isTold = false;
  /** Once: where a clock is wrong, every webhook would say so. */
  const warnOfTimes = (): void => {
    if (!isTold) {
      logger.warn(
        'identity hashes of a webhook were left out, because their times cannot be used: is this machine’s clock right? This is said once',
      );
    }
    isTold = true;
  };

  return async (rawBody: Uint8Array, headers: WebhookHeaders): Promise<void> => {
    // Who calls without types may hand over what a parser made of it.
    if (!isUint8Array(rawBody)) throw new WebhookRefusedError('raw_body_missing');
    if (rawBody.byteLength > mostWebhookBytes) throw new WebhookRefusedError('body_too_large');
    if (!isSigned(rawBody, headerOf(headers ?? {}, 'x-hub-signature-256'), meta.appSecrets)) {
      throw new WebhookRefusedError('signature_invalid');
    }
    const now = clock.now();
    const body = readBody(rawBody, deps);
    const { changes, others } = splitWebhook(body, { ...meta, now });
    const { identities, numbers, leftOut } = readNews(body, now);
    if (leftOut > 0) warnOfTimes();
    if (changes.length > 0) await store.recordWebhook({ now, lookAt: now + browsersTime, changes });
    if (identities.length > 0) await store.recordIdentities({ now, evidence: identities });
    if (numbers.length > 0) await store.recordNumberNews({ now, readAt: now + untilRead, news: numbers });
    if (others !== undefined) await tell(others, now);
  };
}

function readBody(
  rawBody: Uint8Array,
  { parseJson }: Pick<ReceiveWebhookDeps, 'parseJson'>,
): Record<string, unknown> {
  const body = isTooDeep(rawBody) ? undefined : parsed(rawBody, parseJson);
  if (!isRecord(body)) throw new WebhookRefusedError('webhook_malformed');
  return body;
}

function parsed(rawBody: Uint8Array, parseJson: (text: string) => unknown): unknown {
  try {
    return parseJson(Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength).toString('utf8'));
  } catch {
    // The error quotes the body, so it goes no further.
    return undefined;
  }
}
