import type { SessionAnswer } from '@embedded-signup-kit/protocol';
import {
  startSimulator,
  type RecordedRequest,
  type SignUpRequest,
  type Simulator,
} from '@embedded-signup-kit/simulator';
import express, { type Express } from 'express';
import request from 'supertest';
import { deriveKeys } from '../../../../src/config/derive-keys.ts';
import { Secret } from '../../../../src/config/secret.ts';
import {
  createEmbeddedSignup,
  type EmbeddedSignup,
  type EmbeddedSignupOptions,
} from '../../../../src/index.ts';
import type { Cipher } from '../../../../src/ports/cipher.ts';
import { createJoseCipher } from '../../../../src/system/jose-cipher.ts';
import { systemRandom } from '../../../../src/system/system-random.ts';
import { t0 } from '../../../../src/testing/contract/contract-case.ts';
import { engines } from '../../../support/databases.ts';
import { lookAtDisk, type Disk } from './disk.ts';
import { Wire } from './wire.ts';

export type EngineName = 'SQLite' | 'PostgreSQL';

/** What a host is told beside Meta's data and its database. */
export type HostOptions = Omit<Partial<EmbeddedSignupOptions>, 'deps'>;

/** A host of a {@link World}. */
export interface Node {
  app: Express;
  signup: EmbeddedSignup;
  wire: Wire;
  close(): Promise<void>;
}

/** One Meta, one database, one clock that stands still, and any number of hosts. */
export interface World {
  sim: Simulator;
  disk: Disk;
  now(): number;
  /** Moves the clock; never back. */
  passTo(time: number): void;
  /** Is told of each call as Meta is about to answer it, or not to. */
  onRequest: (request: RecordedRequest) => void;
  /** @param watchCipher is told of each use and may take as long as it wants */
  startNode(
    options: HostOptions,
    watchCipher?: (act: 'seal' | 'open', cell: string) => Promise<void>,
  ): Promise<Node>;
  close(): Promise<void>;
}

/** Real milliseconds for which a fault refuses connections. Other faults that take time move the clock instead. */
export const refusedFor = 35;

const secret = 'a-secret-of-the-fault-tests-0123456789';

/** Starts Meta, without numbers, beside an empty database. */
export async function startWorld(engine: EngineName): Promise<World> {
  let now = t0;
  const sim = await startSimulator({
    now: () => now,
    onboardingsPerWeek: 1_000_000,
    onRequest: (one) => world.onRequest(one),
    delay: async (ms) => {
      if (ms === refusedFor) await new Promise((resolve) => setTimeout(resolve, ms));
      else now += ms;
    },
  });
  const database = await engines.find(({ name }) => name === engine)?.createMigrated();
  if (database === undefined) throw new Error(`no database: ${engine}`);
  const realCipher = await createJoseCipher(deriveKeys([new Secret(secret)], 'data'));
  let drawn = 0;
  const nodes = new Set<Node>();
  let disk: Disk | undefined;
  const world: World = {
    sim,
    get disk() {
      // Only a host makes the schema.
      disk ??= lookAtDisk(database.address);
      return disk;
    },
    now: () => now,
    passTo(time) {
      now = Math.max(now, time);
    },
    onRequest: () => undefined,
    async startNode(options, watchCipher = async () => undefined) {
      const wire = new Wire();
      const quiet = () => undefined;
      const cipher: Cipher = {
        async seal(plain, cell) {
          await watchCipher('seal', cell);
          return realCipher.seal(plain, cell);
        },
        async open(sealed, cell) {
          await watchCipher('open', cell);
          return realCipher.open(sealed, cell);
        },
      };
      const signup = await createEmbeddedSignup({
        meta: sim.meta,
        database: database.address,
        secrets: [secret],
        customer: (req) => req.get('x-customer'),
        // What became of a claim by itself is looked at here, not what is made of it later.
        recovery: false,
        ...options,
        deps: {
          clock: { now: () => now },
          cipher,
          dispatcher: wire,
          timer: { after: (ms, run) => (ms >= 1_000 ? { cancel: quiet } : realTimer(ms, run)) },
          random: {
            id: systemRandom.id,
            // Never the same twice, so that a second PIN shows; and small, so that waits that are real are short.
            below(limit) {
              drawn += 1;
              return drawn % Math.min(limit, 20_000);
            },
          },
          logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
        },
      });
      const app = express();
      app.use('/signup', signup.router);
      app.use('/operator', signup.operator);
      const node: Node = {
        app,
        signup,
        wire,
        async close() {
          nodes.delete(node);
          await signup.close();
          await wire.destroy();
        },
      };
      nodes.add(node);
      return node;
    },
    async close() {
      for (const node of nodes) await node.close();
      await disk?.close();
      await sim.close();
      await database.drop();
    },
  };
  return world;
}

function realTimer(ms: number, run: () => void) {
  const handle = setTimeout(run, ms);
  return { cancel: () => clearTimeout(handle) };
}

/** A customer who went through the popup and has not told the host. */
export interface Finished {
  session: string;
  /** What `POST /claims` is to be sent. */
  body: { event: string; data: object; code: string };
  code: string;
  wabaId: string;
  /** `undefined` when they finished without a number. */
  phoneNumberId: string | undefined;
}

/** A customer goes through the popup with a number that the pool got for them. */
export async function finishPopup(
  { sim }: World,
  node: Node,
  customerId: string,
  over: SignUpRequest = {},
): Promise<Finished> {
  sim.seedNumbers({ count: 1 });
  await node.signup.pool.sync();
  const opened = await request(node.app).post('/signup/sessions').set('x-customer', customerId).send({});
  if (opened.status !== 201) throw new Error(`POST /sessions: ${opened.status} ${opened.text}`);
  const { session, numbers } = opened.body as SessionAnswer; // what the route answers
  const popup = sim.signUp({ ids: numbers.map(({ id }) => id), ...over });
  const { code, wabaId, phoneNumberId } = popup;
  if (code === undefined || wabaId === undefined) throw new Error('the popup gave no code');
  const { event, data } = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object }; // as it posts
  return { session, body: { event, data, code }, code, wabaId, phoneNumberId };
}

/** The page tells the host. Resolves to the claim's id, which from here on must not be lost. */
export async function deliver(node: Node, { session, body }: Finished): Promise<string> {
  const answer = await request(node.app)
    .post('/signup/claims')
    .set('Authorization', `Bearer ${session}`)
    .send(body);
  if (answer.status !== 202) throw new Error(`POST /claims: ${answer.status} ${answer.text}`);
  return answer.body.claim.id;
}
