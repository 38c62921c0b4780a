import type { Transaction } from 'kysely';
import { minute, second } from '../../domain/durations.ts';
import { comparableDigits } from '../../domain/number-match.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';

/** Meta needs a while until it says of a number all that came of its registration. Milliseconds. */
const untilFirstRead = 10 * minute;

/** Many may be imported at once. */
const firstRead = (phoneNumberId: string, now: number): number =>
  now + untilFirstRead + ((Number(phoneNumberId.slice(-3)) || 0) % 120) * second;

/**
 * Keeps that a claim owns its number, or does so no more. Called with every change of a claim, in its transaction. A number is
 * read a while after it came into service, and after it was registered.
 *
 * @param before the claim as it was; `undefined`: it was not there
 */
export async function notePhoneNumber(
  trx: Transaction<Tables>,
  claim: ClaimRow,
  now: number,
  before?: ClaimRow,
): Promise<void> {
  if (before !== undefined && before.phone_number_id !== claim.phone_number_id) await leave(trx, before, now);
  const { phone_number_id, waba_id, phone_number } = claim;
  if (phone_number_id === null || waba_id === null || phone_number === null) return;
  if (claim.live === 0) return leave(trx, claim, now);
  const number = {
    waba_id,
    phone_number,
    digits: comparableDigits(phone_number),
    display_phone_number: claim.display_phone_number ?? phone_number,
  };
  const readAt = firstRead(phone_number_id, now);
  const isRegistered = claim.status === 'registered' && before?.status !== 'registered';
  await trx
    .insertInto('signup_phone_numbers')
    .values({
      app_id: claim.app_id,
      business_id: claim.business_id,
      phone_number_id,
      ...number,
      left_at: null,
      facts: '{}',
      identity_check: null,
      identity_check_at: null,
      created_at: now,
      read_at: null,
      run_at: readAt,
      failures: 0,
      problem: null,
      problem_at: null,
      wakes: 0,
    })
    .onConflict((conflict) =>
      conflict.columns(['app_id', 'business_id', 'phone_number_id']).doUpdateSet((eb) => ({
        waba_id,
        phone_number: number.phone_number,
        digits: number.digits,
        left_at: null,
        // Meta's own word is the newer one, once it was read.
        display_phone_number: eb
          .case()
          .when(eb('signup_phone_numbers.read_at', 'is', null))
          .then(number.display_phone_number)
          .else(eb.ref('signup_phone_numbers.display_phone_number'))
          .end(),
        run_at: isRegistered
          ? readAt
          : eb
              .case()
              .when(eb('signup_phone_numbers.left_at', 'is not', null))
              .then(readAt)
              .else(eb.ref('signup_phone_numbers.run_at'))
              .end(),
      })),
    )
    .execute();
}

/** Another claim may own it by now: then it has not left. */
async function leave(trx: Transaction<Tables>, claim: ClaimRow, now: number): Promise<void> {
  if (claim.phone_number_id === null) return;
  await withoutOwner(trx, { appId: claim.app_id, businessId: claim.business_id })
    .set({ left_at: now })
    .where('phone_number_id', '=', claim.phone_number_id)
    .execute();
}

/** Numbers that have not left although no live claim owns them. */
export function withoutOwner(trx: Transaction<Tables>, scope: QueryDeps['scope']) {
  return trx
    .updateTable('signup_phone_numbers')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('left_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('signup_claims')
            .select('id')
            .where('app_id', '=', scope.appId)
            .where('business_id', '=', scope.businessId)
            .whereRef('signup_claims.phone_number_id', '=', 'signup_phone_numbers.phone_number_id')
            .where('live', '=', 1),
        ),
      ),
    );
}
