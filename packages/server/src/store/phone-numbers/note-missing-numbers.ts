import type { Transaction } from 'kysely';
import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { notePhoneNumber, withoutOwner } from './note-phone-number.ts';

/**
 * Catches up with what nodes of an older version wrote, which know of no numbers in service: notes the numbers of live claims
 * that are missing, and that others have left.
 */
export async function noteMissingNumbers(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { now, limit }: Parameters<NumbersStore['noteMissingNumbers']>[0],
): Promise<number> {
  const { engine, scope } = deps;
  const claims = await trx
    .selectFrom('signup_claims')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('live', '=', 1)
    .where('phone_number_id', 'is not', null)
    .where('waba_id', 'is not', null)
    .where('phone_number', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('signup_phone_numbers')
            .select('signup_phone_numbers.phone_number_id')
            .where('signup_phone_numbers.app_id', '=', scope.appId)
            .where('signup_phone_numbers.business_id', '=', scope.businessId)
            .whereRef('signup_phone_numbers.phone_number_id', '=', 'signup_claims.phone_number_id')
            .where('signup_phone_numbers.left_at', 'is', null),
        ),
      ),
    )
    // Claims are locked before anything else, and in this order, as everybody does.
    .orderBy('id')
    .limit(limit)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .execute();
  for (const claim of claims) await notePhoneNumber(trx, claim, now);
  await withoutOwner(trx, scope).set({ left_at: now }).execute();
  return claims.length;
}
