import { html } from 'lit/html.js';
import type { Say } from '../labels/labels-for.ts';
import type { SignupProblem } from '../launch/signup-problem.ts';
import type { SignupState } from '../launch/signup-state.ts';

/** A text with the number in it, which is read from left to right in every language. */
export function withNumber(text: string, number: string | undefined): unknown {
  const [first, ...others] = text.split('{number}');
  return [first, ...others.map((next) => html`<strong dir="ltr">${number}</strong>${next}`)];
}

/** What went wrong last. While another try for the one-time code is under way, the last one is over. */
export const problemOf = ({
  status,
  problem,
  earlier,
  verification,
}: SignupState): SignupProblem | undefined =>
  verification && !verification.busy
    ? verification.problem
    : (problem ?? (status === 'ready' ? earlier : undefined));

/** The one sentence that tells where the signup stands; it is also read out. */
export function sentenceOf(state: SignupState, problem: SignupProblem | undefined, say: Say): string {
  const { status, claim, looksClosed, slow, verification } = state;
  return say(
    status === 'in-popup' && looksClosed ? 'closed' : undefined,
    slow ? (claim ? 'slow' : 'sending') : undefined,
    // A sentence of its own, so that a second wrong code is read out as well.
    verification?.busy ? 'claiming' : undefined,
    problem?.code,
    verification?.problem ? 'failed' : undefined,
    verification?.sent && { SMS: 'texted', VOICE: 'called' }[verification.sent],
    claim?.status,
    status,
  );
}
