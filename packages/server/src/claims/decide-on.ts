import type { Decision } from '../ports/decisions.ts';
import type { Claim } from '../ports/records.ts';
import type { Store } from '../ports/store.ts';
import { ClaimMissingError, ClaimNotThereError, NumberTakenError } from './claim-errors.ts';
import type { ClaimVerb } from './claim-verb.ts';

/** @throws ClaimMissingError */
export async function existing(store: Store, claimId: string): Promise<Claim> {
  const claim = await store.findClaim(claimId);
  if (claim === undefined) throw new ClaimMissingError();
  return claim;
}

/** A line of the history that an operator is the author of. */
export const byOperator = (who: string, what: string, reason?: string): Decision['history'] => ({
  what,
  who,
  reason,
  traceId: undefined,
});

/**
 * Writes a decision, and reads the claim as it is then.
 *
 * @throws ClaimMissingError, ClaimNotThereError, NumberTakenError, StoreUnavailableError; nothing has changed then
 */
export async function decideOn(store: Store, verb: ClaimVerb, decision: Decision): Promise<Claim> {
  const outcome = await store.decide(decision);
  const claim = await existing(store, decision.claimId);
  if (outcome === 'saved') return claim;
  if (outcome === 'number_taken') throw new NumberTakenError();
  if (outcome === 'missing') throw new ClaimMissingError();
  throw new ClaimNotThereError(claim.status, verb);
}
