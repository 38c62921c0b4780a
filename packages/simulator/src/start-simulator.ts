import { createServer } from 'node:http';
import { createSimulator, type SimulatorIdentity } from './create-simulator.ts';
import { createListener } from './faults/wire/refuse-connections.ts';
import type { SimulatorControl } from './control/simulator-control.ts';
import type { SimulatorOptions } from './options.ts';

/** Where a simulator listens. */
export interface ListenOptions {
  /** @default 0: any free port */
  port?: number | undefined;
  /** @default '127.0.0.1' */
  host?: string | undefined;
}

/** The settings of a host that works with a simulator instead of Meta. */
export interface SimulatedMeta {
  readonly appId: string;
  readonly appSecret: string;
  readonly configId: string;
  readonly businessId: string;
  readonly systemUserToken: string;
  readonly graphUrl: string;
  readonly sdkUrl: string;
  /** Exactly as the popup's own address is written: `localhost` and `127.0.0.1` are two origins. */
  readonly dialogOrigins: string[];
}

/** A simulator that answers at `url`. */
export interface Simulator extends SimulatorIdentity, SimulatorControl {
  /** `http://127.0.0.1:4010`, without a slash at the end. Graph, SDK, popup and controls are all under it. */
  readonly url: string;
  /** What a host is told to take this simulator for Meta: ids, secrets, and where everything is. */
  readonly meta: SimulatedMeta;
  /** Stops listening and breaks what is still connected. */
  close(): Promise<void>;
}

/**
 * Starts Meta in this process. Rejects with TypeError for bad options, and with the error of Node's `listen`
 * (`EADDRINUSE`, …) when the port cannot be had.
 *
 * @example
 * const sim = await startSimulator({ numbers: 3 });
 * const { code, wabaId } = sim.signUp({ numberId: sim.state().preverifiedNumbers[0]?.id });
 */
export async function startSimulator(options: SimulatorOptions & ListenOptions = {}): Promise<Simulator> {
  const { port = 0, host = '127.0.0.1', ...simulatorOptions } = options;
  const server = createServer();
  const listener = createListener(server, { port, host });
  const { app, close: endDeliveries, ...simulator } = createSimulator(simulatorOptions, listener);
  server.on('request', app);
  const url = `http://${urlHostOf(host)}:${await listener.open()}`;
  const { appId, appSecret, configId, businessId, systemUserToken } = simulator;
  return {
    ...simulator,
    url,
    meta: {
      appId,
      appSecret,
      configId,
      businessId,
      systemUserToken,
      graphUrl: url,
      sdkUrl: `${url}/en_US/sdk.js`,
      dialogOrigins: [url],
    },
    close() {
      endDeliveries();
      return listener.close();
    },
  };
}

/** A host as a URL names it: wildcards become the loopback address, IPv6 gets brackets. */
function urlHostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
