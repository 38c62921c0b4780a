import type { RequestListener } from 'node:http';
import express from 'express';
import { createDialogs } from './browser/popup/dialog.ts';
import { popupRoutes } from './browser/popup/popup-routes.ts';
import { sdkRoutes } from './browser/sdk-routes.ts';
import { createClock } from './clock/clock.ts';
import { controlRoutes } from './control/control-routes.ts';
import { createControl } from './control/create-control.ts';
import type { SimulatorControl } from './control/simulator-control.ts';
import { resolveSettings } from './default-settings.ts';
import { createFaultScript } from './faults/fault-script.ts';
import { graphRoutes } from './graph/graph-routes.ts';
import { createRequestLedger } from './ledger/request-ledger.ts';
import { createIdentifiers } from './random/identifiers.ts';
import { seededRandom } from './random/seeded-random.ts';
import type { SimulatorOptions } from './options.ts';
import type { Settings } from './settings.ts';
import type { Simulation } from './world/simulation.ts';
import { createWorld } from './world/world.ts';
import { createWebhooks } from './webhooks/create-webhooks.ts';
import { sendWithFetch } from './webhooks/delivery/send-with-fetch.ts';

/** What a host is configured with to work with a simulator instead of Meta. */
export type SimulatorIdentity = Pick<
  Settings,
  'appId' | 'appSecret' | 'configId' | 'businessId' | 'systemUserToken' | 'userToken' | 'webhookVerifyToken'
>;

/** A simulator without a port. */
export interface UnstartedSimulator extends SimulatorIdentity, SimulatorControl {
  /** Graph, SDK, popup and controls, for `http.createServer` or supertest. */
  readonly app: RequestListener;
  /** Ends webhook deliveries; nothing of them keeps the process alive in any case. */
  close(): void;
}

/** What a simulator can do with the server that it answers for. */
export interface Host {
  /** Refuses connections for so many ms of real time, which `delay` waits for. */
  readonly refuse?: (ms: number, delay: Settings['delay']) => void;
}

/**
 * Puts a simulator together without listening, for tests that drive `app` themselves. The fault `refuse` needs what
 * only the server can do; without it, it is a `reset`. Throws TypeError for bad options.
 */
export function createSimulator(
  { onRequest, send = sendWithFetch, ...options }: SimulatorOptions = {},
  { refuse }: Host = {},
): UnstartedSimulator {
  const settings = resolveSettings(options);
  const { appId, appSecret, configId, businessId, systemUserToken, userToken, webhookVerifyToken } = settings;
  const clock = createClock(settings);
  const ids = createIdentifiers({ random: seededRandom(settings.seed) });
  const world = createWorld({ businessId, ids });
  const faults = createFaultScript();
  const requests = createRequestLedger({ limit: settings.ledgerLimit });
  const dialogs = createDialogs({ newId: () => ids.dialogId() });
  const { later } = settings;
  const webhooks = createWebhooks({ settings, clock, ids, world, send, later });
  const simulation: Simulation = { settings, clock, ids, world, tell: (event) => webhooks.hear(event) };
  const control = createControl({
    ...simulation,
    webhooks,
    faults,
    requests,
    closeDialogs: () => dialogs.closeAll(),
  });
  control.seedNumbers({ count: settings.numbers });

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/__simulator', controlRoutes(control));
  app.use(sdkRoutes(settings));
  app.use(popupRoutes(simulation, dialogs));
  app.use(
    graphRoutes({
      simulation,
      faults,
      refuse: refuse && ((ms) => refuse(ms, settings.delay)),
      record(request) {
        requests.add(request);
        onRequest?.(request);
      },
    }),
  );
  const identity = { appId, appSecret, configId, businessId, systemUserToken, userToken, webhookVerifyToken };
  return { app, close: () => webhooks.stop({ forGood: true }), ...control, ...identity };
}
