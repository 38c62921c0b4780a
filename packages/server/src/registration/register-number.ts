import { pinCell } from '../domain/cells.ts';
import { durations, registerBudget } from '../domain/durations.ts';
import { newPin } from '../domain/new-pin.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import { budgetSpent, type CallBudget } from './budget-spent.ts';
import { customerToken } from '../ports/customer-token.ts';
import type { RegistrationDeps } from './deps.ts';
import { line } from './history-line.ts';
import { standingOf } from '../domain/number-standing.ts';
import { answeredByTexts, isAnsweredByTexts } from './request-code-step.ts';
import { needsOperator } from './verdicts.ts';
import { withFailures } from './with-failures.ts';

const budget: CallBudget = {
  kind: 'register',
  most: registerBudget,
  window: durations.registerWindow,
  action: 'register the number',
};

/**
 * Registers the number. Meta counts every call and locks the number after ten in 72 hours, so the state is read first,
 * each attempt is on disk before it is made, and the PIN is on disk, sealed, before Meta hears it. After an answer
 * that got lost the step runs again and finds out by reading, with the same PIN.
 *
 * @param deps.textsReachUs whether the kit gets texts to numbers of the pool, and answers Meta's wish for a code by itself
 */
export function registerNumber(deps: RegistrationDeps & { textsReachUs: boolean }): Step {
  const { graph, store, cipher, clock, random, options } = deps;

  /** In service. With the identity check to come, the host is told after that. */
  const registered = (what: string): StepEnd => {
    const done = { patch: { registeredAt: clock.now() }, reason: null, history: line(what) };
    return options.identityCheck
      ? { ...done, next: { do: 'go', step: 'identity' } }
      : { ...done, event: 'registered', next: { do: 'done' } };
  };

  return withFailures(deps, async ({ claim, lease }) => {
    const { phoneNumberId } = claim;
    if (phoneNumberId === undefined) throw new Error(`The proven claim ${claim.id} has no number.`);
    const token = await customerToken(deps, claim);
    const standing = standingOf(await graph.readNumber(phoneNumberId, token));
    if (standing === 'in_service') return registered('found registered');
    if (standing === 'on_business_app') return staysOnApp;
    const isAnswered = isAnsweredByTexts(deps, claim);
    if (standing === 'unverified') return needsVerification(isAnswered);
    if (standing !== 'registrable') return needsOperator(standing.code, standing.message);

    const sealedPin = await cipher.seal(newPin(random.below), pinCell(phoneNumberId));
    const kept = await store.keepPin({ lease, now: clock.now(), phoneNumberId, sealedPin });
    if (kept === undefined) return 'fenced';
    const pin = await cipher.open(kept, pinCell(phoneNumberId));
    const now = clock.now();
    const attempt = await store.spendAttempt({
      lease,
      now,
      objectId: phoneNumberId,
      kind: budget.kind,
      since: now - budget.window,
      budget: budget.most,
    });
    if (attempt === undefined) return 'fenced';
    if (!attempt.allowed) return budgetSpent(budget, attempt.oldestAt);
    try {
      await graph.registerNumber({ phoneNumberId, pin, token });
    } catch (error) {
      if (error instanceof GraphError && error.kind === 'needs_verification') {
        return needsVerification(isAnswered, error.facts.traceId);
      }
      throw error;
    }
    return registered('registered');
  });
}

const staysOnApp: StepEnd = {
  event: 'stays_on_business_app',
  reason: null,
  history: line('stays on the WhatsApp Business app'),
  next: { do: 'done' },
};

/** @param isAnswered by the kit itself, which gets the number's texts; otherwise by the customer or an operator */
function needsVerification(isAnswered: boolean, traceId?: string): StepEnd {
  return {
    event: 'verification_needed',
    reason: isAnswered
      ? answeredByTexts
      : {
          code: 'verification_needed',
          message:
            'Meta wants a one-time code for this number before it can be registered. Have one sent to it, and hand it in.',
        },
    history: line('needs a one-time code', { traceId }),
    next: isAnswered ? { do: 'go', step: 'code' } : { do: 'done' },
  };
}
