import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { startSimulator, type RecordedRequest, type Simulator } from '@embedded-signup-kit/simulator';
import type { SessionAnswer } from '@embedded-signup-kit/protocol';
import express, { type Express } from 'express';
import request from 'supertest';
import { createEmbeddedSignup, type EmbeddedSignup, type EmbeddedSignupOptions } from '../../src/index.ts';
import { deriveKeys } from '../../src/config/derive-keys.ts';
import { Secret } from '../../src/config/secret.ts';
import { createJoseCipher } from '../../src/system/jose-cipher.ts';
import { systemRandom } from '../../src/system/system-random.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { engines, type TestDatabase } from './databases.ts';

/** Marked, so that a search of logs, files and answers finds them wherever they leak. */
export const canaries = {
  appSecret: 'CANARY-app-secret-0123456789',
  systemUserToken: 'EAASCANARYsystemusertoken',
  secret: 'CANARY-kit-secret-0123456789-0123456789',
  pin: '493817',
};

/** A host with the kit mounted, a frozen clock, and Meta in the same process. */
export interface TestHost {
  app: Express;
  signup: EmbeddedSignup;
  sim: Simulator;
  database: TestDatabase;
  /** Everything the kit sealed, in plain: codes, tokens and PINs. */
  sealed: Set<string>;
  /** Everything the kit logged. */
  log: string[];
  /** Moves the one clock that kit and simulator share. */
  pass(ms: number): void;
  /**
   * Calls that Meta saw, by method and path with ids replaced: `POST /:id/register`. Without the comparison of accounts and the
   * reads of numbers in service, which come when their time has come, and are nobody's doing.
   */
  calls(): string[];
  /** Opens a session as a customer. */
  open(customerId: string, body?: object): Promise<SessionAnswer>;
  /** Runs everything that is due, moving the clock from wait to wait, until nothing is left. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a host. Customers sign in by the header `x-customer`, which stands for the host's own authentication. */
export async function startHost(
  over: Partial<EmbeddedSignupOptions> & { numbers?: number; engine?: 'SQLite' | 'PostgreSQL' } = {},
): Promise<TestHost> {
  const { numbers = 3, engine = 'SQLite', ...options } = over;
  let now = t0;
  const clock = { now: () => now };
  const sim = await startSimulator({
    now: clock.now,
    numbers,
    appSecret: canaries.appSecret,
    systemUserToken: canaries.systemUserToken,
  });
  const database = await (engines.find(({ name }) => name === engine) ?? engines[0])?.createMigrated();
  if (database === undefined) throw new Error('no database');
  const sealed = new Set<string>();
  const cipher = await createJoseCipher(deriveKeys([new Secret(canaries.secret)], 'data'));
  const log: string[] = [];
  const note = (message: string, facts?: object) => void log.push(JSON.stringify({ message, ...facts }));
  const signup = await createEmbeddedSignup({
    meta: sim.meta,
    database: database.address,
    secrets: [canaries.secret],
    customer: (req) => req.get('x-customer'),
    deps: {
      clock,
      cipher: {
        ...cipher,
        seal(plain, cell) {
          sealed.add(plain);
          return cipher.seal(plain, cell);
        },
      },
      // Only background rounds wait for a timer, and tests run those themselves.
      timer: { after: (ms, run) => scheduled(ms, run) },
      random: { id: systemRandom.id, below: (limit) => (limit === 1_000_000 ? Number(canaries.pin) : 0) },
      logger: { debug: note, info: note, warn: note, error: note },
    },
    ...options,
  });
  const app = express();
  app.use('/signup', signup.router);
  app.use('/operator', signup.operator);
  await signup.pool.sync();

  return {
    app,
    signup,
    sim,
    database,
    sealed,
    log,
    pass: (ms) => {
      now += ms;
    },
    calls: () =>
      sim
        .requests()
        .filter((call) => !isReadInService(call))
        .map(asCall)
        .filter((call) => !call.includes('client_whatsapp_business_accounts')),
    async open(customerId, body = {}) {
      const answer = await request(app).post('/signup/sessions').set('x-customer', customerId).send(body);
      if (answer.status !== 201) throw new Error(`POST /sessions: ${answer.status} ${answer.text}`);
      return answer.body as SessionAnswer; // what the route answers
    },
    async settle() {
      for (let round = 0; round < 40; round += 1) {
        await signup.runDue();
        now += 2_000;
      }
    },
    async close() {
      await signup.close();
      await sim.close();
      await database.drop();
    },
  };
}

/** Whether Meta was asked for all that it says of a number in service: what registration asks has nothing of its throughput. */
export function isReadInService({ method, path, query }: RecordedRequest): boolean {
  return (
    method === 'GET' && /^\/\d+$/.test(path) && String(query['fields']).split(',').includes('throughput')
  );
}

function asCall({ method, path }: RecordedRequest): string {
  return `${method} ${path.replace(/\/\d{6,}/g, '/:id')}`;
}

/** Short waits (a database lock, an undici time-out) are real; the worker's own rounds are run by the tests. */
function scheduled(ms: number, run: () => void) {
  if (ms >= 1_000) return { cancel: () => undefined };
  const handle = setTimeout(run, ms);
  return { cancel: () => clearTimeout(handle) };
}

/** Every byte that the kit has put on disk for a SQLite database, write-ahead log included. */
export async function filesOf(database: TestDatabase): Promise<string> {
  const folder = dirname(database.address.slice('sqlite:'.length));
  const names = await readdir(folder);
  const files = await Promise.all(names.map((name) => readFile(`${folder}/${name}`, 'latin1')));
  return files.join('\n');
}
