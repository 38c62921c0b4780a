import type { SelectQueryBuilder, Transaction } from 'kysely';
import type { OpenSession } from '../../ports/intake.ts';
import type { QueryDeps } from '../scope.ts';
import type { NumberRow, Tables } from '../tables.ts';

type Free = Pick<NumberRow, 'id' | 'phone_number' | 'display_phone_number'>;
type Query = SelectQueryBuilder<Tables, 'signup_numbers', Free>;

/**
 * The free numbers that lapse soonest among those that stay verified long enough: of the wished country first, then
 * of any. A number for which Meta gave no expiry comes last. Each query walks the partial index of free numbers.
 */
export async function selectFreeNumbers(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  wish: Pick<OpenSession, 'country' | 'verifiedUntil'>,
  limit: number,
): Promise<Free[]> {
  const lasting = (query: Query) =>
    query.where('verification_expires_at', '>', wish.verifiedUntil).orderBy('verification_expires_at');
  const unlimited = (query: Query) => query.where('verification_expires_at', 'is', null).orderBy('id');
  const inCountry = (query: Query) => query.where('country', '=', wish.country ?? '');

  const ways: ((query: Query) => Query)[] = [
    ...(wish.country === undefined
      ? []
      : [(query: Query) => lasting(inCountry(query)), (query: Query) => unlimited(inCountry(query))]),
    lasting,
    unlimited,
  ];
  const found = new Map<string, Free>();
  for (const way of ways) {
    if (found.size >= limit) break;
    // What an earlier way found may come up again, so as many are asked for as are wanted in all.
    const rows = await way(free(trx, deps).limit(limit)).execute();
    for (const row of rows) if (found.size < limit) found.set(row.id, row);
  }
  return [...found.values()];
}

function free(trx: Transaction<Tables>, { engine, scope }: QueryDeps): Query {
  return trx
    .selectFrom('signup_numbers')
    .select(['id', 'phone_number', 'display_phone_number'])
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('verification_status', '=', 'VERIFIED')
    .where('held_by', 'is', null)
    .where('claim_id', 'is', null)
    .where('gone_at', 'is', null)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked());
}
