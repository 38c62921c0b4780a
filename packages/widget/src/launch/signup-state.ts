import type {
  ClaimRequest,
  ClaimView,
  SessionAnswer,
  SessionEventRequest,
} from '@embedded-signup-kit/protocol';
import type { FacebookSdk } from '../facebook/facebook-sdk.ts';
import type { Finish } from '../session-log/session-log-entry.ts';
import type { WidgetStatus } from '../status.ts';
import type { SignupProblem } from './signup-problem.ts';

/** All that one element knows. */
export interface SignupState {
  readonly status: WidgetStatus;
  readonly session?: SessionAnswer | undefined;
  /** From here on, on this page's clock, the popup must not be opened with the session. */
  readonly endsAt: number;
  /** A claim was taken with the session, and a session has one claim. */
  readonly spent?: boolean;
  /** The Facebook SDK, once it is there. */
  readonly sdk?: FacebookSdk | undefined;
  /** The session that the popup was opened with: what comes out of it belongs to that one. */
  readonly launched?: string;
  /** The first finish of this launch; later ones are ignored. */
  readonly finish?: Finish;
  /** The login code of this launch came. The code itself is not kept. */
  readonly hasCode?: boolean;
  /** How many halves of the claim are on their way to the server. */
  readonly sending: number;
  /** Where the customer left Meta's window, in Meta's words. */
  readonly leftAt?: string | undefined;
  /** The window looks closed. Meta's own pages can make it look so while it is open: advice, never a fact. */
  readonly looksClosed?: boolean;
  readonly claim?: ClaimView | undefined;
  readonly problem?: SignupProblem | undefined;
}

/** Where every element begins. */
export const initialState: SignupState = { status: 'loading', endsAt: 0, sending: 0 };

/** Everything that a signup may do to the world, each with what it needs. */
export interface SignupEffects {
  /** Opens a session, or renews it under the same id unless it is spent. */
  open: object;
  /** Waits for the Facebook SDK. */
  load: object;
  /** Looks for a claim that the server is still at work on. */
  resume: object;
  /** Runs `FB.login`: still inside the click, because all effects are. */
  login: object;
  /** Hands in one half of the claim. */
  send: { half: ClaimRequest };
  /** Hands in an entry of the session log that is no finish. */
  note: { note: SessionEventRequest };
  /** Asks for the claim until it needs no following. */
  follow: object;
}

/** One of {@link SignupEffects}, with what it does. */
export type SignupEffect = {
  [Do in keyof SignupEffects]: { do: Do } & SignupEffects[Do];
}[keyof SignupEffects];

/** The next state, and what has to be done now. */
export type Step = readonly [state: SignupState, ...effects: SignupEffect[]];

/**
 * One thing that can happen to a signup, without a browser: from the state and what it brings to the next state and
 * what has to be done. News of an earlier popup never gets this far.
 */
export type Transition<Brought extends unknown[] = []> = (state: SignupState, ...brought: Brought) => Step;
