import type { SessionWish, SignupServer } from '../server/signup-server.ts';
import type { Timers } from './create-timers.ts';
import type { SignupDeps } from './signup-deps.ts';
import type { SignupProblem } from './signup-problem.ts';
import type { SignupEffects, SignupState, Transition } from './signup-state.ts';

/** Applies a transition to the present state: the one way to another. */
export type Put = <Brought extends unknown[]>(on: Transition<Brought>, ...brought: Brought) => void;

/** Asks the server, again while it fails in passing and `forMs` have not gone by. */
export type Ask = <Result>(
  forMs: number,
  task: () => Promise<Result>,
  taken: (result: Result) => void,
  /** `final` when the server said no. */
  lost: (problem: SignupProblem, final: boolean) => void,
) => void;

/** What the effects of one signup share. The late ones import nothing that is loaded before them, and use this. */
export interface SignupContext {
  deps: SignupDeps;
  server: SignupServer;
  timers: Timers;
  /** Ends with the signup. */
  signal: AbortSignal;
  state: () => SignupState;
  put: Put;
  ask: Ask;
  /** Opens or renews the session, when that makes sense now. */
  renew: () => void;
  wish: () => SessionWish;
  /** Runs now, or when somebody looks at the page again. */
  whenSeen: (run: () => void) => void;
}

/** The effects that only come about after a press, or with a claim. */
export type LateEffects = 'resume' | 'login' | 'send' | 'note' | 'follow';

/** Carries out effects of one kind. */
export type Runners<Kind extends keyof SignupEffects> = {
  [Key in Kind]: (effect: SignupEffects[Key]) => void;
};
