import type { ServerProblem } from '../server/server-problem.ts';
import { createSignupServer } from '../server/signup-server.ts';
import type { SessionWish } from '../server/signup-server.ts';
import { tryAgain } from '../server/try-again.ts';
import { createTimers } from './create-timers.ts';
import { onPress } from './on-press.ts';
import { onDue, onSdkFailed } from './on-session.ts';
import { createSdkRunners } from './run-sdk.ts';
import { createSessionRunners } from './run-session.ts';
import type { Ask, LateEffects, Put, Runners, SignupContext } from './signup-context.ts';
import type { SignupDeps } from './signup-deps.ts';
import { initialState } from './signup-state.ts';
import type { SignupEffect, SignupEffects, SignupState, Step } from './signup-state.ts';

/** What a signup is given by the element around it. */
export interface SignupOptions {
  deps: SignupDeps;
  /** Loads the part of this package that is not needed to paint. */
  loadLate: () => Promise<{ createLateRunners: (context: SignupContext) => Runners<LateEffects> }>;
  /** Where the host mounted the signup server. */
  server: string;
  /** Read whenever a session is opened. */
  wish: () => SessionWish;
  changed: (state: SignupState, before: SignupState) => void;
}

/** A running signup. */
export interface Signup {
  state: () => SignupState;
  /** To be called in the click itself. */
  press: () => void;
  /** The page asks for something else. */
  wishChanged: () => void;
  /** Ends listeners, timers and requests; only a half of a claim on its way may still arrive. */
  stop: () => void;
}

/** Runs the state machine in a browser, from here until `stop`. */
export function createSignup({ deps, loadLate, server, wish, changed }: SignupOptions): Signup {
  const ender = new AbortController();
  const timers = createTimers(deps);
  const { document } = deps.window;
  const queue: (() => Step)[] = [];
  let state = initialState;

  const take = (step: () => Step) => {
    const before = state;
    const [after, ...effects] = step();
    state = after;
    effects.forEach(run);
    if (after !== before) changed(after, before);
  };
  /** What an effect brings at once waits until the effects before it are through. */
  const put: Put = (on, ...brought) => {
    if (ender.signal.aborted || queue.push(() => on(state, ...brought)) > 1) return;
    try {
      for (let step = queue[0]; step; queue.shift(), step = queue[0]) take(step);
    } finally {
      queue.length = 0;
    }
  };
  const whenSeen = (run: () => void) => {
    if (document.visibilityState !== 'hidden') return run();
    const look = () => whenSeen(run);
    document.addEventListener('visibilitychange', look, { once: true, signal: ender.signal });
  };
  const ask: Ask = (forMs, task, taken, lost) => {
    tryAgain({ ...deps, wait: timers.wait }, forMs, task).then(
      (result) => taken(result),
      // Requests throw nothing but a ServerProblem.
      (error: ServerProblem) => lost(error, error.final),
    );
  };
  const renew = () => put(onDue);
  const context: SignupContext = {
    deps,
    server: createSignupServer(deps, server),
    timers,
    signal: ender.signal,
    state: () => state,
    put,
    ask,
    renew,
    wish,
    whenSeen,
  };
  const addLate = async () => {
    const { createLateRunners } = await loadLate();
    Object.assign(runners, createLateRunners(context));
  };
  let late: Promise<void> | undefined;
  const whenLate = (run: () => void) => {
    late ??= addLate();
    late.then(run, () => {
      late = undefined;
      put(onSdkFailed, 'widget_incomplete');
    });
  };
  const runners: Partial<Runners<keyof SignupEffects>> = {
    ...createSessionRunners(context),
    ...createSdkRunners(context, whenLate),
  };
  const run = (effect: SignupEffect): void => {
    // Each runner takes the effect it is filed under; TypeScript cannot see that for a union.
    const runner = runners[effect.do] as ((effect: SignupEffect) => void) | undefined;
    if (runner) runner(effect);
    else whenLate(() => run(effect));
  };
  renew();

  return {
    state: () => state,
    press: () => put(onPress, deps.now()),
    wishChanged: renew,
    stop: () => {
      ender.abort();
      timers.end();
    },
  };
}
