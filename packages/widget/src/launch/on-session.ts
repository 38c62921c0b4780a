import type { SessionAnswer } from '@embedded-signup-kit/protocol';
import type { FacebookSdk } from '../facebook/facebook-sdk.ts';
import type { SdkFailure } from '../facebook/load-sdk.ts';
import type { SignupProblem } from './signup-problem.ts';
import type { SignupState, Transition } from './signup-state.ts';

/** The page begins or asks for something else, or the session should be renewed and somebody is looking. */
export const onDue: Transition = (state) =>
  // A popup that stays open for long keeps its number this way; a claim needs no session to launch with.
  isUnderWay(state) && state.status !== 'in-popup' ? [state] : [state, { do: 'open' }];

/** A session came, wanted for now or fetched ahead; `renewed` when it has the id of the one before. */
export const onOpened: Transition<[session: SessionAnswer, endsAt: number, renewed: boolean]> = (
  state,
  session,
  endsAt,
  renewed,
) => {
  const next: SignupState = { ...state, session, endsAt, spent: renewed && !!state.spent };
  if (isUnderWay(state)) return [next];
  if (next.status === 'loading' && session.claims.length > 0) return [next, { do: 'resume' }];
  return next.sdk ? [readied(next)] : [next, { do: 'load' }];
};

/** No session: the end of it when the server says so, otherwise worth another try. */
export const onRefused: Transition<[problem: SignupProblem, final: boolean]> = (state, problem, final) =>
  // Fetched ahead and not got: what is on the screen still holds.
  isUnderWay(state) || (state.session && state.status !== 'loading' && !final)
    ? [state]
    : [{ ...state, status: final ? 'unavailable' : 'failed', session: undefined, problem }];

/** The SDK is there, in time or late. */
export const onSdkReady: Transition<[sdk: FacebookSdk]> = (state, sdk) => [readied({ ...state, sdk })];

/** The SDK, or a part of this package, is not there: nothing can be launched until it comes. */
export const onSdkFailed: Transition<[code: SdkFailure | 'widget_incomplete']> = (state, code) => [
  isUnderWay(state) ? state : { ...state, status: 'unavailable', problem: { code } },
];

/** Whether the popup may be open or a claim is under way: then the screen belongs to that. */
function isUnderWay({ status }: SignupState): boolean {
  return !/loading|ready|cancelled|failed|un/.test(status);
}

/** To `ready`, for who waited for it; otherwise what is on the screen stays. */
function readied(state: SignupState): SignupState {
  const waited = state.session && /loading|un/.test(state.status);
  return waited ? { ...state, status: 'ready', problem: undefined } : state;
}
