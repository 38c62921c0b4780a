import type { ClaimView } from '@embedded-signup-kit/protocol';
import { claimStatusTable, isLaunchableAgain, isMoving } from '../status.ts';
import type { SignupProblem } from './signup-problem.ts';
import type { SignupEffect, SignupState, Step, Transition } from './signup-state.ts';

/** After a reload: the newest claim that the server is at work on. The same signup must not be offered again. */
export const onResume: Transition = (state) => {
  const [claim] = (state.session?.claims ?? [])
    .filter(({ status }) => isMoving(status))
    .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
  return claim ? show(state, claim, { do: 'follow' }) : [state, { do: 'load' }];
};

/** The server has one half on disk. The first answer makes the claim; the other half only adds to it. */
export const onHalfSent: Transition<[claim: ClaimView]> = (state, claim) => {
  const next = { ...state, sending: state.sending - 1, spent: true };
  return state.claim ? [next] : show(next, claim, { do: 'follow' });
};

/**
 * One half never got there. That matters only when the other did not, either. What the server refused it would
 * refuse again, so the next press begins anew; what failed in passing is sent again.
 */
export const onHalfLost: Transition<[problem: SignupProblem, final: boolean]> = (state, problem, final) => {
  const next = { ...state, sending: state.sending - 1 };
  if (next.claim || next.sending > 0) return [next];
  return [{ ...next, status: 'failed', problem, session: final ? undefined : next.session }];
};

/** The server was asked how the claim stands. */
export const onClaimRead: Transition<[claim: ClaimView]> = (state, claim) =>
  claim.id === state.claim?.id ? show(state, claim) : [state];

function show(state: SignupState, claim: ClaimView, ...effects: SignupEffect[]): Step {
  const { status: claimStatus, reason, id } = claim;
  if (claimStatus === state.claim?.status) return [{ ...state, claim }];
  const status = claimStatusTable[claimStatus];
  const problem =
    status === 'failed'
      ? { code: reason?.code ?? claimStatus, message: reason?.message, reference: id }
      : undefined;
  // Fetched now, so that the next press finds it ready.
  if (isLaunchableAgain(claimStatus)) effects.push({ do: 'open' });
  return [{ ...state, status, claim, problem }, ...effects];
}
