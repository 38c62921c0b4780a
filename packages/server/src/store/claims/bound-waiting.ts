import type { Transaction } from 'kysely';
import { claimLimits } from '../../domain/claim-limits.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { changeClaim } from './change-claim.ts';

/** Puts the oldest claims of a customer aside when too many wait for another sign-up: none of them is proven. */
export async function boundWaiting(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  claim: ClaimRow,
  now: number,
): Promise<void> {
  const beyond = await trx
    .selectFrom('signup_claims')
    .selectAll()
    .where('app_id', '=', claim.app_id)
    .where('business_id', '=', claim.business_id)
    .where('customer_id', '=', claim.customer_id)
    .where('status', '=', 'needs_signup')
    .where('live', '=', 0)
    .where('id', '!=', claim.id)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .offset(claimLimits.waitingForSignup - 1)
    .limit(claimLimits.newClaims)
    // Another transaction may be at one of them; the next claim that begins to wait sees it again.
    .$if(deps.engine.kind === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  for (const old of beyond) {
    await changeClaim(trx, deps, old, {
      now,
      event: 'dismissed',
      reason: { code: 'superseded', message: 'Newer sign-ups of this customer wait as well.' },
      history: { what: 'put aside for newer sign-ups', who: 'kit', reason: undefined, traceId: undefined },
    });
    await trx.deleteFrom('signup_work').where('kind', '=', 'claim').where('claim_id', '=', old.id).execute();
  }
}
