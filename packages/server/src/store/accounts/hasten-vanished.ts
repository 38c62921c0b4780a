import type { Transaction } from 'kysely';
import { day } from '../../domain/durations.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** Accounts per sweep. */
const most = 200;

/** A popup may stay open after its hold. Milliseconds. */
const popupLasts = day;

/**
 * Has the accounts looked at of those for whom numbers were set aside that have vanished from the pool and nobody has
 * claimed. Vanished is only a hint: a number that was deleted or dropped looks the same.
 */
export async function hastenVanished(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { now, since }: { now: number; since: number },
): Promise<{ vanished: number }> {
  const vanished = trx
    .selectFrom('signup_numbers')
    .innerJoin('signup_holds', 'signup_holds.number_id', 'signup_numbers.id')
    .where('signup_numbers.app_id', '=', scope.appId)
    .where('signup_numbers.business_id', '=', scope.businessId)
    .where('signup_numbers.gone_at', '>=', since)
    .where('signup_numbers.claim_id', 'is', null)
    .where((eb) => eb('signup_holds.held_until', '>=', eb('signup_numbers.gone_at', '-', popupLasts)));
  const numbers = await vanished.select('signup_numbers.id').distinct().limit(most).execute();
  if (numbers.length === 0) return { vanished: 0 };
  const accounts = await vanished
    .innerJoin('signup_claims', 'signup_claims.customer_id', 'signup_holds.customer_id')
    .innerJoin('signup_accounts', (join) =>
      join
        .onRef('signup_accounts.waba_id', '=', 'signup_claims.waba_id')
        .onRef('signup_accounts.app_id', '=', 'signup_numbers.app_id')
        .onRef('signup_accounts.business_id', '=', 'signup_numbers.business_id'),
    )
    .select('signup_accounts.waba_id')
    .distinct()
    .whereRef('signup_claims.app_id', '=', 'signup_numbers.app_id')
    .whereRef('signup_claims.business_id', '=', 'signup_numbers.business_id')
    // Looked at since it vanished: nothing more is to be learnt there.
    .whereRef('signup_accounts.settled_at', '<', 'signup_numbers.gone_at')
    .limit(most)
    .execute();
  if (accounts.length > 0) {
    await trx
      .updateTable('signup_accounts')
      .set((eb) => ({ run_at: now, looks: 0, settled_at: null, wakes: eb('wakes', '+', 1) }))
      .where('app_id', '=', scope.appId)
      .where('business_id', '=', scope.businessId)
      .where(
        'waba_id',
        'in',
        accounts.map(({ waba_id }) => waba_id),
      )
      .execute();
  }
  return { vanished: numbers.length };
}
