import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedSignup, type EmbeddedSignup, type LogFacts } from '@embedded-signup-kit/server';
import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { createSite, signedInCustomer } from 'example-onboarding/create-site';
import { canaries } from './canaries.ts';

/** The example site on one address, Meta on another, and the kit between them. */
export interface Stage {
  /** The site's address, such as `http://localhost:51234`. */
  url: string;
  sim: Simulator;
  signup: EmbeddedSignup;
  /** Everything the kit logged. */
  log: string[];
  /** Calls that Meta saw, by method and path with ids replaced: `POST /:id/register`. */
  calls(): string[];
  /** Every byte the kit has put on disk. */
  files(): Promise<string>;
  close(): Promise<void>;
}

/** How the stage is set. */
export interface StageSettings {
  /** Verified numbers in the pool. */
  numbers: number;
  /** Whether texts that reach numbers of the pool are handed in to the kit. @default false */
  texts?: boolean;
  /** Meta's and the kit's. @default the machine's */
  clock?: { now(): number };
  /** How Meta's window behaves. */
  popup?: Pick<NonNullable<Parameters<typeof startSimulator>[0]>, 'lastScreen' | 'redirectInsteadOfPopup'>;
}

/** Sets the stage: a pool, a fresh database, the background work running. */
export async function setStage({ numbers, texts = false, clock, popup }: StageSettings): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'signup-journey-'));
  const sim = await startSimulator({
    numbers,
    host: '127.0.0.1',
    appSecret: canaries.appSecret,
    systemUserToken: canaries.systemUserToken,
    ...(clock === undefined ? {} : { now: clock.now }),
    ...popup,
  });
  const log: string[] = [];
  const note = (message: string, facts?: LogFacts) => void log.push(JSON.stringify({ message, ...facts }));
  const signup = await createEmbeddedSignup({
    meta: sim.meta,
    database: `sqlite:${join(folder, 'signup.db')}`,
    secrets: [canaries.kitSecret],
    customer: signedInCustomer,
    ...(texts ? { sms: { secret: canaries.smsSecret } } : {}),
    deps: {
      logger: { debug: note, info: note, warn: note, error: note },
      ...(clock === undefined ? {} : { clock }),
    },
  });
  await signup.start();
  const site = await listen(createSite({ signup, meta: sim.meta }));
  if (texts) sim.setSms({ url: `${site.url}/signup/sms`, secret: canaries.smsSecret });

  return {
    url: site.url,
    sim,
    signup,
    log,
    calls: () => sim.requests().map(({ method, path }) => `${method} ${path.replace(/\/\d{6,}/g, '/:id')}`),
    async files() {
      const names = await readdir(folder);
      return (await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')))).join('\n');
    },
    async close() {
      await site.close();
      await signup.close();
      await sim.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Serves something at a port of its own. `localhost`, so that it is another site than the simulator's 127.0.0.1. */
export async function listen(listener: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP port was asked for
  return {
    url: `http://localhost:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
