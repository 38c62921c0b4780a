import type { ClaimRequest } from '@embedded-signup-kit/protocol';
import type { SessionLogEntry, TroubleData } from '../session-log/session-log-entry.ts';
import type { SignupProblem } from './signup-problem.ts';
import type { SignupState, Step, Transition } from './signup-state.ts';

/** Meta's window was opened. */
export const onPopupOpened: Transition = (state) => [
  state.status === 'launching' ? { ...state, status: 'in-popup' } : state,
];

/** Something failed for good: a window that did not open, or a claim that cannot be followed. */
export const onFailed: Transition<[problem: SignupProblem]> = (state, problem) => [
  { ...state, status: 'failed', problem },
];

/** The popup looks closed. It gives a hint and a button, no more. */
export const onLooksClosed: Transition = (state) => [{ ...state, looksClosed: true }];

/**
 * `FB.login` called back with a code. That and Meta's message come in either order, twice, late, or one of them
 * never. Each half goes to the server when it comes, the first of its kind only; neither waits for the other,
 * since the code lives 30 seconds.
 */
export const onCode: Transition<[code: string]> = (state, code) =>
  state.hasCode ? [state] : send({ ...state, hasCode: true }, { code });

/** An entry of the session log. A finish counts after a cancel and after an error, too: the window stayed open. */
export const onEntry: Transition<[entry: SessionLogEntry]> = (state, entry) => {
  if (state.finish) return [state];
  const { kind, event, data } = entry;
  if (kind === 'finish') return send({ ...state, finish: entry }, { event, data });
  const next = state.hasCode ? state : left(state, kind, data);
  return [next, { do: 'note', note: { event, data } }];
};

/** The window went away without a code, and no finish came behind it. */
export const onLoginEnded: Transition = (state) => [
  /launching|popup/.test(state.status) ? left(state, 'cancel', {}) : state,
];

function left(state: SignupState, kind: SessionLogEntry['kind'], data: TroubleData): SignupState {
  if (kind === 'cancel') {
    return { ...state, status: 'cancelled', problem: undefined, leftAt: data.current_step };
  }
  if (kind !== 'error') return state;
  const reference = [data.error_code ?? data.error_id, data.session_id].filter(Boolean).join(' · ');
  return {
    ...state,
    status: 'failed',
    problem: { code: 'meta_error', message: data.error_message, reference },
  };
}

function send(state: SignupState, half: ClaimRequest): Step {
  const next = { ...state, sending: state.sending + 1 };
  // The other half may have brought the claim further already.
  return [state.claim ? next : { ...next, status: 'claiming', problem: undefined }, { do: 'send', half }];
}
