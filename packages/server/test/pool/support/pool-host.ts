import { startSimulator, type Simulator, type SimulatorOptions } from '@embedded-signup-kit/simulator';
import express, { type Express } from 'express';
import request from 'supertest';
import { createEmbeddedSignup, type EmbeddedSignup, type EmbeddedSignupOptions } from '../../../src/index.ts';
import type { Store } from '../../../src/ports/store.ts';
import { systemRandom } from '../../../src/system/system-random.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../../support/databases.ts';
import { canaries } from '../../support/host.ts';

/** BSP staff on one or more nodes of one database, Meta in this process, and one frozen clock. */
export interface PoolHost {
  sim: Simulator;
  /** One per node. */
  signups: readonly [EmbeddedSignup, ...EmbeddedSignup[]];
  database: TestDatabase;
  /** Everything that was logged or answered by HTTP. */
  said: string[];
  now(): number;
  pass(ms: number): void;
  get(path: string, node?: number): request.Test;
  send(method: 'post' | 'put' | 'delete', path: string, body?: object, node?: number): request.Test;
  /** Calls that Meta saw since the last time, by method and path with ids replaced. */
  calls(): string[];
  /** The newest code that reached a phone. */
  codeFor(phoneNumber: string): string;
  /** The first node's routes. */
  app: Express;
  /** A request of a customer's. */
  customer(path: string, customerId: string, node?: number): request.Test;
  /** A store of another app beside the nodes: the ledger of calls is common to all. */
  store(): Promise<Store>;
  /** A store of the same app: what a killed process left. */
  ownStore(): Promise<Store>;
  close(): Promise<void>;
}

/**
 * Starts it. The pool is empty unless `numbers` says otherwise.
 *
 * @param over.kit options of every node
 * @param over.kits the same of single nodes, where they differ
 * @param over.chance of a million; at 0 the waits between two tries are as short as they get, and no PIN can be made
 */
export async function startPoolHost(
  over: SimulatorOptions & {
    nodes?: number;
    engine?: string;
    chance?: number;
    kit?: Partial<EmbeddedSignupOptions>;
    kits?: readonly Partial<EmbeddedSignupOptions>[];
  } = {},
): Promise<PoolHost> {
  const { nodes = 1, engine = 'SQLite', chance = 0, kit = {}, kits = [], ...options } = over;
  let now = t0;
  const clock = { now: () => now };
  const sim = await startSimulator({
    now: clock.now,
    appSecret: canaries.appSecret,
    systemUserToken: canaries.systemUserToken,
    ...options,
  });
  const database = await (engines.find(({ name }) => name === engine) ?? engines[0])?.createMigrated();
  if (database === undefined) throw new Error('no database');
  const said: string[] = [];
  const note = (message: string, facts?: object) => void said.push(JSON.stringify({ message, ...facts }));
  const create = (node: number) =>
    createEmbeddedSignup({
      meta: sim.meta,
      database: database.address,
      secrets: [canaries.secret],
      customer: (req) => req.get('x-customer'),
      operator: () => 'Nadia',
      deps: {
        clock,
        timer: { after: (ms, run) => scheduled(ms, run) },
        random: { id: systemRandom.id, below: (limit) => (limit === 1_000_000 ? chance : 0) },
        logger: { debug: note, info: note, warn: note, error: note },
      },
      ...kit,
      ...kits[node],
    });
  const signups: [EmbeddedSignup, ...EmbeddedSignup[]] = [await create(0)];
  for (let node = 1; node < nodes; node += 1) signups.push(await create(node));
  const apps = signups.map((signup) => {
    const app = express();
    app.use((_req, res, next) => {
      const end = res.end.bind(res);
      res.end = ((...given: Parameters<typeof end>) => {
        said.push(String(given[0] ?? ''));
        return end(...given);
      }) as typeof res.end; // the same arguments, handed on
      next();
    });
    app.use('/signup', signup.router);
    app.use('/operator', signup.operator);
    return app;
  });
  await signups[0].pool.sync();
  sim.clearRequests();
  const stores: Store[] = [];
  const appOf = (node: number) => {
    const app = apps[node];
    if (app === undefined) throw new RangeError(`there is no node ${node}`);
    return app;
  };

  return {
    sim,
    signups,
    database,
    said,
    now: clock.now,
    pass: (ms) => {
      now += ms;
    },
    get: (path, node = 0) => request(appOf(node)).get(`/operator${path}`),
    send: (method, path, body = {}, node = 0) => request(appOf(node))[method](`/operator${path}`).send(body),
    calls() {
      const seen = sim.requests().map(({ method, path }) => `${method} ${path.replace(/\/\d{6,}/g, '/:id')}`);
      sim.clearRequests();
      return seen;
    },
    codeFor(phoneNumber) {
      const code = sim.inbox(phoneNumber).at(-1)?.code;
      if (code === undefined) throw new Error(`no code reached ${phoneNumber}`);
      return code;
    },
    app: appOf(0),
    customer: (path, customerId, node = 0) =>
      request(appOf(node)).post(`/signup${path}`).set('x-customer', customerId).send({}),
    async ownStore() {
      const { appId, businessId } = sim;
      const store = await openStore(database.address, 60_000, ['handler'], { appId, businessId });
      stores.push(store);
      return store;
    },
    async store() {
      const store = await openStore(database.address);
      stores.push(store);
      return store;
    },
    async close() {
      for (const store of stores) await store.close();
      for (const signup of signups) await signup.close();
      await sim.close();
      await database.drop();
    },
  };
}

/** Short waits are real; background rounds are no business of these tests. */
function scheduled(ms: number, run: () => void) {
  if (ms >= 1_000) return { cancel: () => undefined };
  const handle = setTimeout(run, ms);
  return { cancel: () => clearTimeout(handle) };
}

/** The n-th fictional number, E.164. */
export const numbered = (n: number): string => `+1555010${String(n).padStart(4, '0')}`;
