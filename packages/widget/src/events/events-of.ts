import type { SignupState } from '../launch/signup-state.ts';
import {
  SignupCancelEvent,
  SignupClaimEvent,
  SignupErrorEvent,
  SignupLaunchEvent,
  SignupReadyEvent,
  SignupRegisteredEvent,
  SignupStepEvent,
} from './signup-events.ts';

/** What the page is told of a change. Nothing secret is among it: neither session nor code. */
export function eventsOf(after: SignupState, before: SignupState): Event[] {
  const { status, claim, problem, session } = after;
  const events: Event[] = [];
  if (status !== before.status || claim?.step !== before.claim?.step) {
    events.push(new SignupStepEvent(status, claim?.step));
  }
  if (status !== before.status) {
    const numbers = session?.numbers ?? [];
    if (status === 'ready') events.push(new SignupReadyEvent(numbers));
    if (status === 'launching') events.push(new SignupLaunchEvent(numbers));
    if (status === 'cancelled') events.push(new SignupCancelEvent(after.leftAt));
  }
  if (claim && claim.status !== before.claim?.status) {
    events.push(new SignupClaimEvent(claim));
    if (claim.status === 'registered') events.push(new SignupRegisteredEvent(claim));
  }
  if (problem && problem !== before.problem) events.push(new SignupErrorEvent(problem));
  return events;
}
