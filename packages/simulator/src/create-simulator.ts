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
import type { RecordedRequest } from './ledger/request-ledger.ts';
import { createIdentifiers } from './random/identifiers.ts';
import { seededRandom } from './random/seeded-random.ts';
import type { SimulatorOptions } from './options.ts';
import type { Settings } from './settings.ts';
import type { Simulation } from './world/simulation.ts';
import { createWorld } from './world/world.ts';

/** What a host is configured with to work with a simulator instead of Meta. */
export type SimulatorIdentity = Pick<
  Settings,
  'appId' | 'appSecret' | 'configId' | 'businessId' | 'systemUserToken' | 'webhookVerifyToken'
>;

/** A simulator without a port. */
export interface UnstartedSimulator extends SimulatorIdentity, SimulatorControl {
  /** Graph, SDK, popup and controls, for `http.createServer` or supertest. */
  readonly app: RequestListener;
}

/** Puts a simulator together without listening, for tests that drive `app` themselves. Throws TypeError for bad options. */
export function createSimulator({ onRequest, ...options }: SimulatorOptions = {}): UnstartedSimulator {
  const settings = resolveSettings(options);
  const { appId, appSecret, configId, businessId, systemUserToken, webhookVerifyToken } = settings;
  const clock = createClock(settings);
  const ids = createIdentifiers({ random: seededRandom(settings.seed) });
  const world = createWorld({ businessId, ids });
  const faults = createFaultScript();
  const requests: RecordedRequest[] = [];
  const dialogs = createDialogs({ newId: () => ids.dialogId() });
  const simulation: Simulation = { settings, clock, ids, world, tell: () => undefined };
  const control = createControl({ ...simulation, faults, requests, closeDialogs: () => dialogs.closeAll() });
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
      record(request) {
        requests.push(request);
        onRequest?.(request);
      },
    }),
  );
  return { app, ...control, appId, appSecret, configId, businessId, systemUserToken, webhookVerifyToken };
}
