import { wireVersion } from '@embedded-signup-kit/protocol';
import type {
  ClaimAnswer,
  ClaimRequest,
  ClaimView,
  OpenSessionRequest,
  SessionAnswer,
  SessionEventRequest,
} from '@embedded-signup-kit/protocol';
import { request } from './request.ts';
import type { RequestDeps, ServerRequest } from './request.ts';
import { ServerProblem } from './server-problem.ts';

/** What the page may ask for when a session is opened. */
export type SessionWish = Pick<OpenSessionRequest, 'prefill' | 'country'>;

/** The customer routes of the signup server, as the widget uses them. */
export interface SignupServer {
  /** Opens a session; with the session before it, that one is renewed under the same id. */
  openSession(wish: SessionWish, before: string | undefined, signal: AbortSignal): Promise<SessionAnswer>;
  /** Hands in a CANCEL, an ERROR or an unknown event. */
  noteEvent(session: string, note: SessionEventRequest): Promise<unknown>;
  /** Hands in one half of a claim. It does not end with the page. */
  sendClaim(session: string, half: ClaimRequest): Promise<ClaimView>;
  /** Asks how a claim stands. */
  readClaim(session: string, id: string, signal: AbortSignal): Promise<ClaimView>;
}

/** Talks to the signup server under `base`, the path or address where the host mounted it. */
export function createSignupServer(deps: RequestDeps, base: string): SignupServer {
  const ask = async <Answer>(path: string, expected: keyof Answer, sent: Omit<ServerRequest, 'url'>) => {
    const answer = await request(deps, { url: base.replace(/\/*$/, path), ...sent });
    // Only tells a signup server from something else at the address: what a signup server says is believed, since
    // the page trusts it with its customers anyway.
    if (expected in Object(answer)) return answer as Answer;
    throw new ServerProblem('server_answer_unreadable', 404);
  };
  const claim = async (path: string, sent: Omit<ServerRequest, 'url'>) =>
    (await ask<ClaimAnswer>(`/claims${path}`, 'claim', sent)).claim;
  return {
    openSession: (wish, session, signal) =>
      ask<SessionAnswer>('/sessions', 'launch', { body: { version: wireVersion, ...wish }, session, signal }),
    noteEvent: (session, body) =>
      request(deps, { url: base.replace(/\/*$/, '/session-events'), body, session }),
    sendClaim: (session, body) => claim('', { body, session }),
    readClaim: (session, id, signal) => claim(`/${id}`, { session, signal }),
  };
}
