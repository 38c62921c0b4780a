import { wireVersion } from '@embedded-signup-kit/protocol';
import type { ClaimRequest, OpenSessionRequest } from '@embedded-signup-kit/protocol';
import { eventsOf } from '../events/events-of.ts';
import { cutsOpener } from '../facebook/cuts-opener.ts';
import { loadSdk } from '../facebook/load-sdk.ts';
import { createServer } from '../server/create-server.ts';
import { isMoving } from '../status.ts';
import { comeBack } from './come-back.ts';
import { createTimers } from './create-timers.ts';
import { followClaim } from './follow-claim.ts';
import { keepFinish, keepLaunch, recallLaunch } from './kept-launch.ts';
import { logIn } from './log-in.ts';
import { listenToPopup } from './open-popup.ts';
import { reduce } from './reduce.ts';
import { initialState } from './signup-state.ts';
import type { SignupEffect, SignupEvent, SignupState } from './signup-state.ts';
import { whenVisible } from './when-visible.ts';

/** What the page may ask for when a session is opened. */
export type SessionWish = Pick<OpenSessionRequest, 'prefill' | 'country'>;

/** What a signup is given by the element around it. */
export interface SignupOptions {
  fetch: typeof fetch;
  /** Where the host mounted the signup server. */
  server: string;
  /** Read whenever a session is opened. */
  wish: () => SessionWish;
  /** The language that Meta is asked to send one-time codes in, such as `pt-BR`. */
  locale: () => string | undefined;
  /** Told of each new state, with what the page should hear of it. */
  changed: (state: SignupState, events: Event[]) => void;
}

/** A running signup. */
export interface Signup {
  /** Tells it what happened; a press must be told in the click itself. */
  dispatch: (event: SignupEvent) => void;
  /** Ends listeners, timers and requests; only a half of a claim on its way may still arrive. */
  stop: () => void;
}

const renewAhead = 60_000;
const longAfter = 15_000;
const lookForClaimEvery = 30_000;
// The server sends one a minute.
const codesApart = 60_000;

/** Runs the state machine in a browser, from here until `stop`. */
export function createSignup({ fetch, server, wish, locale, changed }: SignupOptions): Signup {
  const ender = new AbortController();
  const { signal } = ender;
  const { later, wait } = createTimers(signal);
  let state = initialState;
  // The newest asking is the one that counts.
  let opens = 0;
  let follows = 0;
  // The popup that was opened last, and the listening to it, which may end earlier.
  let launch = new AbortController();
  let hearing = new AbortController();
  let watching = new AbortController();
  let stopLoading = () => {};

  const dispatch = (event: SignupEvent) => {
    if (signal.aborted) return;
    const before = state;
    const [after, ...effects] = reduce(before, event, Date.now());
    state = after;
    // First, since an effect may bring the next event at once.
    if (after !== before) {
      const { claim, session, goodUntil, problem } = after;
      if (after.finish || after.status === 'registered') hearing.abort();
      const settled = claim && !isMoving(claim) && claim.status !== 'needs_operator';
      if (settled || problem?.code === 'session_of_another_customer') keepLaunch(server);
      else if (after.finish !== before.finish) keepFinish(server, after.finish);
      else if (claim && before.sending && !after.sending) keepFinish(server, undefined);
      if (after.status !== before.status && /claiming|registering/.test(after.status))
        later(longAfter, () => dispatch({ type: 'slow', status: after.status }));
      // Ahead of time, also when there is less of it now, as after a cancel.
      if (session && goodUntil !== before.goodUntil)
        later(goodUntil - Date.now() - renewAhead, () =>
          whenVisible(signal, () => {
            if (state.goodUntil === goodUntil) dispatch({ type: 'due' });
          }),
        );
      changed(after, eventsOf(after, before));
    }
    for (const effect of effects) void run(effect);
  };

  const calls = createServer({ fetch, base: server, signal, wait });
  const ofClaim = (path?: string, body?: object) =>
    calls.ofClaim(state.claim?.id ?? '', state.reading ?? state.launched, path, body);

  const openSession = async (before?: string) => {
    const mine = (opens += 1);
    const result = await calls.openSession({ version: wireVersion, ...wish() }, before);
    // Another one was asked for meanwhile, with a newer wish.
    if (mine !== opens) return;
    if (!result.problem) dispatch({ type: 'session', session: result.answer });
    // The old session is over, or somebody else's: a fresh one will do.
    else if (before && result.problem.code.startsWith('session_')) void openSession();
    else dispatch({ type: 'no-session', ...result });
  };

  const send = async (half: ClaimRequest) => {
    const { signal: left } = launch;
    const result = await calls.handIn(half, state.launched);
    // With another popup open, this is history.
    if (left.aborted) return;
    dispatch(result.problem ? { type: 'lost', ...result } : { type: 'sent', ...result.answer });
  };

  // Whoever closed the window on its last screen has finished, and the server may hear of it from Meta.
  const lookForClaim = (left: AbortSignal) =>
    later(lookForClaimEvery, () =>
      whenVisible(signal, () => {
        if (left.aborted || !state.looksClosed) return;
        dispatch({ type: 'due' });
        lookForClaim(left);
      }),
    );

  const run = async (effect: SignupEffect) => {
    switch (effect.do) {
      case 'open':
        return openSession(effect.before);
      case 'load':
        stopLoading();
        stopLoading = loadSdk(state.session?.launch.sdkUrl ?? '', dispatch);
        return;
      case 'login': {
        const { session } = effect.session;
        watching.abort();
        watching = new AbortController();
        if (!effect.again) {
          launch.abort();
          hearing.abort();
          launch = new AbortController();
          hearing = new AbortController();
        }
        // The element was removed under the popup, perhaps to be put back elsewhere: the code is good all the same.
        const late = (code: string) => {
          if (signal.aborted) void calls.handInOnce({ code }, session);
        };
        return logIn({
          ...effect,
          server,
          hearing,
          launch: launch.signal,
          watching: watching.signal,
          later,
          late,
          dispatch,
        });
      }
      case 'look-at-opener':
        lookForClaim(watching.signal);
        if (await cutsOpener()) dispatch({ type: 'opener-cut' });
        return;
      case 'send':
        return send(effect.half);
      case 'note':
        return calls.note(effect.said, state.launched);
      case 'follow': {
        const mine = (follows += 1);
        const shown = () => (mine === follows ? state.claim : undefined);
        return followClaim({ shown, read: () => ofClaim(), later, signal, dispatch });
      }
      case 'ask-code': {
        const { method } = effect;
        // As Meta writes it; without one, and for languages that it does not have, it speaks English.
        const [language] = /^[a-z]{2}([-_][A-Z]{2})?$/.exec(locale() ?? '') ?? [];
        const asked = { method, language: language?.replace('-', '_') };
        const result = await ofClaim('/code', asked);
        dispatch(
          result.problem
            ? { type: 'code-failed', problem: result.problem }
            : { type: 'code-sent', method, ...result.answer },
        );
        if (!result.problem) later(codesApart, () => dispatch({ type: 'rested' }));
        return;
      }
      case 'hand-in': {
        const result = await ofClaim('/verification', { code: effect.code });
        return dispatch(
          result.problem
            ? { type: 'code-failed', problem: result.problem }
            : { type: 'code-taken', ...result.answer },
        );
      }
    }
  };

  const begin = () => {
    const kept = recallLaunch(server);
    const back = kept && comeBack(kept);
    // Once only; and with Meta in a window, that window may still have something to say.
    if (back) keepLaunch(server, { ...kept, settled: true });
    if (kept?.settled) listenToPopup({ ...kept, hearing, dispatch });
    dispatch({ type: 'begin', launched: kept?.session, finish: kept?.finish, back });
  };
  if (window.isSecureContext) begin();
  else dispatch({ type: 'unfit', code: 'page_not_https' });
  // Back from where it went, as it was then: what has happened since is not on it.
  const comeAgain = ({ persisted }: PageTransitionEvent) => persisted && window.isSecureContext && begin();
  window.addEventListener('pageshow', comeAgain, { signal });
  window.addEventListener('online', () => dispatch({ type: 'visit' }), { signal });

  return {
    dispatch,
    stop: () => {
      ender.abort();
      launch.abort();
      hearing.abort();
      watching.abort();
      stopLoading();
    },
  };
}
