import type { SignupState } from './launch/signup-state.ts';

/** What is shown until the engine is there. */
export const begun: SignupState = { status: 'loading', goodUntil: 0, sending: 0 };

/** How long, in milliseconds, the engine may be on its way; it is welcome afterwards, too. */
export const patience = 15_000;

/** Tells the page of it. The event's class is the engine's, which is not there. */
export function errorOf({ problem }: SignupState): Event {
  return Object.assign(new Event('signup-error', { bubbles: true, composed: true }), { problem });
}

/** As text, to see whether it has changed. What cannot go to the server as it is has none. */
export function textOf(wish: object): string {
  try {
    return JSON.stringify(wish);
  } catch {
    return '';
  }
}

/** What is shown when there will be no engine: the page's engineer has to see why. */
export function broken(code: 'server_missing' | 'part_missing'): SignupState {
  return { ...begun, status: 'unavailable', problem: { code } };
}
