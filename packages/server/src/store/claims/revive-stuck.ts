import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import { sql, type Transaction } from 'kysely';
import { firstStep, type ClaimStep } from '../../domain/claim-steps.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { goOnAt } from '../work/go-on-at.ts';

/**
 * Gives work to claims that are under way and have none. The kit writes both in one transaction, so this is for what
 * nobody thought of: a row that was deleted by hand, a backup of one table.
 */
export async function reviveStuck(
  trx: Transaction<Tables>,
  { engine, scope, newId }: QueryDeps,
  { now, before, limit }: { now: number; before: number; limit: number },
): Promise<number> {
  const stuck = await trx
    .selectFrom('signup_claims')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    // Literal, so that SQLite sees that the partial index fits.
    .where(sql<boolean>`status in ('received', 'proven', 'registering')`)
    .where('updated_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('signup_work')
            .select('signup_work.id')
            .where('signup_work.kind', '=', 'claim')
            .whereRef('signup_work.claim_id', '=', 'signup_claims.id'),
        ),
      ),
    )
    .orderBy('updated_at')
    .limit(limit)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  for (const claim of stuck) await goOnAt(trx, claim, { step: stepOf(claim), now, workId: newId() });
  return stuck.length;
}

/** Where a claim of this status goes on: each step looks first at what is done already. */
function stepOf(claim: ClaimRow): ClaimStep {
  const status = claim.status as ClaimStatus; // written by this kit alone
  if (status === 'proven') return 'subscribe';
  if (status === 'registering') return 'register';
  if (claim.attach_number_id !== null && claim.assigned_at === null) return 'attach_named';
  return claim.recovered_at === null ? firstStep : 'prove';
}
