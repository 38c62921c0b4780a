import { show } from './show-claim.ts';
import type { SignupEvent, SignupState, Step, Verification } from './signup-state.ts';

/** What happens around the one-time code that Meta wants for a claimed number. */
type VerificationEvent = Extract<
  SignupEvent,
  { type: 'ask-code' | 'code-sent' | 'rested' | 'hand-in' | 'code-taken' | 'code-failed' }
>;

/** The part of the state machine that asks for a one-time code. Its limits are the server's. */
export function verify(state: SignupState, event: VerificationEvent): Step {
  const { status, verification } = state;
  // The claim went on by itself meanwhile, perhaps with an operator's code.
  if (status !== 'verifying') return [state];
  const { sent, resting } = verification ?? {};
  const become = (change: Verification) => ({ ...state, verification: { sent, resting, ...change } });

  switch (event.type) {
    case 'ask-code':
      return verification?.busy || resting
        ? [state]
        : [become({ busy: true }), { do: 'ask-code', method: event.method }];
    case 'hand-in': {
      if (verification?.busy) return [state];
      const code = digitsOf(event.code);
      // Not worth one of the few tries that Meta gives.
      if (code.length !== 6) return [become({ problem: { code: 'code_refused' } })];
      return [become({ busy: true }), { do: 'hand-in', code }];
    }
    case 'code-sent':
      return show(become({ sent: event.method, resting: true }), event.claim);
    case 'rested':
      return [{ ...state, verification: { ...verification, resting: false } }];
    case 'code-taken': {
      const [shown, ...effects] = show({ ...state, verification: undefined }, event.claim);
      return [shown, ...(effects.length ? effects : ([{ do: 'follow' }] as const))];
    }
    case 'code-failed':
      return [become({ problem: event.problem })];
  }
}

/** The digits of what was typed, such as `123-456`, also from keyboards with Arabic, Persian or Hindi digits. */
function digitsOf(typed: string): string {
  return typed
    .replace(/[٠-٩۰-۹०-९]/g, (digit) => `${(digit.charCodeAt(0) - (digit < '०' ? 0 : 6)) % 16}`)
    .replace(/\D/g, '');
}
