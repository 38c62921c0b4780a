import { day, minute } from '../domain/durations.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import { customerToken } from '../ports/customer-token.ts';
import type { RegistrationDeps } from './deps.ts';
import { line } from './history-line.ts';
import { endOf } from './with-failures.ts';

/** The number is in service: nobody waits longer than that for a setting of it. Milliseconds. */
const patience = day;

/** Lines of a number's history among which the one about the check is. */
const mostChanges = 200;

/**
 * Switches Meta's identity check of a registered number on (Meta, "Identity change check"). Doing it twice does no harm. Where
 * it cannot be done the number is registered all the same, and the claim says that somebody should look. What a person has
 * decided about this number since it came into service counts for more than the host's option, which is about all of them.
 */
export function checkIdentity(deps: RegistrationDeps): Step {
  const { graph, store, clock } = deps;
  return async (context) => {
    const { claim } = context;
    const { phoneNumberId } = claim;
    if (phoneNumberId === undefined) throw new Error(`The registered claim ${claim.id} has no number.`);
    const turn = await store.beginIdentityCheck({ phoneNumberId, enabled: true });
    if (turn === 'off_under_way') return waiting(clock.now());
    // Asked after that: whoever begins to switch it off later makes this turn too late.
    const decision = await decidedOff(store, phoneNumberId);
    if (decision !== undefined) {
      return { event: 'registered', reason: null, history: line(decision), next: { do: 'done' } };
    }
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

/** What the history says where a person has switched it off; `undefined`: nobody has. */
async function decidedOff(
  store: RegistrationDeps['store'],
  phoneNumberId: string,
): Promise<string | undefined> {
  const number = await store.findPhoneNumber(phoneNumberId);
  if (number?.identityCheck !== false || number.identityCheckAt === undefined) return undefined;
  const changes = await store.listPhoneNumberChanges({ phoneNumberId, limit: mostChanges });
  const change = changes.find(({ fact }) => fact === 'identityCheck');
  // Off twice is one line, and a check that went off with an earlier claim is the kit's.
  const who = change?.after === 'off' && change.who !== 'kit' ? change.who : 'an operator';
  return `identity check left off: ${who} has switched it off, at ${new Date(number.identityCheckAt).toISOString()}`;
}

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
