import { pinCell } from '../domain/cells.ts';
import { durations, registerBudget } from '../domain/durations.ts';
import { newPin } from '../domain/new-pin.ts';
import type { AccountNumber } from '../ports/graph.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import { customerToken } from './customer-token.ts';
import type { RegistrationDeps } from './deps.ts';
import { withFailures } from './with-failures.ts';

/**
 * Registers the number. Meta counts every call and locks the number after ten in 72 hours, so the state is read first,
 * each attempt is on disk before it is made, and the PIN is on disk, sealed, before Meta hears it. After an answer
 * that got lost the step runs again and finds out by reading, with the same PIN.
 */
export function registerNumber(deps: RegistrationDeps): Step {
  const { graph, store, cipher, clock, random } = deps;
  return withFailures(deps, async ({ claim, lease }) => {
    const { phoneNumberId } = claim;
    if (phoneNumberId === undefined) throw new Error(`The proven claim ${claim.id} has no number.`);
    const token = await customerToken(deps, claim);
    const known = fromState(await graph.readNumber(phoneNumberId, token), clock.now());
    if (known !== undefined) return known;

    const sealedPin = await cipher.seal(newPin(random.below), pinCell(phoneNumberId));
    const kept = await store.keepPin({ lease, now: clock.now(), phoneNumberId, sealedPin });
    if (kept === undefined) return 'fenced';
    const now = clock.now();
    const attempt = await store.spendAttempt({
      lease,
      now,
      phoneNumberId,
      kind: 'register',
      since: now - durations.registerWindow,
      budget: registerBudget,
    });
    if (attempt === undefined) return 'fenced';
    if (!attempt.allowed) {
      return {
        reason: {
          code: 'register_budget_spent',
          message: `The number was tried ${registerBudget} times in 72 hours. It is tried again by itself.`,
        },
        next: { do: 'wait', step: 'register', runAt: attempt.oldestAt + durations.registerWindow + 1 },
      };
    }
    try {
      await graph.registerNumber({
        phoneNumberId,
        pin: await cipher.open(kept, pinCell(phoneNumberId)),
        token,
      });
    } catch (error) {
      if (error instanceof GraphError && error.kind === 'needs_verification') {
        return needsVerification(error.facts.traceId);
      }
      throw error;
    }
    return registered('registered', clock.now());
  });
}

/** What the number's own state says, before anything is spent on it. */
function fromState(number: AccountNumber, now: number): StepEnd | undefined {
  if (number.onBusinessApp === true) {
    return {
      event: 'stays_on_business_app',
      history: line('stays on the WhatsApp Business app'),
      next: { do: 'done' },
    };
  }
  if (number.platformType === 'CLOUD_API' && number.status === 'CONNECTED') {
    return registered('found registered', now);
  }
  // Meta registers verified numbers only. A word that is missing is no proof against it.
  if (number.verificationStatus !== undefined && number.verificationStatus !== 'VERIFIED') {
    return needsVerification(undefined);
  }
  return undefined;
}

function registered(what: string, now: number): StepEnd {
  return {
    event: 'registered',
    patch: { registeredAt: now },
    reason: null,
    history: line(what),
    next: { do: 'done' },
  };
}

function needsVerification(traceId: string | undefined): StepEnd {
  return {
    event: 'verification_needed',
    reason: {
      code: 'verification_needed',
      message: 'Meta wants a one-time code for this number before it can be registered.',
    },
    history: { ...line('needs a one-time code'), traceId },
    next: { do: 'done' },
  };
}

const line = (what: string) => ({ what, who: 'kit', reason: undefined, traceId: undefined });
