import type {
  ClaimRequest,
  ClaimView,
  SessionAnswer,
  SessionEventRequest,
} from '@embedded-signup-kit/protocol';
import type { FacebookSdk } from '../facebook/facebook-sdk.ts';
import type { SdkNews } from '../facebook/load-sdk.ts';
import type { Failure } from '../server/request.ts';
import type { SessionLogEntry } from '../session-log/session-log-entry.ts';
import type { WidgetStatus } from '../status.ts';
import type { SignupProblem } from './signup-problem.ts';

/** All that one element knows. */
export interface SignupState {
  readonly status: WidgetStatus;
  /** What the popup can be opened with; gone as soon as something of a claim was sent, since a session has one claim. */
  readonly session?: SessionAnswer | undefined;
  /** Until when, on this page's clock, the popup may be opened with the session; 0 while it is being renewed. */
  readonly goodUntil: number;
  /** The Facebook SDK, once it is there. */
  readonly sdk?: FacebookSdk | undefined;
  /** The token of the session that the last popup was opened with: what comes out of that popup belongs to it. */
  readonly launched?: string | undefined;
  /** The first finish of this launch; later ones are ignored. */
  readonly finish?: ClaimRequest | undefined;
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
export const initialState: SignupState = { status: 'loading', goodUntil: 0, sending: 0 };

/** Everything that can happen to a signup. News of an earlier popup is not among it. */
export type SignupEvent =
  /** The page begins, or asks for something else. */
  | { type: 'wish' }
  /** The customer is at the element: pointer or focus came into it. */
  | { type: 'visit' }
  /** The button was pressed. */
  | { type: 'press' }
  | { type: 'session'; session: SessionAnswer }
  | ({ type: 'no-session' } & Failure)
  | SdkNews
  | { type: 'popup' }
  /** It has looked closed for a few seconds. */
  | { type: 'popup-gone' }
  /** The session log says something. */
  | { type: 'entry'; entry: SessionLogEntry }
  /** `FB.login` called back with a code. */
  | { type: 'code'; code: string }
  /** `FB.login` called back without a code, and no finish came behind it. */
  | { type: 'no-code' }
  /** One half of the claim is on the server's disk. */
  | { type: 'sent'; claim: ClaimView }
  /** One half of the claim did not get there. */
  | ({ type: 'lost' } & Failure)
  | { type: 'claim'; claim: ClaimView }
  /** A popup that did not open, or a claim that cannot be followed. */
  | { type: 'failed'; problem: SignupProblem };

/** Everything that a signup may do to the world. */
export type SignupEffect =
  /** Opens a session; with the token of the one before, that one is renewed. */
  | { do: 'open'; before?: string | undefined }
  | { do: 'load' }
  /** Runs `FB.login`. */
  | { do: 'login'; session: SessionAnswer; sdk: FacebookSdk }
  /** Hands in one half of the claim. */
  | { do: 'send'; half: ClaimRequest }
  /** Hands in an entry of the session log that is no finish. */
  | { do: 'note'; said: SessionEventRequest }
  /** Asks for the claim until it needs no following. */
  | { do: 'follow' };

/** The next state, and what has to be done now. */
export type Step = readonly [state: SignupState, effect?: SignupEffect];
