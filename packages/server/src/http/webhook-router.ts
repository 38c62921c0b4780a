import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, type Request } from 'express';
import type { Secret } from '../config/secret.ts';
import type { Logger } from '../ports/logger.ts';
import { mostWebhookBytes, type WebhookHeaders } from '../webhook/receive-webhook.ts';
import { WebhookRefusedError } from '../webhook/webhook-refused-error.ts';
import { HttpProblem } from './http-problem.ts';
import { rawBodyOf } from './raw-body.ts';

/** What the webhook's routes are made of. */
export interface WebhookRouterDeps {
  /** What is set as "Verify token" in the App Dashboard. */
  verifyToken: Secret | undefined;
  receiveWebhook: (rawBody: Uint8Array, headers: WebhookHeaders) => Promise<void>;
  logger: Logger;
}

/** Meta's webhooks: the handshake that sets the address up, and what is sent to it then. Their own authentication. */
export function webhookRouter({ verifyToken, receiveWebhook, logger }: WebhookRouterDeps): Router {
  const router = Router();

  router.get('/webhook', (req, res) => {
    if (verifyToken === undefined) {
      logger.warn(
        'a webhook handshake was refused: meta.webhookVerifyToken (META_WEBHOOK_VERIFY_TOKEN) is not set',
      );
    }
    const challenge = challengeOf(req, verifyToken);
    res.status(200).set({ 'Content-Type': 'text/plain', 'X-Content-Type-Options': 'nosniff' }).end(challenge);
  });

  router.post('/webhook', async (req, res) => {
    try {
      await receiveWebhook(await rawBodyOf(req, mostWebhookBytes), req.headers);
    } catch (error) {
      // What was not read to its end must not be taken for the next request.
      if (!req.readableEnded) res.set('Connection', 'close');
      if (!(error instanceof WebhookRefusedError)) throw error;
      if (error.code === 'raw_body_missing') logger.error(error.message);
      throw new HttpProblem(error.code, error.message);
    }
    res.status(200).end();
  });

  return router;
}

/** @throws HttpProblem unless Meta asks, with the token that was agreed on */
function challengeOf({ query }: Request, verifyToken: Secret | undefined): string {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
  const isOurs =
    typeof token === 'string' && verifyToken !== undefined && isSame(token, verifyToken.reveal());
  if (mode === 'subscribe' && isOurs && typeof challenge === 'string') return challenge;
  throw new HttpProblem(
    'handshake_refused',
    'This address is for Meta. If you set it up: the verify token there must be the one in meta.webhookVerifyToken.',
  );
}

/** In constant time, whatever their lengths. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
