import type { Transaction } from 'kysely';
import { minute, second } from '../../domain/durations.ts';
import { comparableDigits } from '../../domain/number-match.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { lockNumbers } from './known-number.ts';
import { leaveNumbers } from './leave-numbers.ts';
import { urgency } from './urgency.ts';

/** Meta needs a while until it says of a number all that came of its registration. Milliseconds. */
const untilFirstRead = 10 * minute;

/** Many may be imported at once. */
const firstRead = (phoneNumberId: string, now: number): number =>
  now + untilFirstRead + ((Number(phoneNumberId.slice(-3)) || 0) % 120) * second;

/**
 * Keeps that a claim owns its number, or does so no more. Called with every change of a claim, in its transaction. A number is
 * read a while after it came into service, and after it was registered.
 *
 * Many claims may be changed in one transaction, in an order of their own, and rows of numbers are locked in another: so what
 * says nothing new of a number does not touch it, and who ends many claims locks their numbers first.
 *
 * @param known.before the claim as it was; `undefined`: it was not there, or nobody knows whether its number is noted
 * @param known.endedNumbers of claims that this one has ended by taking over
 */
export async function notePhoneNumber(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  claim: ClaimRow,
  now: number,
  { before, endedNumbers = [] }: { before?: ClaimRow; endedNumbers?: readonly string[] } = {},
): Promise<void> {
  const owned = numberOf(claim);
  const others = [...(before === undefined ? [] : numberOf(before)), ...endedNumbers].filter(
    (id) => !owned.includes(id),
  );
  if (others.length > 0) {
    // All of them in the order in which everybody locks them.
    await lockNumbers(trx, deps, [...owned, ...others]);
    await leaveNumbers(trx, deps, others, now);
  }
  if (claim.live === 0) return leaveNumbers(trx, deps, owned, now);
  if (before === undefined || !saysTheSame(before, claim)) await enter(trx, claim, now, before);
}

const numberOf = ({ phone_number_id }: ClaimRow): string[] =>
  phone_number_id === null ? [] : [phone_number_id];

const saysTheSame = (before: ClaimRow, after: ClaimRow): boolean =>
  before.live === 1 &&
  before.phone_number_id === after.phone_number_id &&
  before.waba_id === after.waba_id &&
  before.phone_number === after.phone_number &&
  before.display_phone_number === after.display_phone_number &&
  (before.status === 'registered' || after.status !== 'registered');

/** The number of a live claim is in service. */
async function enter(
  trx: Transaction<Tables>,
  claim: ClaimRow,
  now: number,
  before: ClaimRow | undefined,
): Promise<void> {
  const { phone_number_id, waba_id, phone_number } = claim;
  if (phone_number_id === null || waba_id === null || phone_number === null) return;
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
      identity_check_turn: 0,
      identity_check_off_until: null,
      created_at: now,
      read_at: null,
      asked_at: null,
      run_at: readAt,
      urgent: urgency.first,
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
        // Registered, or back again: a read that somebody waits for.
        run_at: isRegistered
          ? readAt
          : eb
              .case()
              .when(eb('signup_phone_numbers.left_at', 'is not', null))
              .then(readAt)
              .else(eb.ref('signup_phone_numbers.run_at'))
              .end(),
        urgent: isRegistered
          ? urgency.first
          : eb
              .case()
              .when(eb('signup_phone_numbers.left_at', 'is not', null))
              .then(urgency.first)
              .else(eb.ref('signup_phone_numbers.urgent'))
              .end(),
      })),
    )
    .execute();
}
