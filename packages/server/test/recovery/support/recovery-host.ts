import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { ClaimView, FinishData, HeldNumber, SessionAnswer } from '@embedded-signup-kit/protocol';
import {
  startSimulator,
  type SettingsOptions,
  type SignUpRequest,
  type SignUpResult,
  type Simulator,
} from '@embedded-signup-kit/simulator';
import express, { type Express } from 'express';
import { hostEventTypes } from '../../../src/domain/host-event-types.ts';
import {
  createEmbeddedSignup,
  type EmbeddedSignup,
  type EmbeddedSignupOptions,
  type HostEvent,
  type LogFacts,
} from '../../../src/index.ts';
import type { Claim, PoolRecord } from '../../../src/ports/records.ts';
import { systemRandom } from '../../../src/system/system-random.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';
import { engines, type TestDatabase } from '../../support/databases.ts';

/** A page of a customer's, as far as the host knows it. */
export interface Tab {
  customerId: string;
  session: string;
  numbers: HeldNumber[];
  /** What the answer of `POST /sessions` said of the customer's claims. */
  claims: ClaimView[];
}

/** What a page sends to `POST /claims`. */
export interface ClaimBody {
  event?: string;
  data?: FinishData;
  code?: string | undefined;
}

/** An answer of the host. */
export interface Answer<Body = { claim: ClaimView }> {
  status: number;
  body: Body;
}

/** A popup that was finished; `finish` and `code` are what its page has still to deliver. */
export interface Popup extends SignUpResult {
  wabaId: string;
  finish: { event: string; data: FinishData };
}

/** A claim as the operator's routes show it. */
export type OperatorClaim = ClaimView & { customerId: string };

/** A BSP's site with the kit, Meta in the same process, webhooks over loopback, and one frozen clock for all of them. */
export interface RecoveryHost {
  sim: Simulator;
  /** The node that answers customers and webhooks. */
  signup: EmbeddedSignup;
  /** Everything the host was told, by whichever node, oldest first. */
  told: HostEvent[];
  /** Warnings of the kit's log, and errors, which are ours alone. */
  log: string[];
  errors: string[];
  now(): number;
  /** Moves the clock, without work being done. */
  pass(ms: number): void;
  /** What every node has to do now. */
  run(): Promise<void>;
  /** Moves the clock in steps of at most `step`, with the work of each. @param step milliseconds @default 10 minutes */
  wait(ms: number, step?: number): Promise<void>;
  /** Waits, in growing steps, until something is true. Resolves to how long it took, or `undefined` when it never came. */
  until(within: number, isTrue: () => Promise<boolean>): Promise<number | undefined>;
  /** For what an older version does behind the kit’s back. */
  database: TestDatabase;
  /** The process of the first node ends, and one that knows only the database takes its place. */
  restart(): Promise<void>;
  /** One more node at the same database, which does background work only. */
  addNode(): Promise<void>;

  open(customerId: string, old?: Tab): Promise<Tab>;
  popup(request: SignUpRequest): Popup;
  claim(tab: Tab, body: ClaimBody): Promise<Answer>;
  /** Sends `POST /claims` over a connection that breaks: before the body is whole, or before the answer is read. */
  claimCut(tab: Tab, body: ClaimBody, at: 'in the body' | 'before the answer'): Promise<void>;
  view(id: string, caller: Tab | string): Promise<Answer>;
  /** Has Meta send what waits, once each, or only what is due by now; resolves to how many. Each must be taken. */
  deliver(what?: 'all' | 'due'): Promise<number>;
  /** The kit's word on a customer's token: `undefined` when it has none. */
  token(wabaId: string): Promise<string | undefined>;

  get<Body>(path: string): Promise<Answer<Body>>;
  post<Body>(path: string, body?: object): Promise<Answer<Body>>;
  /** What `GET /operator/claims?status=needs_operator` shows. */
  orphans(): Promise<OperatorClaim[]>;
  records(): Promise<Claim[]>;
  poolNumber(id: string): Promise<PoolRecord>;
  /** Calls of `POST /<phone_number_id>/register` that Meta saw. */
  registerCalls(phoneNumberId: string): number;
  toldOf(type: string): HostEvent[];
  close(): Promise<void>;
}

export interface RecoveryHostOptions {
  engine?: 'SQLite' | 'PostgreSQL' | undefined;
  /** Verified numbers in the pool. @default 3 */
  numbers?: number;
  sim?: SettingsOptions;
  kit?: Partial<EmbeddedSignupOptions>;
  /** What happened at Meta before the kit came. */
  before?: (sim: Simulator) => void | Promise<void>;
}

const minute = 60_000;

/** Starts one. Customers sign in by the header `x-customer`, which stands for the host's own authentication. */
export async function startRecoveryHost(options: RecoveryHostOptions = {}): Promise<RecoveryHost> {
  const { engine = 'SQLite', numbers = 3 } = options;
  let now = t0;
  const clock = { now: () => now };
  const sim = await startSimulator({ now: clock.now, numbers, ...options.sim });
  await options.before?.(sim);
  const database = await engines.find(({ name }) => name === engine)?.createMigrated();
  if (database === undefined) throw new Error('no database');
  const told: HostEvent[] = [];
  const log: string[] = [];
  const quiet = () => undefined;
  const errors: string[] = [];
  const into = (lines: string[]) => (message: string, facts?: LogFacts) =>
    void lines.push(JSON.stringify({ message, ...facts }));

  const startNode = async (): Promise<{ signup: EmbeddedSignup; app: Express }> => {
    const signup = await createEmbeddedSignup({
      meta: { ...sim.meta, webhookVerifyToken: sim.webhookVerifyToken },
      database: database.address,
      secrets: ['a-secret-of-the-recovery-tests-0123456789'],
      customer: (req) => req.get('x-customer'),
      on: Object.fromEntries(
        hostEventTypes.map((type) => [type, (event: HostEvent) => void told.push(event)]),
      ),
      deps: {
        clock,
        // Rounds are run by the tests; short waits (a database lock, a time-out of undici) are real.
        timer: { after: (ms, work) => (ms >= 1_000 ? { cancel: quiet } : realTimer(ms, work)) },
        random: { id: systemRandom.id, below: (limit) => (limit === 1_000_000 ? 493_817 : 0) },
        logger: { debug: quiet, info: quiet, warn: into(log), error: into(errors) },
      },
      ...options.kit,
    });
    const app = express();
    app.use('/signup', signup.router);
    app.use('/operator', signup.operator);
    return { signup, app };
  };

  let front = await startNode();
  const others: EmbeddedSignup[] = [];
  const answered = new Set<() => void>();
  const server = createServer((req, res) => {
    const { end } = res;
    // The handler's own last word: a response whose connection broke closes before that.
    res.end = ((...args: Parameters<typeof end>) => {
      for (const tell of answered) tell();
      return end.apply(res, args);
    }) as typeof end; // the overloads of one function
    front.app(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const url = `http://127.0.0.1:${port}`;
  await front.signup.pool.sync();
  // As a host that has been up for a while: what is done at the start is done.
  await front.signup.runDue();
  // Nothing goes out by itself: each test says when Meta speaks.
  sim.setDelivery({ auto: false });
  await sim.setWebhook({ url: `${url}/signup/webhook`, verifyToken: sim.webhookVerifyToken });

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
    return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
  };
  const nodes = () => [front.signup, ...others];
  const run = async () => void (await Promise.all(nodes().map((node) => node.runDue())));

  const host: RecoveryHost = {
    database,
    sim,
    get signup() {
      return front.signup;
    },
    told,
    log,
    errors,
    now: clock.now,
    pass(ms) {
      now += ms;
    },
    run,
    async wait(ms, step = 10 * minute) {
      const until = now + ms;
      await run();
      while (now < until) {
        now = Math.min(until, now + step);
        await run();
      }
    },
    async until(within, isTrue) {
      const start = now;
      for (let step = 2_000; ; step = Math.min(30 * minute, step * 1.3)) {
        await run();
        if (await isTrue()) return now - start;
        if (now - start >= within) return undefined;
        now = Math.round(Math.min(start + within, now + step));
      }
    },
    async restart() {
      await front.signup.close();
      front = await startNode();
    },
    async addNode() {
      others.push((await startNode()).signup);
    },

    async open(customerId, old) {
      const renewal = old === undefined ? {} : { authorization: `Bearer ${old.session}` };
      const answer = await call('/signup/sessions', { 'x-customer': customerId, ...renewal }, {});
      if (answer.status !== 201)
        throw new Error(`POST /sessions: ${answer.status} ${JSON.stringify(answer.body)}`);
      const { session, numbers: held, claims } = answer.body as SessionAnswer; // what the route answers
      return { customerId, session, numbers: held, claims };
    },
    popup(request) {
      const result = sim.signUp(request);
      const { wabaId } = result;
      if (wabaId === undefined) throw new Error('this popup was not finished');
      const { event, data } = JSON.parse(result.messages[0] ?? '{}') as Popup['finish']; // as the simulator posts it
      return { ...result, wabaId, finish: { event, data } };
    },
    claim: (tab, body) =>
      call('/signup/claims', { authorization: `Bearer ${tab.session}` }, body) as Promise<Answer>, // what the route answers
    claimCut: (tab, body, at) => claimCut({ server, port, answered }, tab, body, at),
    view: (id, caller) =>
      call(
        `/signup/claims/${id}`,
        typeof caller === 'string' ? { 'x-customer': caller } : { authorization: `Bearer ${caller.session}` },
      ) as Promise<Answer>, // what the route answers
    async deliver(what = 'all') {
      const made = await sim.deliver({ onlyDue: what === 'due' });
      const refusals = made.filter(({ attempt }) => attempt.status !== 200);
      if (refusals.length > 0)
        throw new Error(`a webhook was not taken: ${refusals[0]?.attempt.status} ${refusals[0]?.rawBody}`);
      return made.length;
    },
    async token(wabaId) {
      try {
        return await front.signup.accessToken(wabaId);
      } catch (error) {
        if (error instanceof Error && error.name === 'AccountUnknownError') return undefined;
        throw error;
      }
    },

    // Both answer with what the caller says.
    get: <Body>(path: string) => call(`/operator${path}`, {}) as Promise<Answer<Body>>,
    post: <Body>(path: string, body: object = {}) =>
      call(`/operator${path}`, {}, body) as Promise<Answer<Body>>,
    async orphans() {
      const { body } = await host.get<{ claims: OperatorClaim[] }>('/claims?status=needs_operator&limit=200');
      return body.claims;
    },
    async records() {
      return (await front.signup.claims.list({ limit: 200 })).items;
    },
    async poolNumber(id) {
      const record = (await front.signup.pool.list({ limit: 200 })).items.find((one) => one.id === id);
      if (record === undefined) throw new Error(`no pool number ${id}`);
      return record;
    },
    registerCalls: (phoneNumberId) =>
      sim.requests({ method: 'POST', path: `/${phoneNumberId}/register` }).length,
    toldOf: (type) => told.filter((event) => event.type === type),
    async close() {
      await Promise.all(nodes().map((node) => node.close()));
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await sim.close();
      await database.drop();
    },
  };
  return host;
}

/** A connection that breaks. Resolves when the host has no more to do with it. */
async function claimCut(
  { server, port, answered }: { server: Server; port: number; answered: Set<() => void> },
  tab: Tab,
  body: ClaimBody,
  at: 'in the body' | 'before the answer',
): Promise<void> {
  const text = JSON.stringify(body);
  const head = [
    'POST /signup/claims HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${tab.session}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(text)}`,
  ].join('\r\n');
  const isWhole = at === 'before the answer';
  const left = new Promise<void>((resolve) => {
    server.once('connection', (socket) => void socket.once('close', () => resolve()));
  });
  let tell: () => void = () => undefined;
  const dealtWith = new Promise<void>((resolve) => (tell = resolve));
  answered.add(tell);
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`${head}\r\n\r\n${isWhole ? text : text.slice(0, text.length / 2)}`, () => socket.destroy());
  await (isWhole ? Promise.all([left, dealtWith]) : left);
  answered.delete(tell);
}

function realTimer(ms: number, run: () => void) {
  const handle = setTimeout(run, ms);
  return { cancel: () => clearTimeout(handle) };
}
