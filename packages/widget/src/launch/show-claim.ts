import type { ClaimRequest, ClaimView } from '@embedded-signup-kit/protocol';
import { widgetStatusOf } from '../status.ts';
import type { SignupState, Step } from './signup-state.ts';

/** Hands in one half of the claim. The other half may have brought the claim further already. */
export function send(state: SignupState, half: ClaimRequest): Step {
  const next = { ...state, sending: state.sending + 1 };
  return [
    // A session has one claim, so it is used up.
    state.claim ? next : { ...next, status: 'claiming', problem: undefined, session: undefined },
    { do: 'send', half },
  ];
}

/** Puts a claim on the screen, as it stands by now. */
export function show(state: SignupState, claim: ClaimView): Step {
  const { status: stands, reason, id } = claim;
  if (stands === state.claim?.status) return [{ ...state, claim }];
  const status = widgetStatusOf(claim);
  const problem =
    status === 'failed'
      ? { code: reason?.code ?? stands, message: reason?.message, reference: id }
      : undefined;
  const next = {
    ...state,
    status,
    claim,
    problem,
    verification: undefined,
    earlier: undefined,
    looksClosed: false,
  };
  if (status === 'registered') return [next];
  // A person may still repair it; and where only the code is missing, Meta's own word may come.
  if (stands === 'needs_signup') return [next, { do: 'open' }, { do: 'follow' }];
  // For everything else that failed, a session is fetched now, so that the next press finds it ready.
  const over = status === 'failed' && stands !== 'needs_operator';
  return [next, { do: over ? 'open' : 'follow' }];
}
