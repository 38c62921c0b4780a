import type { Say } from '../labels/labels-for.ts';
import type { SignupState } from '../launch/signup-state.ts';

/** The one sentence that tells where the signup stands; it is also read out. */
export function sentenceOf({ status, claim, problem, looksClosed }: SignupState, say: Say): string {
  if (problem) return say(problem.code, claim?.status, status);
  if (status === 'registered') return say(claim?.status, status);
  return say(status === 'in-popup' && looksClosed ? 'closed' : status);
}

/** What to quote when asking for help. */
export function referenceOf({ problem }: SignupState, say: Say): string {
  return problem
    ? say('reference').replace('{code}', () => [problem.code, problem.reference].filter(Boolean).join(' · '))
    : '';
}
