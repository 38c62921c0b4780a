import type {
  ClaimAnswer,
  ClaimRequest,
  OpenSessionRequest,
  SessionAnswer,
  SessionEventRequest,
} from '@embedded-signup-kit/protocol';
import { request } from './request.ts';
import type { Result, ServerRequest } from './request.ts';
import { tryAgain } from './try-again.ts';

/** What the calls to a signup server are made of. */
export interface ServerDeps {
  fetch: typeof fetch;
  /** Where the host mounted the signup server. */
  base: string;
  /** Ends the calls that are of no use without the element. */
  signal: AbortSignal;
  wait: (ms: number) => Promise<void>;
}

/** The signup server; `session` is the token that a call goes out with. No call throws. */
export interface Server {
  openSession: (wish: OpenSessionRequest, session?: string) => Promise<Result<SessionAnswer>>;
  /** Hands in one half of a claim, and goes on when the element is gone. */
  handIn: (half: ClaimRequest, session?: string) => Promise<Result<ClaimAnswer>>;
  /** The same without a second try, for who cannot wait for one. */
  handInOnce: (half: ClaimRequest, session?: string) => Promise<Result<ClaimAnswer>>;
  /** Hands in an entry of the session log that is no finish; one that gets lost costs a line of history. */
  note: (said: SessionEventRequest, session?: string) => Promise<unknown>;
  /** Reads a claim; or, with a path below it and a body, has something done for it. */
  ofClaim: (id: string, session?: string, path?: string, body?: object) => Promise<Result<ClaimAnswer>>;
}

const openSessionFor = 5_000;
// A code lives 30 seconds; afterwards sending it again is pointless. The event does not age.
const sendCodeFor = 30_000;
const sendEventFor = 120_000;

/** Makes the calls to one signup server. */
export function createServer({ fetch, base, signal, wait }: ServerDeps): Server {
  const ask = <Answer>(path: string, rest: Omit<ServerRequest<Answer>, 'base' | 'path'>) =>
    request(fetch, { base, path, ...rest });
  const handInOnce = (body: ClaimRequest, session?: string) =>
    ask<ClaimAnswer>('/claims', { expected: 'claim', body, session });

  return {
    openSession: (body, session) =>
      tryAgain(wait, openSessionFor, () => ask('/sessions', { expected: 'claims', body, session, signal })),
    handIn: (body, session) =>
      tryAgain(
        wait,
        body.code ? sendCodeFor : sendEventFor,
        () => handInOnce(body, session),
        // Something in between may have answered; who has to sign in first is told so at once.
        ({ refused, problem }) => refused || problem.code === 'unauthenticated',
      ),
    handInOnce,
    note: (body, session) => ask('/session-events', { body, session }),
    ofClaim: (id, session, path = '', body) =>
      ask(`/claims/${id}${path}`, { expected: 'claim', body, session, signal }),
  };
}
