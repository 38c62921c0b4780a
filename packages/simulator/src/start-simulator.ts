import { createServer } from 'node:http';
import { createSimulator, type SimulatorIdentity } from './create-simulator.ts';
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
  const { app, ...simulator } = createSimulator(simulatorOptions);
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  const url = `http://${urlHostOf(host)}:${boundPort}`;
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A host as a URL names it: wildcards become the loopback address, IPv6 gets brackets. */
function urlHostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
