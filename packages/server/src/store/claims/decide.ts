import type { Transaction } from 'kysely';
import type { Decision, DecisionOutcome } from '../../ports/decisions.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { goOnAt } from '../work/go-on-at.ts';
import { changeClaim } from './change-claim.ts';
import { lockClaim } from './lock-claim.ts';

/** Changes a claim on somebody's word. Whoever works on it is fenced off when the work changes, so the word stands. */
export async function decide(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { claimId, work, onlyFrom, ...change }: Decision,
): Promise<DecisionOutcome> {
  const claim = await lockClaim(trx, deps, claimId);
  if (claim === undefined) return 'missing';
  const hasMoved =
    onlyFrom !== undefined && (claim.status !== onlyFrom.status || claim.customer_id !== onlyFrom.customerId);
  if (hasMoved) return 'not_allowed';
  const outcome = await changeClaim(trx, deps, claim, change);
  // Somebody works on the customer's other claim of this number right now: whichever of them ends first has it.
  if (outcome !== 'saved') return outcome === 'number_busy' ? 'number_taken' : outcome;
  if (work?.do === 'stop') {
    await trx.deleteFrom('signup_work').where('kind', '=', 'claim').where('claim_id', '=', claimId).execute();
  }
  if (work?.do === 'now') {
    await trx
      .updateTable('signup_work')
      .set((eb) => ({ run_at: change.now, wakes: eb('wakes', '+', 1) }))
      .where('kind', '=', 'claim')
      .where('claim_id', '=', claimId)
      .where('run_at', '>', change.now)
      .execute();
  }
  if (work?.do === 'go') {
    await goOnAt(trx, claim, { step: work.step, now: change.now, workId: work.workId });
  }
  return 'saved';
}
