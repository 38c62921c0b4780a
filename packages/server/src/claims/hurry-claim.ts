import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { ClaimStep } from '../domain/claim-steps.ts';
import type { Claim } from '../ports/records.ts';
import type { ClaimsDeps } from './deps.ts';
import { byOperator, decideOn } from './decide-on.ts';

/** The step to go on with when a claim is under way and its row of work is gone. */
const stepOf: Partial<Record<ClaimStatus, ClaimStep>> = { proven: 'subscribe', registering: 'register' };

/**
 * Where a claim that is tried anew begins: without a token, or Meta's own word, there is nothing to prove it by. One that an
 * operator opened puts its number on the account, unless an operator has said since that it is about something else.
 */
export function beginning({ sealedToken, recoveredAt, toAttach, assignedAt }: Claim): ClaimStep {
  if (toAttach !== undefined) return assignedAt === undefined ? 'attach_named' : 'prove';
  return sealedToken === undefined && recoveredAt === undefined ? 'exchange' : 'prove';
}

/**
 * Makes the work of a claim due now, at the step where it is. A worker that is at it is neither disturbed nor undone: it is
 * doing what was asked for already.
 *
 * @throws ClaimMissingError, StoreUnavailableError
 */
export async function hurryClaim(deps: ClaimsDeps, claim: Claim, who: string): Promise<Claim> {
  const { store, clock, random, wake } = deps;
  const work =
    claim.step === undefined
      ? ({ do: 'go', step: stepOf[claim.status] ?? beginning(claim), workId: random.id() } as const)
      : ({ do: 'now' } as const);
  const history = byOperator(who, 'tried again now');
  const after = await decideOn(store, 'retry', { claimId: claim.id, now: clock.now(), history, work });
  wake(claim.id);
  return after;
}
