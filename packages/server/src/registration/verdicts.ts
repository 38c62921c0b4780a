import { durations } from '../domain/durations.ts';
import type { Candidate } from '../domain/choose-number.ts';
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

/** Meta lists the number on the customer's account: whose it is depends on the pool. */
export function proven(
  claim: Claim,
  { wabaId, phoneNumberId, displayPhoneNumber }: Candidate,
  found: PoolFinding | undefined,
  now: number,
): Verdict {
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
  return {
    event: 'proven',
    patch: {
      ...number,
      numberSource: found === undefined ? 'own' : 'pool',
      poolNumberId: found?.number.id,
      provenAt: now,
      registerBy: claim.createdAt + durations.registerBy,
    },
    reason: null,
    history: line('proven'),
    next: { do: 'go', step: 'subscribe' },
  };
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

/** The number stays on the WhatsApp Business app. It is proven like any other, and never registered. */
export function staysOnBusinessApp(
  wabaId: string | undefined,
  number: Pick<Candidate, 'phoneNumberId' | 'displayPhoneNumber'> | undefined,
  now: number,
): Verdict {
  return {
    event: 'stays_on_business_app',
    patch: {
      numberSource: 'own',
      ...(wabaId === undefined ? {} : { wabaId }),
      ...(number === undefined
        ? {}
        : { ...number, phoneNumber: `+${digitsOf(number.displayPhoneNumber)}`, provenAt: now }),
    },
    history: line('stays on the WhatsApp Business app'),
    next: { do: 'done' },
  };
}
