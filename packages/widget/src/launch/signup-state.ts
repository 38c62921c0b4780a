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
import type { Return } from './come-back.ts';
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
  /** That popup was opened by an earlier page of this tab, and no session has been opened since. */
  readonly returning?: boolean | undefined;
  /** The finish of that popup, as long as it is not known to be on the server. */
  readonly left?: ClaimRequest | undefined;
  /** The token of the session that the claim on the screen came with; it may be read with this one. */
  readonly reading?: string | undefined;
  /** The first finish of this launch; later ones are ignored. */
  readonly finish?: ClaimRequest | undefined;
  /** The login code of this launch came. The code itself is not kept. */
  readonly hasCode?: boolean;
  /** How many halves of the claim are on their way to the server. */
  readonly sending: number;
  /** When, on this page's clock, the customer's coming to the element was last a reason to ask the server. */
  readonly visitedAt?: number | undefined;
  /** Where the customer left Meta's window, in Meta's words. */
  readonly leftAt?: string | undefined;
  /** The window looks closed. Meta's own pages can make it look so while it is open: advice, never a fact. */
  readonly looksClosed?: boolean;
  readonly claim?: ClaimView | undefined;
  readonly problem?: SignupProblem | undefined;
  /** The id of the held number that the customer picked; Meta's window shows it first. */
  readonly picked?: string | undefined;
  /** The one-time code that Meta wants for a claimed number; only while the status is `verifying`. */
  readonly verification?: Verification | undefined;
  /** What is at work takes longer than people expect. */
  readonly slow?: boolean | undefined;
  /** An earlier claim of this customer that waits for the operator: named beside what can be done now. */
  readonly earlier?: SignupProblem | undefined;
  /** What the button does now; `undefined` when there is nothing to press for. */
  readonly action?: Action | undefined;
}

/** What a press of the button does. */
export type Action = 'launch' | 'retry' | 'reopen';

/** How Meta brings a one-time code to the telephone. */
export type CodeMethod = 'SMS' | 'VOICE';

/** How far the one-time code of a claimed number is. */
export interface Verification {
  /** The server is being asked to have a code sent, or to hand one in. */
  readonly busy?: boolean | undefined;
  /** A code was sent, in this way. */
  readonly sent?: CodeMethod | undefined;
  /** That was so recently that another one would be refused. */
  readonly resting?: boolean | undefined;
  /** What was wrong with the last try; the form stays. */
  readonly problem?: SignupProblem | undefined;
}

/** Where every element begins. */
export const initialState: SignupState = { status: 'loading', goodUntil: 0, sending: 0 };

/** Everything that can happen to a signup. News of an earlier popup is not among it. */
export type SignupEvent =
  /** The page begins, perhaps anew; perhaps with what an earlier page of this tab left, or with what Meta sent the customer back with. */
  | {
      type: 'begin';
      launched?: string | undefined;
      finish?: ClaimRequest | undefined;
      back?: Return | undefined;
    }
  /** The page cannot be used for this at all. */
  | { type: 'unfit'; code: 'page_not_https' }
  /** The page asks for something else. */
  | { type: 'wish' }
  /** The customer is at the element: pointer or focus came into it. */
  | { type: 'visit' }
  /** The session is about to be too old to launch with, and somebody sees the page. */
  | { type: 'due' }
  /** The button was pressed. */
  | { type: 'press' }
  /** The customer picked one of several held numbers. */
  | { type: 'pick'; id: string }
  /** The customer wants Meta to send a one-time code. */
  | { type: 'ask-code'; method: CodeMethod }
  /** The customer typed the one-time code. */
  | { type: 'hand-in'; code: string }
  | { type: 'session'; session: SessionAnswer }
  | ({ type: 'no-session' } & Failure)
  | SdkNews
  | { type: 'popup' }
  /** It looks closed: to us for a few seconds, or to the SDK, which then calls back without a code. */
  | { type: 'popup-gone' }
  /** The status has been the same for long. */
  | { type: 'slow'; status: WidgetStatus }
  /** The page's own policy makes it look so. */
  | { type: 'opener-cut' }
  /** The session log says something. */
  | { type: 'entry'; entry: SessionLogEntry }
  /** `FB.login` called back with a code. */
  | { type: 'code'; code: string }
  /** One half of the claim is on the server's disk. */
  | { type: 'sent'; claim: ClaimView }
  /** One half of the claim did not get there. */
  | ({ type: 'lost' } & Failure)
  | { type: 'claim'; claim: ClaimView }
  /** Meta was asked for a one-time code, or said that it needs none. */
  | { type: 'code-sent'; method: CodeMethod; claim: ClaimView }
  /** Another one-time code may be asked for. */
  | { type: 'rested' }
  /** Meta took the one-time code. */
  | { type: 'code-taken'; claim: ClaimView }
  /** Meta sent no one-time code, or did not take the one that was typed. */
  | { type: 'code-failed'; problem: SignupProblem }
  /** A popup that did not open, or a claim that cannot be followed. */
  | { type: 'failed'; problem: SignupProblem };

/** Everything that a signup may do to the world. */
export type SignupEffect =
  /** Opens a session; with the token of the one before, that one is renewed. */
  | { do: 'open'; before?: string | undefined }
  | { do: 'load' }
  /** Runs `FB.login`; `again` beside a window that looks closed, but may still be open. */
  | { do: 'login'; session: SessionAnswer; sdk: FacebookSdk; again: boolean }
  /** Finds out whether the page cuts itself off from its popups. */
  | { do: 'look-at-opener' }
  /** Hands in one half of the claim. */
  | { do: 'send'; half: ClaimRequest }
  /** Hands in an entry of the session log that is no finish. */
  | { do: 'note'; said: SessionEventRequest }
  /** Asks for the claim until it needs no following. */
  | { do: 'follow' }
  /** Has Meta send a one-time code for the claimed number. */
  | { do: 'ask-code'; method: CodeMethod }
  /** Hands in the one-time code. */
  | { do: 'hand-in'; code: string };

/** The next state, and what has to be done now. */
export type Step = readonly [state: SignupState, ...effects: SignupEffect[]];
