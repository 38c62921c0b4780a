import type { SignupState } from './launch/signup-state.ts';

/** What is shown until the engine is there. */
export const begun: SignupState = { status: 'loading', goodUntil: 0, sending: 0 };

/** What is shown when there will be no engine: the page's engineer has to see why. */
export function broken(code: 'server_missing' | 'part_missing'): SignupState {
  return { ...begun, status: 'unavailable', problem: { code } };
}
