import type { RequestListener } from 'node:http';
import express from 'express';
import { createDialogs } from './browser/popup/dialog.ts';
import { popupRoutes } from './browser/popup/popup-routes.ts';
import { sdkRoutes } from './browser/sdk-routes.ts';
import { createClock } from './clock/clock.ts';
import { controlRoutes } from './control/control-routes.ts';
import { createControl } from './control/create-control.ts';
import { notingChanges } from './control/noting-changes.ts';
import { timeAnswers } from './control/time-answers.ts';
import { watchInbox } from './control/watch-inbox.ts';
import type { SimulatorControl } from './control/simulator-control.ts';
import { resolveSettings } from './settings/default-settings.ts';
import { createFaultScript } from './faults/fault-script.ts';
import { graphRoutes } from './graph/graph-routes.ts';
import { createRequestLedger } from './ledger/request-ledger.ts';
import { createIdentifiers } from './random/identifiers.ts';
import { seededRandom } from './random/seeded-random.ts';
import type { SimulatorOptions } from './options.ts';
import type { Settings } from './settings/settings.ts';
import { restore } from './saved-state/restore.ts';
import { SavedStateError, unusable, writeSavedState, type SavedState } from './saved-state/saved-state.ts';
import type { Simulation } from './world/simulation.ts';
import type { WorldEvent } from './world/world-event.ts';
import { createWorld } from './world/world.ts';
import { createSms } from './webhooks/sms/create-sms.ts';
import { createWebhooks } from './webhooks/create-webhooks.ts';
import { sendWithFetch } from './webhooks/delivery/send-with-fetch.ts';
import type { WebhookCall } from './webhooks/delivery/webhook-sender.ts';

/** What a host is configured with to work with a simulator instead of Meta. */
export type SimulatorIdentity = Pick<
  Settings,
  'appId' | 'appSecret' | 'configId' | 'businessId' | 'systemUserToken' | 'userToken' | 'webhookVerifyToken'
>;

/** A simulator that another one can go on from. */
export interface SavableSimulator {
  /**
   * Everything for the option `state` of another simulator, to be kept as JSON: world, clock, and what ids and codes
   * come from. The simulator's tokens and codes are in it. Faults, ledger and open popups are not.
   */
  save(): SavedState;
}

/** A simulator without a port. */
export interface UnstartedSimulator extends SimulatorIdentity, SimulatorControl, SavableSimulator {
  /** Graph, SDK, popup and controls, for `http.createServer` or supertest. */
  readonly app: RequestListener;
  /** Ends deliveries of webhooks and texts; nothing of them keeps the process alive in any case. */
  close(): void;
}

/** What a simulator can do with the server that it answers for. */
export interface Host {
  /** Refuses connections for so many ms of real time, which `delay` waits for. */
  readonly refuse?: (ms: number, delay: Settings['delay']) => void;
  /** Called after everything that may have changed what `writeState` writes. */
  readonly changed?: () => void;
  /** Where the option `state` was read from, for the error about a bad one. */
  readonly stateFile?: string | undefined;
}

/** A simulator, and what the one who puts it on a port needs besides. */
export interface AssembledSimulator {
  readonly simulator: UnstartedSimulator;
  readonly settings: Settings;
  /** Starts the deliveries that were waiting in the state it was restored from. */
  readonly wake: () => void;
  /** The state as JSON text. */
  readonly writeState: () => string;
}

/**
 * Puts a simulator together without listening, for tests that drive `app` themselves. The fault `refuse` needs what
 * only the server can do; without it, it is a `reset`. Throws TypeError for bad options, SavedStateError for a bad state.
 */
export function createSimulator(options: SimulatorOptions = {}): UnstartedSimulator {
  const { simulator, wake } = assembleSimulator(options, {});
  wake();
  return simulator;
}

/** Puts a simulator together for a server. Throws like `createSimulator`. */
export function assembleSimulator(
  { onRequest, onAnswer, onCode, send = sendWithFetch, sms: provider, state, ...options }: SimulatorOptions,
  { refuse, changed: noteChange, stateFile }: Host,
): AssembledSimulator {
  const settings = resolveSettings(options);
  const { appId, appSecret, configId, businessId, systemUserToken, userToken, webhookVerifyToken } = settings;
  const clock = createClock(settings);
  const ids = createIdentifiers({ random: seededRandom(settings.seed) });
  const world = createWorld({ businessId, ids });
  if (state !== undefined) restore({ settings, clock, ids, world }, state, stateFile);
  const lookForCodes = onCode && watchInbox(world, unharmed(onCode));
  const answers = onAnswer && timeAnswers(unharmed(onAnswer), settings.measure);
  const faults = createFaultScript();
  const requests = createRequestLedger({ limit: settings.ledgerLimit });
  const dialogs = createDialogs({ newId: () => ids.dialogId() });
  const changed = () => {
    lookForCodes?.();
    noteChange?.();
  };
  const sending = {
    settings,
    clock,
    ids,
    world,
    async send(call: WebhookCall) {
      try {
        return await send(call);
      } finally {
        changed();
      }
    },
    later: (ms: number, run: () => void) =>
      settings.later(ms, () => {
        run();
        changed();
      }),
  };
  const webhooks = createWebhooks(sending);
  const sms = createSms(sending);
  const tell = (event: WorldEvent) => {
    webhooks.hear(event);
    sms.hear(event);
  };
  const simulation: Simulation = { settings, clock, ids, world, tell };
  if (provider !== undefined) sms.set(provider);
  const control = createControl({
    ...simulation,
    webhooks,
    sms,
    faults,
    requests,
    closeDialogs: () => dialogs.closeAll(),
  });
  if (state === undefined) control.seedNumbers({ count: settings.numbers });
  else requireReadable(control, stateFile);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_req, res, next) => {
    answers?.arrived(res);
    res.once('close', changed);
    next();
  });
  app.use('/__simulator', controlRoutes(control));
  app.use(sdkRoutes(settings));
  app.use(popupRoutes(simulation, dialogs));
  app.use(
    graphRoutes({
      simulation,
      faults,
      refuse: refuse && ((ms) => refuse(ms, settings.delay)),
      record(request, res) {
        requests.add(request);
        changed();
        answers?.recorded(request, res);
        if (onRequest !== undefined) unharmed(onRequest)(request);
      },
    }),
  );
  const identity = { appId, appSecret, configId, businessId, systemUserToken, userToken, webhookVerifyToken };
  const writeState = () => writeSavedState(simulation);
  const simulator: UnstartedSimulator = {
    app,
    close() {
      webhooks.stop({ forGood: true });
      sms.stop({ forGood: true });
    },
    // Through JSON, so that it shares nothing with the world and is what a file would give back.
    save: () => JSON.parse(writeState()) as SavedState,
    ...notingChanges(control, changed),
    ...identity,
  };
  const wake = () => {
    webhooks.wake();
    sms.wake();
  };
  return { simulator, settings, wake, writeState };
}

/** Members of a saved world are checked one by one; what is inside them shows when it is read. */
function requireReadable(control: SimulatorControl, stateFile: string | undefined): void {
  try {
    control.state();
  } catch (cause) {
    throw unusable(new SavedStateError('a part of its world cannot be read', { cause }), stateFile);
  }
}

/** A listener whose failures are warnings of the process: they are not to break the call they hear of. */
function unharmed<Args extends unknown[]>(listener: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      listener(...args);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  };
}
