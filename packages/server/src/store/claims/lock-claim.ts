import type { Transaction } from 'kysely';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';

/** A claim's row, which nobody else changes until the transaction ends. Claims are locked before their work. */
export function lockClaim(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  id: string,
): Promise<ClaimRow | undefined> {
  return trx
    .selectFrom('signup_claims')
    .selectAll()
    .where('id', '=', id)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
}
