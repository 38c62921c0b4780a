import { createHash, timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import type { Secret } from '../config/secret.ts';
import type { Timer } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { WebhookHeaders } from '../webhook/header-of.ts';
import { mostWebhookBytes } from '../webhook/receive-webhook.ts';
import { HttpProblem } from './http-problem.ts';
import { rawBodies } from './raw-body.ts';

/** What the webhook's routes are made of. */
export interface WebhookRouterDeps {
  /** What is set as "Verify token" in the App Dashboard. */
  verifyToken: Secret | undefined;
  receiveWebhook: (rawBody: Uint8Array, headers: WebhookHeaders) => Promise<void>;
  timer: Timer;
  logger: Logger;
}

/** Meta's webhooks: the handshake that sets the address up, and what is sent to it then. Their own authentication. */
export function webhookRouter({ verifyToken, receiveWebhook, timer, logger }: WebhookRouterDeps): Router {
  const router = Router();
  const rawBodyOf = rawBodies({ most: mostWebhookBytes, timer });

  router.get('/webhook', (req, res) => {
    const query = queryOf(req.originalUrl);
    const challenge = one(query, 'hub.challenge');
    const isHandshake = one(query, 'hub.mode') === 'subscribe' && challenge !== undefined;
    if (isHandshake && verifyToken === undefined) {
      logger.warn(
        'a webhook handshake was refused: meta.webhookVerifyToken (META_WEBHOOK_VERIFY_TOKEN) is not set',
      );
    }
    if (!isHandshake || !isToken(one(query, 'hub.verify_token'), verifyToken)) {
      throw new HttpProblem(
        'handshake_refused',
        'This address is for Meta. If you set it up: the verify token there must be the one in meta.webhookVerifyToken.',
      );
    }
    res
      .status(200)
      .set({
        'Content-Type': 'text/plain',
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
      })
      .end(challenge);
  });

  router.post('/webhook', async (req, res) => {
    try {
      await receiveWebhook(await rawBodyOf(req), req.headers);
    } catch (error) {
      // What was not read to its end must not be taken for the next request.
      if (!req.readableEnded) res.set('Connection', 'close');
      throw error;
    }
    res.status(200).end();
  });

  return router;
}

/** Not Express's own reading, which the host may have set to another one: in some `hub.mode` is a member of `hub`. */
function queryOf(url: string): URLSearchParams {
  const from = url.indexOf('?');
  return new URLSearchParams(from === -1 ? '' : url.slice(from));
}

function one(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}

/** In constant time, whatever their lengths. */
function isToken(given: string | undefined, wanted: Secret | undefined): boolean {
  if (given === undefined || wanted === undefined) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted.reveal()));
}
