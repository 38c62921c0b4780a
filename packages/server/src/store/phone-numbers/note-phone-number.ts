import type { Transaction } from 'kysely';
import { comparableDigits } from '../../domain/number-match.ts';
import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';

/**
 * Keeps that a claim owns its number, or does so no more. Called with every change of a claim, in its transaction: once a number
 * is in service it is read soon.
 */
export async function notePhoneNumber(trx: Transaction<Tables>, claim: ClaimRow, now: number): Promise<void> {
  const { phone_number_id, waba_id, phone_number } = claim;
  if (phone_number_id === null || waba_id === null || phone_number === null) return;
  if (claim.live === 0) return leave(trx, claim, now);
  const number = {
    waba_id,
    phone_number,
    digits: comparableDigits(phone_number),
    display_phone_number: claim.display_phone_number ?? phone_number,
    left_at: null,
  };
  await trx
    .insertInto('signup_phone_numbers')
    .values({
      app_id: claim.app_id,
      business_id: claim.business_id,
      phone_number_id,
      ...number,
      facts: '{}',
      identity_check: null,
      identity_check_at: null,
      created_at: now,
      read_at: null,
      run_at: now,
      failures: 0,
      problem: null,
      problem_at: null,
      wakes: 0,
    })
    .onConflict((conflict) =>
      conflict.columns(['app_id', 'business_id', 'phone_number_id']).doUpdateSet((eb) => ({
        ...number,
        run_at: eb
          .case()
          .when(eb('signup_phone_numbers.left_at', 'is not', null))
          .then(now)
          .else(eb.ref('signup_phone_numbers.run_at'))
          .end(),
      })),
    )
    .execute();
}

/** Another claim may own it by now: then it has not left. */
async function leave(trx: Transaction<Tables>, claim: ClaimRow, now: number): Promise<void> {
  await trx
    .updateTable('signup_phone_numbers')
    .set({ left_at: now })
    .where('app_id', '=', claim.app_id)
    .where('business_id', '=', claim.business_id)
    .where('phone_number_id', '=', claim.phone_number_id)
    .where('left_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('signup_claims')
            .select('id')
            .where('phone_number_id', '=', claim.phone_number_id)
            .where('live', '=', 1),
        ),
      ),
    )
    .execute();
}

/** Notes numbers of live claims that an older version recorded. */
export function noteMissingNumbers(
  _trx: Transaction<Tables>,
  _deps: QueryDeps,
  _input: Parameters<NumbersStore['noteMissingNumbers']>[0],
): Promise<number> {
  throw new Error('not built yet');
}
