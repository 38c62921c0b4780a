import { wireVersion } from '@embedded-signup-kit/protocol';
import type {
  ClaimAnswer,
  ClaimRequest,
  OpenSessionRequest,
  SessionAnswer,
} from '@embedded-signup-kit/protocol';
import { loadSdk } from '../facebook/load-sdk.ts';
import { request } from '../server/request.ts';
import type { ServerRequest } from '../server/request.ts';
import { tryAgain } from '../server/try-again.ts';
import { isWaiting } from '../status.ts';
import { openPopup } from './open-popup.ts';
import { reduce } from './reduce.ts';
import { initialState } from './signup-state.ts';
import type { SignupEffect, SignupEvent, SignupState } from './signup-state.ts';

/** What the page may ask for when a session is opened. */
export type SessionWish = Pick<OpenSessionRequest, 'prefill' | 'country'>;

/** What a signup is given by the element around it. */
export interface SignupOptions {
  fetch: typeof fetch;
  /** Where the host mounted the signup server. */
  server: string;
  /** Read whenever a session is opened. */
  wish: () => SessionWish;
  changed: (state: SignupState, before: SignupState) => void;
}

/** A running signup. */
export interface Signup {
  state: () => SignupState;
  /** Tells it what happened; a press must be told in the click itself. */
  dispatch: (event: SignupEvent) => void;
  /** Ends listeners, timers and requests; only a half of a claim on its way may still arrive. */
  stop: () => void;
}

const openSessionFor = 5_000;
// A code lives 30 seconds; afterwards sending it again is pointless. The event does not age.
const sendCodeFor = 30_000;
const sendEventFor = 120_000;

const firstPoll = 500;
const slowestPoll = 5_000;
const pollGrowth = 1.5;
const pollWhileWaiting = 30_000;

/** Runs the state machine in a browser, from here until `stop`. */
export function createSignup({ fetch, server, wish, changed }: SignupOptions): Signup {
  const ender = new AbortController();
  const { signal } = ender;
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let state = initialState;
  let opens = 0;
  let popup = new AbortController();
  let stopLoading = () => {};

  const dispatch = (event: SignupEvent) => {
    if (signal.aborted) return;
    const before = state;
    const [after, effect] = reduce(before, event, Date.now());
    state = after;
    // First, since an effect may bring the next event at once.
    if (after !== before) changed(after, before);
    if (effect) run(effect);
  };

  const later = (ms: number, run: () => void) => {
    if (signal.aborted) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };
  const wait = (ms: number) => new Promise<void>((resolve) => later(ms, resolve));

  const ask = <Answer>(path: string, rest: Omit<ServerRequest<Answer>, 'base' | 'path'>) =>
    request(fetch, { base: server, path, ...rest });

  const openSession = async (before?: string) => {
    const mine = (opens += 1);
    const result = await tryAgain(wait, openSessionFor, () =>
      ask<SessionAnswer>('/sessions', {
        expected: 'launch',
        body: { version: wireVersion, ...wish() },
        session: before,
        signal,
      }),
    );
    // Another one was asked for meanwhile, with a newer wish.
    if (mine !== opens) return;
    if (!result.problem) dispatch({ type: 'session', session: result.answer });
    // The old session is over, or somebody else's: a fresh one will do.
    else if (before && result.problem.code.startsWith('session_')) void openSession();
    else dispatch({ type: 'no-session', ...result });
  };

  const send = async (half: ClaimRequest) => {
    const session = state.launched;
    const { signal: left } = popup;
    const result = await tryAgain(wait, half.code ? sendCodeFor : sendEventFor, () =>
      ask<ClaimAnswer>('/claims', { expected: 'claim', body: half, session }),
    );
    // With another popup open, this is history.
    if (left.aborted) return;
    dispatch(result.problem ? { type: 'lost', ...result } : { type: 'sent', ...result.answer });
  };

  const followClaim = (pause: number) => {
    const { claim, launched } = state;
    if (!claim) return;
    const read = async () => {
      // A page that nobody looks at does not ask.
      if (document.visibilityState === 'hidden') {
        return document.addEventListener('visibilitychange', () => void read(), { once: true, signal });
      }
      const result = await ask<ClaimAnswer>(`/claims/${claim.id}`, {
        expected: 'claim',
        session: launched,
        signal,
      });
      // Begun anew meanwhile.
      if (state.claim !== claim) return;
      if (!result.problem) dispatch({ type: 'claim', ...result.answer });
      else if (result.final) return dispatch({ type: 'failed', problem: result.problem });
      // With another status, it is up to the state machine whether to go on.
      if (state.claim.status === claim.status) followClaim(Math.min(pause * pollGrowth, slowestPoll));
    };
    later(isWaiting(claim) ? pollWhileWaiting : pause, () => void read());
  };

  const run = (effect: SignupEffect) => {
    switch (effect.do) {
      case 'open':
        return void openSession(effect.before);
      case 'load':
        stopLoading();
        stopLoading = loadSdk(state.session?.launch.sdkUrl ?? '', dispatch);
        return;
      case 'login':
        popup.abort();
        popup = new AbortController();
        return openPopup({ ...effect, later, signal: popup.signal, dispatch });
      case 'send':
        return void send(effect.half);
      case 'note':
        // One that gets lost costs a line of history.
        return void ask('/session-events', { body: effect.said, session: state.launched });
      case 'follow':
        return followClaim(firstPoll);
    }
  };
  dispatch({ type: 'wish' });

  return {
    state: () => state,
    dispatch,
    stop: () => {
      ender.abort();
      popup.abort();
      stopLoading();
      timers.forEach(clearTimeout);
    },
  };
}
