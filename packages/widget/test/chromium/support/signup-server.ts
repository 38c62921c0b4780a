import type { IncomingMessage, ServerResponse } from 'node:http';
import { problems, wireVersion } from '@embedded-signup-kit/protocol';
import type {
  ClaimRequest,
  ClaimView,
  HeldNumber,
  Launch,
  ProblemCode,
  SessionAnswer,
} from '@embedded-signup-kit/protocol';
import { gate, jsonOf } from './serve.ts';

/** A request as the signup server got it. */
export interface Heard {
  /** Method and path under the mount, such as `POST /claims`. */
  what: string;
  body: unknown;
  /** The token after `Bearer`. */
  session: string | undefined;
}

/** What a test has the server say for once. `cut`: the line goes dead. */
export type Answer = { status: number; body?: unknown } | 'cut';

/** The answer to a request that the server refuses. */
export const refusal = (code: ProblemCode): Answer => ({
  status: problems[code].status,
  body: {
    type: 'about:blank',
    title: problems[code].title,
    status: problems[code].status,
    code,
    detail: 'See the title.',
    requestId: 'request-7',
  },
});

/** The number that is held for the customer. */
export const held: HeldNumber = {
  id: '9876543210987653',
  phoneNumber: '+15550100001',
  displayPhoneNumber: '+1 555-010-0001',
};

const patience = 8_000;

/** A signup server that keeps what it hears, and says what a test tells it to say. One customer, and their claims. */
export class SignupServer {
  readonly heard: Heard[] = [];
  readonly claims: { session: string; view: ClaimView; halves: ClaimRequest[] }[] = [];
  numbers: HeldNumber[] = [held];
  /** Where a claim stands after each further look at it; it stays at the last. */
  stands: Partial<ClaimView>[] = [{ status: 'registered', displayPhoneNumber: held.displayPhoneNumber }];
  readonly #launch: Launch;
  readonly #queued = new Map<string, Answer[]>();
  readonly #held = new Map<string, Promise<void>>();
  readonly #listeners = new Set<() => void>();
  #sessions = 0;

  constructor(launch: Pick<Launch, 'sdkUrl' | 'dialogOrigins'>) {
    this.#launch = {
      appId: '111222333',
      configId: '444555666',
      graphVersion: 'v26.0',
      extras: {},
      ...launch,
    };
  }

  /** What came to a route so far. */
  heardAt(what: string): Heard[] {
    return this.heard.filter((one) => one.what === what);
  }

  /** Waits until that many requests have come to a route. */
  async hears(what: string, times = 1): Promise<void> {
    const enough = () => this.heardAt(what).length >= times;
    if (enough()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#listeners.delete(listener);
        const all = this.heard.map((one) => one.what).join(', ');
        reject(new Error(`The server should hear ${what} ${times} times, and heard: ${all}`));
      }, patience);
      const listener = () => {
        if (!enough()) return;
        clearTimeout(timer);
        this.#listeners.delete(listener);
        resolve();
      };
      this.#listeners.add(listener);
    });
  }

  /** Every half of a claim that the server took, in the order in which they came. */
  halves(): ClaimRequest[] {
    return this.claims.flatMap(({ halves }) => halves);
  }

  /** The next answers at a route, instead of the usual one. */
  answers(what: string, ...answers: Answer[]): void {
    this.#queued.set(what, [...(this.#queued.get(what) ?? []), ...answers]);
  }

  /** The usual answers from now on. */
  forget(what: string): void {
    this.#queued.delete(what);
  }

  /** Nothing is done at a route until the function that is returned is called. */
  hold(what: string): () => void {
    const { open, opened } = gate();
    this.#held.set(what, opened);
    return () => {
      this.#held.delete(what);
      open();
    };
  }

  async handle(req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
    const what = `${req.method ?? ''} ${path}`;
    const session = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1];
    const body = await jsonOf(req);
    // As it comes in: what is held back has been heard.
    if (req.method !== 'OPTIONS') this.#hear({ what, body, session });
    await this.#held.get(what);
    res.setHeader('access-control-allow-origin', req.headers.origin ?? '*');
    res.setHeader('access-control-allow-credentials', 'true');
    res.setHeader('access-control-allow-headers', 'authorization, content-type, x-signup-session');
    if (req.method === 'OPTIONS') return void res.writeHead(204).end();
    const said = this.#queued.get(what)?.shift() ?? this.#answer(what, body, session);
    if (said === 'cut') return void res.destroy();
    const type = said.status < 400 ? 'application/json' : 'application/problem+json';
    res.writeHead(said.status, { 'content-type': type });
    res.end(said.body === undefined ? undefined : JSON.stringify(said.body));
  }

  #hear(one: Heard): void {
    this.heard.push(one);
    for (const listener of this.#listeners) listener();
  }

  #answer(what: string, body: unknown, session: string | undefined): Answer {
    if (what === 'POST /sessions') return { status: 201, body: this.#session(session) };
    if (!session) return refusal('session_missing');
    if (what === 'POST /session-events') return { status: 204 };
    if (what === 'POST /claims') return this.#claim(session, body as ClaimRequest);
    const [, id, act] = /^\w+ \/claims\/([^/]+)(?:\/(\w+))?$/.exec(what) ?? [];
    const claim = this.claims.find(({ view }) => view.id === id);
    if (!claim) return refusal('not_found');
    if (!act || act === 'verification')
      Object.assign(claim.view, this.stands.length > 1 ? this.stands.shift() : this.stands[0]);
    return { status: act === 'code' ? 202 : 200, body: { claim: claim.view } };
  }

  #session(before: string | undefined): SessionAnswer {
    // Renewed under its id, unless it has brought its claim.
    const used = this.#claimOf(before);
    const renewed = before && (!used || used.view.status === 'needs_signup') ? idOf(before) : undefined;
    const id = renewed ?? `session-${this.claims.length + this.heardAt('POST /sessions').length}`;
    return {
      version: wireVersion,
      session: `${id}.${(this.#sessions += 1)}`,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      launch: {
        ...this.#launch,
        extras: this.numbers.length
          ? { setup: { preVerifiedPhone: { ids: this.numbers.map(({ id: number }) => number) } } }
          : {},
      },
      numbers: this.numbers,
      claims: this.claims.map(({ view }) => view).filter(({ status }) => status !== 'registered'),
    };
  }

  #claim(session: string, half: ClaimRequest): Answer {
    const known = this.#claimOf(session);
    if (known) {
      known.halves.push(half);
      return { status: 200, body: { claim: known.view } };
    }
    const view: ClaimView = {
      id: `claim-${this.claims.length + 1}`,
      status: 'received',
      numberSource: 'unknown',
      createdAt: new Date(0).toISOString(),
    };
    this.claims.push({ session: idOf(session), view, halves: [half] });
    return { status: 202, body: { claim: view } };
  }

  #claimOf(session: string | undefined) {
    return this.claims.find((claim) => session && claim.session === idOf(session));
  }
}

/** The id of a session: its tokens differ, since each renewal makes a new one. */
export const idOf = (token: string) => token.replace(/\.\d+$/, '');
