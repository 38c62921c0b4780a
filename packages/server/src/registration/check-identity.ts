import { day, minute } from '../domain/durations.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import { customerToken } from '../ports/customer-token.ts';
import type { RegistrationDeps } from './deps.ts';
import { line } from './history-line.ts';
import { endOf } from './with-failures.ts';

/** The number is in service: nobody waits longer than that for a setting of it. Milliseconds. */
const patience = day;

/**
 * Switches Meta's identity check of a registered number on (Meta, "Identity change check"). Doing it twice does no harm. Where
 * it cannot be done the number is registered all the same, and the claim says that somebody should look.
 */
export function checkIdentity(deps: RegistrationDeps): Step {
  const { graph, store, clock } = deps;
  return async (context) => {
    const { claim } = context;
    const { phoneNumberId } = claim;
    if (phoneNumberId === undefined) throw new Error(`The registered claim ${claim.id} has no number.`);
    const turn = await store.beginIdentityCheck({ phoneNumberId, enabled: true });
    if (turn === 'off_under_way') return waiting(clock.now());
    try {
      await graph.setIdentityCheck(phoneNumberId, true, await customerToken(deps, claim));
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const end = endOf(deps, context, error);
      const until = (claim.registeredAt ?? clock.now()) + patience;
      if (end.next.do === 'wait' && end.next.runAt < until) return end;
      return withoutIt(error);
    }
    // An older version may have made the claim, and know of no numbers in service.
    if (turn !== 'missing') {
      const isOn = await store.endIdentityCheck({ turn, end: 'done', now: clock.now(), who: 'kit' });
      if (!isOn) return waiting(clock.now());
    }
    return {
      event: 'registered',
      reason: null,
      history: line('identity check on'),
      next: { do: 'done' },
    };
  };
}

/** An operator is switching it off at this moment: nobody could say that it is on. */
const waiting = (now: number): StepEnd => ({
  next: { do: 'wait', step: 'identity', runAt: now + minute },
});

function withoutIt(error: GraphError): StepEnd {
  return {
    event: 'registered',
    reason: {
      code: 'identity_check_failed',
      message:
        'The number is registered, but Meta did not switch its identity check on. Switch it on by hand, or look why Meta refused: the history has its code.',
    },
    history: {
      what: `could not ${error.facts.action}`,
      who: 'meta',
      reason: error.reason,
      traceId: error.facts.traceId,
    },
    next: { do: 'done' },
  };
}
