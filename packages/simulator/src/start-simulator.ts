import { createServer } from 'node:http';
import { dialogOrigin } from './browser/dialog-origin.ts';
import { assembleSimulator, type SavableSimulator, type SimulatorIdentity } from './create-simulator.ts';
import { createListener } from './faults/wire/refuse-connections.ts';
import type { SimulatorControl } from './control/simulator-control.ts';
import type { SimulatorOptions } from './options.ts';
import type { Keeper } from './saved-state/keeper.ts';
import { keepStateFile, readStateFile } from './saved-state/state-file.ts';

/** Where a simulator listens, and where it keeps its state. */
export interface ListenOptions {
  /** @default 0: any free port */
  port?: number | undefined;
  /** @default '127.0.0.1' */
  host?: string | undefined;
  /**
   * A file that the simulator goes on from when it exists, and keeps its state in: at most 200 ms after a change, and
   * when it is closed. One simulator per file. @default undefined: everything is gone when it is closed
   */
  stateFile?: string | undefined;
}

/** The settings of a host that works with a simulator instead of Meta. */
export interface SimulatedMeta {
  readonly appId: string;
  readonly appSecret: string;
  readonly configId: string;
  readonly businessId: string;
  readonly systemUserToken: string;
  readonly webhookVerifyToken: string;
  readonly graphUrl: string;
  readonly sdkUrl: string;
  /** Exactly as the popup's own address is written: `localhost` and `127.0.0.1` are two origins. */
  readonly dialogOrigins: string[];
}

/** A simulator that answers at `url`. */
export interface Simulator extends SimulatorIdentity, SimulatorControl, SavableSimulator {
  /** `http://127.0.0.1:4010`, without a slash at the end. Graph, SDK, popup and controls are all under it. */
  readonly url: string;
  /** What a host is told to take this simulator for Meta: ids, secrets, and where everything is. */
  readonly meta: SimulatedMeta;
  /** Stops listening, breaks what is still connected and saves the state file; rejects when that cannot be written. */
  close(): Promise<void>;
}

/**
 * Starts Meta in this process. Rejects with TypeError for bad options, with SavedStateError for a state that cannot be
 * used or a file that cannot be written, and with the error of Node's `listen` (`EADDRINUSE`, …).
 *
 * @example
 * const sim = await startSimulator({ numbers: 3 });
 * const { code, wabaId } = sim.signUp({ numberId: sim.state().preverifiedNumbers[0]?.id });
 */
export async function startSimulator(options: SimulatorOptions & ListenOptions = {}): Promise<Simulator> {
  const { port = 0, host = '127.0.0.1', stateFile, ...simulatorOptions } = options;
  if (stateFile !== undefined && simulatorOptions.state !== undefined) {
    throw new TypeError('give either state or stateFile');
  }
  const server = createServer();
  const listener = createListener(server, { port, host });
  let keeper: Keeper | undefined;
  const {
    simulator: unstarted,
    settings,
    wake,
    writeState,
  } = assembleSimulator(
    {
      ...simulatorOptions,
      ...(stateFile !== undefined && { state: await readStateFile(stateFile) }),
    },
    { refuse: listener.refuse, changed: () => keeper?.changed(), stateFile },
  );
  const { app, close: endDeliveries, ...simulator } = unstarted;
  server.on('request', app);
  const url = `http://${urlHostOf(host)}:${await listener.open()}`;
  if (stateFile !== undefined) {
    try {
      keeper = await keepStateFile(stateFile, { writeState, later: settings.later });
    } catch (error) {
      await listener.close();
      throw error;
    }
  }
  wake();
  const { appId, appSecret, configId, businessId, systemUserToken, webhookVerifyToken } = simulator;
  return {
    ...simulator,
    url,
    meta: {
      appId,
      appSecret,
      configId,
      businessId,
      systemUserToken,
      webhookVerifyToken,
      graphUrl: url,
      sdkUrl: `${url}/en_US/sdk.js`,
      dialogOrigins: [dialogOrigin(url, { dialogHost: simulatorOptions.dialogHost })],
    },
    async close() {
      endDeliveries();
      await listener.close();
      await keeper?.close();
    },
  };
}

/** A host as a URL names it: wildcards become the loopback address, IPv6 gets brackets. */
function urlHostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
