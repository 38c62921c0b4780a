import type { Kysely } from 'kysely';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** Claims of the scope, each with the step of its row of work. */
export function selectClaims(db: Kysely<Tables>, scope: Scope) {
  return db
    .selectFrom('signup_claims')
    .leftJoin('signup_work', (join) =>
      join.onRef('signup_work.claim_id', '=', 'signup_claims.id').on('signup_work.kind', '=', 'claim'),
    )
    .selectAll('signup_claims')
    .select('signup_work.step as step')
    .where('signup_claims.app_id', '=', scope.appId)
    .where('signup_claims.business_id', '=', scope.businessId);
}
