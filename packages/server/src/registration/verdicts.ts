import { durations } from '../domain/durations.ts';
import type { Candidate } from '../domain/choose-number.ts';
import type { FinishKind } from '../domain/finish-event.ts';
import { digitsOf } from '../domain/number-match.ts';
import type { Claim, PoolRecord } from '../ports/records.ts';
import type { StepEnd } from '../ports/step.ts';

/** A verdict of the proof: how its step ends. */
type Verdict = Exclude<StepEnd, 'fenced'>;

/** A number of the pool, and whether the customer of the claim ever held it. */
export interface PoolFinding {
  number: PoolRecord;
  heldByCustomer: boolean;
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
  const { wabaId, phoneNumberId, displayPhoneNumber } = candidate;
  const number = {
    wabaId,
    phoneNumberId,
    displayPhoneNumber,
    phoneNumber: `+${digitsOf(displayPhoneNumber)}`,
  };
  if (found !== undefined && !found.heldByCustomer) {
    return {
      ...needsOperator(
        'pool_number_of_another',
        'This number is of the pool, but was not set aside for this customer. Find out who should have it.',
      ),
      patch: number,
    };
  }
  if (found?.number.claimId !== undefined && found.number.claimId !== claim.id) {
    return {
      ...needsOperator(
        'pool_number_claimed',
        'This number of the pool is claimed already. End that claim first.',
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

/** By Meta's word. Where Meta says nothing, the session log is heard, but a number of the pool was never on the app. */
function isOnBusinessApp(
  { onBusinessApp }: Candidate,
  found: PoolFinding | undefined,
  kind: FinishKind,
): boolean {
  return onBusinessApp ?? (kind === 'coexistence' && found === undefined);
}

const line = (what: string, reason?: string) => ({ what, who: 'kit', reason, traceId: undefined });

/** Proof says no. */
export function refused(code: string, message: string): Verdict {
  return {
    event: 'refused',
    reason: { code, message },
    history: line('refused', code),
    next: { do: 'done' },
  };
}

/** Two facts conflict, or one is missing: a person must decide. */
export function needsOperator(code: string, message: string): Verdict {
  return {
    event: 'operator_needed',
    reason: { code, message },
    history: line('left to the operator', code),
    next: { do: 'done' },
  };
}

/** The customer finished without a number. */
export function withoutNumber(wabaId: string | undefined): Verdict {
  return {
    event: 'finished_without_number',
    patch: { numberSource: 'none', ...(wabaId === undefined ? {} : { wabaId }) },
    history: line('finished without a number'),
    next: { do: 'done' },
  };
}
