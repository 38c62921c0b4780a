import type { Kysely, Transaction } from 'kysely';
import type { Scope } from '../scope.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { Tables } from '../tables.ts';

/** Numbers that are offered although a live claim has them: they were imported before Meta listed them here. */
export async function ownedRows(
  db: Kysely<Tables>,
  scope: Scope,
  listed: readonly NumberRow[],
): Promise<Owned[]> {
  if (listed.length === 0) return [];
  return db
    .selectFrom('signup_claims')
    .innerJoin('signup_numbers', 'signup_numbers.digits', 'signup_claims.digits')
    .select([
      'signup_numbers.id as number_id',
      'signup_claims.id as claim_id',
      'signup_claims.customer_id as claimed_by',
      'signup_claims.proven_at as claimed_at',
    ])
    .where('signup_claims.app_id', '=', scope.appId)
    .where('signup_claims.business_id', '=', scope.businessId)
    .where('signup_claims.live', '=', 1)
    .where('signup_numbers.claim_id', 'is', null)
    .where('signup_numbers.held_by', 'is', null)
    .where(
      'signup_numbers.id',
      'in',
      listed.map((row) => row.id),
    )
    .execute();
}

interface Owned {
  number_id: string;
  claim_id: string;
  claimed_by: string;
  claimed_at: number | null;
}

/** Gives a number to the claim that has it. */
export async function markOwned(trx: Transaction<Tables>, { number_id, ...owner }: Owned): Promise<void> {
  await trx
    .updateTable('signup_numbers')
    .set(owner)
    .where('id', '=', number_id)
    .where('claim_id', 'is', null)
    .where('held_by', 'is', null)
    .execute();
}
