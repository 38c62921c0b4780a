import { isByWord } from '../domain/by-word.ts';
import { durations } from '../domain/durations.ts';
import type { Candidate } from '../domain/choose-number.ts';
import type { FinishKind } from '../domain/finish-event.ts';
import { digitsOf } from '../domain/number-match.ts';
import type { Claim, PoolRecord } from '../ports/records.ts';
import type { StepEnd } from '../ports/step.ts';
import { line } from './history-line.ts';

/** A verdict of the proof: how its step ends. */
export type Verdict = Exclude<StepEnd, 'fenced'>;

/** A number of the pool, and what it has to do with the customer of the claim. */
export interface PoolFinding {
  number: Pick<PoolRecord, 'id' | 'phoneNumber'>;
  /** They held it at some time. */
  heldByCustomer: boolean;
  /** It is another customer's by a live claim. */
  ownedByAnother: boolean;
}

/** What is known when Meta lists the claimed number on the customer's account. */
export interface ProofFacts {
  claim: Claim;
  candidate: Candidate;
  /** The number in the pool; `undefined` when it is none of the pool's. */
  found: PoolFinding | undefined;
  /** What the session log called the finish. Hearsay: it decides only what Meta leaves open. */
  kind: FinishKind;
  now: number;
}

/** The number is the customer's: Meta says so. Whose it was, and what is to be done, depends on pool and Meta. */
export function verdictOn({ claim, candidate, found, kind, now }: ProofFacts): Verdict {
  const number = asNumber(candidate, found?.number.phoneNumber);
  const isAssigned = claim.assignedAt !== undefined;
  if (found !== undefined && !found.heldByCustomer && !isAssigned) {
    return {
      ...needsOperator(
        'pool_number_of_another',
        'This number is of the pool, but was not set aside for this customer. Find out who should have it, and assign the claim to them.',
      ),
      patch: number,
    };
  }
  // Nothing but the hold of a number of the pool says whose a claim by word is.
  if (found === undefined && isByWord(claim)) {
    return {
      ...needsOperator(
        'own_number',
        'Meta lists this number, but it is none of the pool’s, so nothing says whose it is. Assign the claim to its customer, or dismiss it.',
      ),
      patch: number,
    };
  }
  // A claim of the same customer gives the number up to this one; the store sees to that.
  if (found?.ownedByAnother === true) {
    return {
      ...needsOperator(
        'pool_number_claimed',
        'This number of the pool is another customer’s by a live claim. End that claim first, or dismiss this one.',
      ),
      patch: number,
    };
  }
  const patch = { ...number, provenAt: now };
  if (isOnBusinessApp(candidate, found, kind)) {
    return {
      event: 'stays_on_business_app',
      patch: { ...patch, numberSource: 'own' },
      reason: null,
      history: line('stays on the WhatsApp Business app'),
      next: { do: 'done' },
    };
  }
  return {
    event: 'proven',
    patch: {
      ...patch,
      numberSource: found === undefined ? 'own' : 'pool',
      poolNumberId: found?.number.id,
      registerBy: claim.createdAt + durations.registerBy,
    },
    reason: null,
    history: line('proven'),
    next: { do: 'go', step: 'subscribe' },
  };
}

/**
 * A listed number as the claim keeps it.
 *
 * @param phoneNumber as the pool has it: Meta's display form leaves a digit of it out in Brazil and Mexico
 */
export function asNumber(
  { wabaId, phoneNumberId, displayPhoneNumber }: Candidate,
  phoneNumber = `+${digitsOf(displayPhoneNumber)}`,
) {
  return { wabaId, phoneNumberId, displayPhoneNumber, phoneNumber };
}

/** By Meta's word. Where Meta says nothing, the session log is heard, but a number of the pool was never on the app. */
function isOnBusinessApp(
  { onBusinessApp }: Candidate,
  found: PoolFinding | undefined,
  kind: FinishKind,
): boolean {
  return onBusinessApp ?? (kind === 'coexistence' && found === undefined);
}

/** Proof says no. */
export function refused(code: string, message: string): Verdict {
  return {
    event: 'refused',
    reason: { code, message },
    history: line('refused', { reason: code }),
    next: { do: 'done' },
  };
}

/** Two facts conflict, or one is missing: a person must decide. */
export function needsOperator(code: string, message: string, traceId?: string): Verdict {
  return {
    event: 'operator_needed',
    reason: { code, message },
    history: line('left to the operator', { reason: code, traceId }),
    next: { do: 'done' },
  };
}

/** The customer finished without a number. */
export function withoutNumber(wabaId: string | undefined): Verdict {
  return {
    event: 'finished_without_number',
    patch: { numberSource: 'none', ...(wabaId === undefined ? {} : { wabaId }) },
    reason: null,
    history: line('finished without a number'),
    next: { do: 'done' },
  };
}

/** Meta says that the token covers the account, and another customer has a live claim on it. */
export function accountOfAnother(): Verdict {
  return needsOperator(
    'account_of_another',
    'Another customer has a live claim on this WhatsApp Business Account. If both may use it, assign this claim to its customer; if not, dismiss it.',
  );
}
