import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClaimView, FinishData, HeldNumber, SessionAnswer } from '@embedded-signup-kit/protocol';
import {
  startSimulator,
  type SettingsOptions,
  type SignUpRequest,
  type SignUpResult,
  type Simulator,
} from '@embedded-signup-kit/simulator';
import express from 'express';
import { createEmbeddedSignup, type EmbeddedSignup } from '../../../../src/index.ts';
import type { Claim } from '../../../../src/ports/records.ts';
import { systemRandom } from '../../../../src/system/system-random.ts';
import { t0 } from '../../../../src/testing/contract/contract-case.ts';
import { engines } from '../../../support/databases.ts';

/** A session as a page has it. */
export interface Tab {
  customerId: string;
  session: string;
  numbers: HeldNumber[];
}

/** What a page sends to `POST /claims`; bodies of attackers may be anything of this form. */
export interface ClaimBody {
  event?: string;
  data?: FinishData;
  code?: string;
}

/** An answer of the host. */
export interface Answer<Body = { claim: ClaimView }> {
  status: number;
  body: Body;
  retryAfter: string | null;
}

/** A problem as it is answered, without what is different each time. */
export type ProblemBody = Record<string, unknown>;

/** A popup that was gone through. */
export interface Popup extends SignUpResult {
  /** The finish as the page heard it. */
  finish: { event: string; data: FinishData };
}

/** Many customers at one host, with Meta in the same process and one frozen clock for both. */
export interface World {
  sim: Simulator;
  signup: EmbeddedSignup;
  now(): number;
  /** Moves the clock, without work being done. */
  pass(ms: number): void;
  /** Moves the clock in steps of 10 seconds at most, with the work of each. */
  wait(ms: number): Promise<void>;
  open(customerId: string, old?: Tab): Promise<Tab>;
  claim<Body = { claim: ClaimView }>(tab: Tab, body: ClaimBody): Promise<Answer<Body>>;
  cancel(tab: Tab): Promise<void>;
  view<Body = { claim: ClaimView }>(id: string, customerId: string): Promise<Answer<Body>>;
  record(id: string): Promise<Claim>;
  /** All claims, the newest first. */
  records(): Promise<Claim[]>;
  popup(request: SignUpRequest): Popup;
  /** Runs what is due, moving the clock from wait to wait, until every claim has come to rest. */
  settle(): Promise<void>;
  /** How often Meta was asked to do each thing: `POST /<id>/register` and the like, and `exchange` for all codes. */
  doneAtMeta(): Map<string, number>;
  close(): Promise<void>;
}

/** Starts one. Customers sign in by the header `x-customer`, which stands for the host's own authentication. */
export async function startWorld(
  settings: SettingsOptions = {},
  engine: 'SQLite' | 'PostgreSQL' = 'SQLite',
): Promise<World> {
  let now = t0;
  const sim = await startSimulator({ now: () => now, onboardingsPerWeek: 1_000_000, ...settings });
  const database = await engines.find(({ name }) => name === engine)?.createMigrated();
  if (database === undefined) throw new Error('no database');
  const quiet = () => undefined;
  const signup = await createEmbeddedSignup({
    meta: sim.meta,
    database: database.address,
    secrets: ['a-secret-of-the-intake-tests-0123456789'],
    customer: (req) => req.get('x-customer'),
    // What the pages bring is counted here, beside nothing else.
    recovery: false,
    deps: {
      clock: { now: () => now },
      // Rounds are run by the tests; short waits (a database lock, a time-out of undici) are real.
      timer: { after: (ms, run) => (ms >= 1_000 ? { cancel: quiet } : realTimer(ms, run)) },
      random: { id: systemRandom.id, below: (limit) => (limit === 1_000_000 ? 493_817 : 0) },
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    },
  });
  const app = express();
  app.use('/signup', signup.router);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/signup`; // it listens on a port
  await signup.pool.sync();

  const call = async (
    path: string,
    headers: Record<string, string>,
    body?: object,
  ): Promise<Answer<unknown>> => {
    const answer = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? {} : JSON.parse(text),
      retryAfter: answer.headers.get('retry-after'),
    };
  };

  const world: World = {
    sim,
    signup,
    now: () => now,
    pass(ms) {
      now += ms;
    },
    async wait(ms) {
      const until = now + ms;
      while (now < until) {
        now = Math.min(until, now + 10_000);
        await signup.runDue();
      }
    },
    async open(customerId, old) {
      const renewal = old === undefined ? {} : { authorization: `Bearer ${old.session}` };
      const answer = await call('/sessions', { 'x-customer': customerId, ...renewal }, {});
      if (answer.status !== 201) throw new Error(`POST /sessions: ${answer.status}`);
      const body = answer.body as SessionAnswer; // what the route answers
      return { customerId, session: body.session, numbers: body.numbers };
    },
    // Both answer with what the caller says: a claim, or a problem.
    claim: <Body>(tab: Tab, body: ClaimBody) =>
      call('/claims', { authorization: `Bearer ${tab.session}` }, body) as Promise<Answer<Body>>,
    async cancel(tab) {
      const { status } = await call(
        '/session-events',
        { authorization: `Bearer ${tab.session}` },
        { event: 'CANCEL', data: { current_step: 'PHONE_NUMBER_SETUP' } },
      );
      if (status !== 204) throw new Error(`POST /session-events: ${status}`);
    },
    view: <Body>(id: string, customerId: string) =>
      call(`/claims/${id}`, { 'x-customer': customerId }) as Promise<Answer<Body>>,
    async record(id) {
      const claim = await signup.claims.find(id);
      if (claim === undefined) throw new Error(`no claim ${id}`);
      return claim;
    },
    async records() {
      const all: Claim[] = [];
      let cursor: string | undefined;
      do {
        const page = await signup.claims.list({ limit: 200, cursor });
        all.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      return all;
    },
    popup(request) {
      const result = sim.signUp(request);
      const [message] = result.messages;
      const finish =
        message === undefined ? { event: 'none', data: {} } : (JSON.parse(message) as Popup['finish']); // as the simulator posts it
      return { ...result, finish: { event: finish.event, data: finish.data } };
    },
    async settle() {
      for (let round = 0; round < 60; round += 1) {
        await signup.runDue();
        if (await atRest(signup)) return;
        now += 2_000;
      }
      throw new Error('claims did not come to rest within two minutes');
    },
    doneAtMeta() {
      const counts = new Map<string, number>();
      for (const { method, path } of sim.requests()) {
        const isExchange = path === '/oauth/access_token';
        if (method !== 'POST' && !isExchange) continue;
        // Codes are masked in the simulator's ledger, so exchanges are counted together.
        const key = isExchange ? 'exchange' : `${method} ${path}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return counts;
    },
    async close() {
      await signup.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await sim.close();
      await database.drop();
    },
  };
  return world;
}

/** Statuses in which the kit itself still has something to do at once. */
const underWay = ['received', 'proven', 'registering'] as const;

async function atRest(signup: EmbeddedSignup): Promise<boolean> {
  for (const status of underWay) {
    const { items } = await signup.claims.list({ status, limit: 1 });
    if (items.length > 0) return false;
  }
  return true;
}

function realTimer(ms: number, run: () => void) {
  const handle = setTimeout(run, ms);
  return { cancel: () => clearTimeout(handle) };
}

/** Numbers that customers bring themselves: never two alike in one file, never one of the pool's. */
export function ownNumbers(): () => string {
  let last = 2_000_000;
  return () => {
    last += 1;
    return `+1 555 ${String(last).slice(0, 3)} ${String(last).slice(3)}`;
  };
}

/** The claim's fields that say where it ended. */
export const endOf = (claim: Claim) => ({
  status: claim.status,
  numberSource: claim.numberSource,
  reason: claim.reason?.code,
  wabaId: claim.wabaId,
  phoneNumberId: claim.phoneNumberId,
});

/** Runs checks that belong to one case of many, and says which one it was when one of them fails. */
export async function inCase(hint: string, check: () => void | Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (error instanceof Error) error.message = `${hint}\n${error.message}`;
    throw error;
  }
}

/** Puts what a random run met into the output of the tests. */
export const tell = (what: string, counts: object): void =>
  void process.stdout.write(`${what}: ${JSON.stringify(counts)}\n`);

/** For sorting texts. */
export const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
