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
  const { status, claim, problem, session, verification } = after;
  const step = claim?.step;
  const moved = status !== before.status;
  const numbers = session?.numbers ?? [];
  const events: Event[] = [];
  if (moved || step !== before.claim?.step) events.push(new SignupStepEvent('signup-step', { status, step }));
  if (moved && status === 'ready') events.push(new SignupReadyEvent('signup-ready', { numbers }));
  if (moved && status === 'launching') events.push(new SignupLaunchEvent('signup-launch', { numbers }));
  if (moved && status === 'cancelled') {
    events.push(new SignupCancelEvent('signup-cancel', { step: after.leftAt }));
  }
  if (claim && claim.status !== before.claim?.status) {
    events.push(new SignupClaimEvent('signup-claim', { claim }));
    if (claim.status === 'registered') events.push(new SignupRegisteredEvent('signup-registered', { claim }));
  }
  for (const [news, old] of [
    [problem, before.problem],
    [verification?.problem, before.verification?.problem],
  ]) {
    if (news && news !== old) events.push(new SignupErrorEvent('signup-error', { problem: news }));
  }
  return events;
}
