import { once } from 'node:events';
import { createServer, request, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { startSimulator, type Simulator, type SimulatorOptions } from '@embedded-signup-kit/simulator';
import { Agent, type Dispatcher } from 'undici';
import type { EmbeddedSignupOptions } from '../../../src/config/options.ts';
import type { Check } from '../../../src/doctor/check.ts';
import type { DoctorParts } from '../../../src/doctor/doctor-parts.ts';
import { examine } from '../../../src/doctor/examine.ts';
import { usableOptions } from '../../../src/doctor/usable-options.ts';
import { createPreflight } from '../../../src/graph/create-preflight.ts';
import type { InspectedDatabase, Probe } from '../../../src/ports/preflight.ts';
import { systemTimer } from '../../../src/system/system-clock.ts';
import { systemRandom } from '../../../src/system/system-random.ts';
import { createProber } from '../../../src/system/probe.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';
import { startIntake, us } from '../../webhook/support/intake.ts';
import { selfSigned } from './self-signed.ts';

/** Marked, and no text that anybody would guess. */
export const kitSecret = 'CANARY-q7Zr9sXw2Lk5TnBv8Ym3PdHe6GjUc1';
export const systemUserToken = 'EAASCANARYsystemusertoken';

/** The public addresses of the tests: the probe finds them on this machine. */
export const callbackUrl = 'https://bsp.example/signup/webhook';
export const pageUrl = 'https://page.example/join';

const metasUrl = 'https://graph.facebook.com';
/** Meta's own address is found on this machine, and so is what begins like it; every other one is where it is. */
const leadingTo =
  (url: string): Dispatcher.DispatcherComposeInterceptor =>
  (dispatch) =>
  (call, handler) =>
    dispatch(
      { ...call, origin: String(call.origin).startsWith(metasUrl) ? url : String(call.origin) },
      handler,
    );

/** Without the headers that Meta is known by. */
const passingOnTo =
  (url: string): RequestListener =>
  ({ method, headers, url: path = '' }, answer) => {
    request(url + path, { method: method ?? 'GET', headers }, (given) => {
      const kept = Object.entries(given.headers).filter(([name]) => !/^(facebook|x-fb)-/.test(name));
      given.pipe(answer.writeHead(given.statusCode ?? 500, Object.fromEntries(kept)));
    }).end();
  };

/** A database as it should be. */
export const healthyDatabase: InspectedDatabase = {
  kind: 'sqlite',
  schema: 'current',
  aheadMs: undefined,
  durability: { failures: [], warnings: [] },
  pool: { listed: 3, free: 2, freeAndLapsing: 0 },
};

/** How a set-up differs from one where everything is right. */
export interface Setup {
  simulator?: SimulatorOptions;
  /** Who stands between here and Meta, and may pass a call on. @default nobody */
  between?: (passOn: RequestListener) => RequestListener;
  /** `meta.graphUrl` names the simulator, where it is Meta's own otherwise. */
  simulated?: true;
  /** What Meta is made to do, once it runs. */
  prepare?: (sim: Simulator) => unknown;
  meta?: Partial<Record<keyof EmbeddedSignupOptions['meta'], unknown>> & Record<string, unknown>;
  options?: Partial<Record<keyof EmbeddedSignupOptions, unknown>> & Record<string, unknown>;
  /** `null`: the app has none. */
  webhook?: { url?: string; fields?: string[] } | null;
  /** Who answers at the callback. @default the kit's own webhook route */
  callback?: RequestListener;
  /** Who answers for the page. @default a page without headers of its own */
  site?: RequestListener;
  tls?: boolean;
  page?: string | null;
  database?: Partial<InspectedDatabase> | (() => Promise<InspectedDatabase>);
  parts?: (parts: DoctorParts) => Partial<DoctorParts>;
}

/** Sets a BSP up, here and at Meta, and lets the doctor look at it. */
export async function visit(
  setup: Setup = {},
): Promise<{ checks: Check[]; sim: Simulator; close(): Promise<void> }> {
  const now = () => t0;
  const sim = await startSimulator({
    now,
    numbers: 3,
    appSecret: us.appSecret,
    systemUserToken,
    webhookVerifyToken: us.verifyToken,
    ...setup.simulator,
  });
  const callback = await serve(setup.callback ?? startIntake().app, setup.tls);
  const site = await serve(setup.site ?? ((_req, res) => res.end('<title>Join</title>')));
  if (setup.webhook !== null) await sim.setWebhook({ url: callbackUrl, handshake: false, ...setup.webhook });
  await setup.prepare?.(sim);
  const between = setup.between && (await serve(setup.between(passingOnTo(sim.url))));
  const metas = new Agent();

  const graphUrl = setup.simulated === true ? sim.url : metasUrl;
  const input = {
    meta: { ...sim.meta, graphUrl, ...setup.meta },
    secrets: [kitSecret],
    customer: () => undefined,
    allowedOrigins: [new URL(pageUrl).origin],
    sms: { secret: 'CANARY-texts-9sXw2Lk5TnBv8Ym3PdHe6GjU' },
    ...setup.options,
  };
  const usable = usableOptions(input);
  const dispatcher = metas.compose(leadingTo(between?.url ?? sim.url));
  const meta = createPreflight({ meta: usable.options.meta, dispatcher, now, deadline: 5_000 });
  const prober = createProber({ timer: systemTimer });
  const probe: Probe = ({ url, ...call }) => prober.probe({ ...call, url: located(url) });
  const located = (address: string) => {
    const url = new URL(address);
    const to = { 'page.example': site.url, 'bsp.example': callback.url, '10.0.0.7': callback.url }[
      url.hostname
    ];
    return to === undefined ? address : to + url.pathname + url.search;
  };
  const database = setup.database;
  const parts: DoctorParts = {
    ...usable,
    allowedOrigins: input.allowedOrigins as EmbeddedSignupOptions['allowedOrigins'], // as a host without types may give it
    configFailure: undefined,
    page: setup.page === null ? undefined : (setup.page ?? pageUrl),
    meta,
    probe,
    inspectDatabase:
      typeof database === 'function' ? database : () => Promise.resolve({ ...healthyDatabase, ...database }),
    clock: { now },
    timer: systemTimer,
    random: systemRandom,
  };
  const close = async () => {
    await Promise.all([meta.close(), prober.close()]);
    await metas.destroy();
    await Promise.all([between?.close(), callback.close(), site.close(), sim.close()]);
  };
  try {
    return { checks: await examine({ ...parts, ...setup.parts?.(parts) }), sim, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What failed or is warned of, and what could not be looked at: `scope_missing`, `business:waits`. */
export function foundIn(checks: readonly Check[]): { found: string[]; skipped: string[] } {
  const all = checks.flatMap(({ check, findings }) => findings.map((one) => ({ check, ...one })));
  return {
    found: all.filter(({ result }) => result !== 'skipped').map(({ code }) => code),
    skipped: all.filter(({ result }) => result === 'skipped').map(({ check, code }) => `${check}:${code}`),
  };
}

async function serve(
  listener: RequestListener,
  tls = false,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = tls ? createTlsServer(selfSigned, listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP port was asked for
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
