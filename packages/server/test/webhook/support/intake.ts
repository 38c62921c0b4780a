import { createHmac } from 'node:crypto';
import express, { Router, type Express } from 'express';
import type { HostHandlers } from '../../../src/config/options.ts';
import { Secret } from '../../../src/config/secret.ts';
import { parseJson } from '../../../src/graph/lossless-json.ts';
import { nothingHere, problemHandler } from '../../../src/http/http-problem.ts';
import { webhookRouter } from '../../../src/http/webhook-router.ts';
import type { Timer } from '../../../src/ports/clock.ts';
import type { Store } from '../../../src/ports/store.ts';
import { systemRandom } from '../../../src/system/system-random.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';
import { receiveWebhook } from '../../../src/webhook/receive-webhook.ts';

/** The app, the portfolio and the secrets of the tests; marked, so that a search finds what leaks. */
export const us = {
  appId: '670843887433847',
  businessId: '506914307656634',
  appSecret: 'CANARY-webhook-app-secret-0123456789',
  verifyToken: 'CANARY-webhook-verify-token',
};

type Recorded = Parameters<Store['recordWebhook']>[0];

/** The intake of webhooks over a store that only remembers. */
export interface Intake {
  app: Express;
  router: Router;
  receive: ReturnType<typeof receiveWebhook>;
  /** What the store was asked to keep. */
  recorded: Recorded[];
  /** Everything that was logged. */
  log: { level: string; message: string; facts: object }[];
}

/** Makes it, mounted under `/signup`. */
export function startIntake(
  over: {
    onWebhook?: HostHandlers['webhook'];
    recordWebhook?: (input: Recorded) => Promise<{ fresh: number }>;
    appSecrets?: string[];
    verifyToken?: string | undefined;
    timer?: Timer;
    now?: () => number;
  } = {},
): Intake {
  const recorded: Recorded[] = [];
  const log: Intake['log'] = [];
  const say =
    (level: string) =>
    (message: string, facts: object = {}) =>
      void log.push({ level, message, facts });
  const logger = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
  const clock = { now: over.now ?? (() => t0) };
  const receive = receiveWebhook({
    store: {
      recordWebhook(input) {
        recorded.push(input);
        return over.recordWebhook?.(input) ?? Promise.resolve({ fresh: input.changes.length });
      },
      recordIdentities: () => Promise.resolve(),
      recordNumberNews: () => Promise.resolve(),
    },
    clock,
    logger,
    meta: {
      appId: us.appId,
      businessId: us.businessId,
      appSecrets: (over.appSecrets ?? [us.appSecret]).map((secret) => new Secret(secret)),
    },
    onWebhook: over.onWebhook,
    parseJson,
  });
  const verifyToken = 'verifyToken' in over ? over.verifyToken : us.verifyToken;
  const router = Router();
  router.use(
    webhookRouter({
      verifyToken: verifyToken === undefined ? undefined : new Secret(verifyToken),
      receiveWebhook: receive,
      timer: over.timer ?? { after: () => ({ cancel: () => undefined }) },
      logger,
    }),
    nothingHere,
    problemHandler({ logger, random: systemRandom, clock }),
  );
  const app = express();
  app.use('/signup', router);
  return { app, router, receive, recorded, log };
}

/** The value of `X-Hub-Signature-256` for these bytes. */
export function signatureOf(body: string | Uint8Array, secret = us.appSecret): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** An envelope as Meta writes it, with one change for each value. */
export function envelope(field: string, ...values: object[]): object {
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: us.businessId, time: t0 / 1000 - 5, changes: values.map((value) => ({ value, field })) }],
  };
}

/** A customer's account was added. */
export function partnerAdded(wabaId = '102290129340398', owner = '2729063490586005'): object {
  return { event: 'PARTNER_ADDED', waba_info: { waba_id: wabaId, owner_business_id: owner } };
}
