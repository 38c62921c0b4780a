import type { SessionAnswer } from '@embedded-signup-kit/protocol';
import { initialState } from './signup-state.ts';
import type { SignupState, Step } from './signup-state.ts';

const minute = 60_000;
// The numbers have to be held still when the customer comes to choose one.
const signupTakes = 10 * minute;

/** How long after a cancel the popup may be opened with the same session: the server frees its numbers after ten minutes. */
export const goodAfterLeaving = 9 * minute;

/** Nothing is on the screen yet that a customer could be in the middle of. */
export function isPreparing({ status, session, claim, finish, problem }: SignupState): boolean {
  if (status === 'failed') return !session && !claim && !finish && problem?.code === 'server_unreachable';
  return status === 'loading' || status === 'unavailable';
}

/** A new beginning, with what is still of use. What the last popup says late still belongs to its own session. */
export function begin(state: SignupState): SignupState {
  const { session, goodUntil, sdk, launched, returning, left, picked } = state;
  return { ...initialState, session, goodUntil, sdk, launched, returning, left, picked };
}

/** Another session in the place of this one, and the customer waits for it. */
export function renew(state: SignupState): Step {
  return [{ ...begin(state), goodUntil: 0 }, renewal(state)];
}

/** Opens a session after the one that is there, or the one that an earlier page of this tab had. */
export function renewal({ session, returning, launched }: SignupState) {
  return { do: 'open', before: session?.session ?? (returning ? launched : undefined) } as const;
}

/** To `ready`, for who waits for it; otherwise what is on the screen stays. */
export function ready(state: SignupState): SignupState {
  return isPreparing(state) && state.goodUntil ? { ...state, status: 'ready', problem: undefined } : state;
}

/**
 * Until when, on this page's clock, the popup may be opened. That clock may be wrong by hours, so the time is kept
 * within what a server gives: a session is never over when it has just been opened, nor good for days.
 */
export function endOf({ expiresAt }: SessionAnswer, now: number): number {
  const left = Date.parse(expiresAt) - now - signupTakes;
  return now + Math.min(Math.max(left || 0, 5 * minute), 50 * minute);
}
