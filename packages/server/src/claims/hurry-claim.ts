import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { ClaimStep } from '../domain/claim-steps.ts';
import type { Claim } from '../ports/records.ts';
import type { ClaimsDeps } from './deps.ts';
import { byOperator, decideOn, existing } from './decide-on.ts';

/** Any time at all is past then: the work is taken although its time has not come. Milliseconds UTC. */
const endOfTime = Number.MAX_SAFE_INTEGER;

/** The step to go on with when a claim is under way and its row of work is gone. */
const stepOf: Partial<Record<ClaimStatus, ClaimStep>> = { proven: 'subscribe', registering: 'register' };

/** Where a claim that is tried anew begins: without a token there is nothing to prove it by. */
export const beginning = (claim: Claim): ClaimStep =>
  claim.sealedToken === undefined ? 'exchange' : 'prove';

/**
 * Makes the work of a claim due now, at the step where it is. The work is taken and given back at once, so a worker that is
 * at it is neither disturbed nor undone: it is doing what was asked for already.
 *
 * @throws ClaimMissingError, StoreUnavailableError
 */
export async function hurryClaim(deps: ClaimsDeps, claim: Claim, who: string): Promise<Claim> {
  const { store, clock, random, wake } = deps;
  const now = clock.now();
  const history = byOperator(who, 'tried again now');
  if (claim.step === undefined) {
    const step = stepOf[claim.status] ?? beginning(claim);
    const work = { do: 'go', step, workId: random.id() } as const;
    const after = await decideOn(store, 'retry', { claimId: claim.id, now, history, work });
    wake(claim.id);
    return after;
  }
  // A code lives 30 seconds and is due already: nobody may stand between it and the worker, not for a moment.
  const holdsCode = claim.sealedCode !== undefined;
  const [lease] = holdsCode ? [] : await store.leaseWork({ now: endOfTime, limit: 1, claimId: claim.id });
  const given =
    lease !== undefined &&
    (await store.finishStep({ lease, now, history, next: { do: 'wait', step: lease.step, runAt: now } }));
  if (given !== 'saved') await store.decide({ claimId: claim.id, now, history });
  const after = await existing(store, claim.id);
  wake(claim.id);
  return after;
}
