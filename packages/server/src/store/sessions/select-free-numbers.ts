import type { SelectQueryBuilder, Transaction } from 'kysely';
import type { OpenSession } from '../../ports/intake.ts';
import type { QueryDeps } from '../scope.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { Tables } from '../tables.ts';

/** What a page is told of a number, and what its place in the order depends on. */
export const freeColumns = [
  'id',
  'phone_number',
  'display_phone_number',
  'country',
  'verification_expires_at',
] as const satisfies readonly (keyof NumberRow)[];

/** A number that may be given to a customer. */
export type FreeNumber = Pick<NumberRow, (typeof freeColumns)[number]>;
type Query = SelectQueryBuilder<Tables, 'signup_numbers', FreeNumber>;

/**
 * The free numbers of a country, or of any, that lapse soonest among those that stay verified long enough. A number for which
 * Meta gave no expiry comes last. Each query walks a partial index of free numbers.
 */
export async function selectFreeNumbers(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { country, verifiedUntil }: Pick<OpenSession, 'country' | 'verifiedUntil'>,
  limit: number,
): Promise<FreeNumber[]> {
  const lasting = await free(trx, deps, country)
    .where('verification_expires_at', '>', verifiedUntil)
    .orderBy('verification_expires_at')
    .limit(limit)
    .execute();
  if (lasting.length === limit) return lasting;
  const unlimited = await free(trx, deps, country)
    .where('verification_expires_at', 'is', null)
    .limit(limit - lasting.length)
    .execute();
  return [...lasting, ...unlimited];
}

function free(trx: Transaction<Tables>, { engine, scope }: QueryDeps, country: string | undefined): Query {
  return trx
    .selectFrom('signup_numbers')
    .select(freeColumns)
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('verification_status', '=', 'VERIFIED')
    .where('held_by', 'is', null)
    .where('claim_id', 'is', null)
    .where('gone_at', 'is', null)
    .$if(country !== undefined, (query) => query.where('country', '=', country ?? ''))
    .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked());
}
