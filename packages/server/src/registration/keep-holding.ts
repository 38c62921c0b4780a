import type { ClaimStep } from '../domain/claim-steps.ts';
import { hour } from '../domain/durations.ts';
import type { Step } from '../ports/step.ts';
import type { RegistrationDeps } from './deps.ts';
import { saidOf } from './said-of-claim.ts';

/** Beyond the wait, milliseconds: Meta may ask for another one. */
const beyond = hour;

/** A number is not kept from everybody else for longer than this by one wait. Milliseconds. */
const longest = 12 * hour;

const attaching: ReadonlySet<string> = new Set<ClaimStep>(['attach', 'attach_named']);

/**
 * Goes on holding the number that is to be attached while its claim waits for Meta: Meta's limits last an hour and more,
 * and a hold does not.
 */
export function keepHolding({ store, clock, options }: RegistrationDeps, step: Step): Step {
  return async (context) => {
    const end = await step(context);
    if (end === 'fenced' || end.next.do !== 'wait') return end;
    const isComing = options.attachWhenNoNumber && saidOf(context.claim).kind === 'without_number';
    if (!attaching.has(end.next.step) && !isComing) return end;
    const now = clock.now();
    const until = Math.min(end.next.runAt, now + longest) + beyond;
    await store.keepHold({ lease: context.lease, now, until });
    return end;
  };
}
