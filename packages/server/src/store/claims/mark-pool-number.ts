import type { Transaction } from 'kysely';
import type { ClaimRow, Tables } from '../tables.ts';

/** A claimed number leaves the pool for good; its hold becomes history. */
export async function markPoolNumber(trx: Transaction<Tables>, claim: ClaimRow, now: number): Promise<void> {
  if (claim.pool_number_id === null || claim.live !== 1) return;
  await trx
    .updateTable('signup_numbers')
    .set({
      claim_id: claim.id,
      claimed_by: claim.customer_id,
      claimed_at: claim.proven_at ?? now,
      held_by: null,
      held_until: null,
      sealed_text: null,
      text_received_at: null,
    })
    .where('id', '=', claim.pool_number_id)
    // Whoever had it before has no live claim on it any more: the claim could not be live otherwise.
    .where((eb) =>
      eb.or([
        eb('claim_id', 'is', null),
        eb('claim_id', '!=', claim.id),
        eb('claimed_by', '!=', claim.customer_id),
      ]),
    )
    .execute();
  await trx
    .updateTable('signup_holds')
    .set({ released_at: now })
    .where('number_id', '=', claim.pool_number_id)
    .where('released_at', 'is', null)
    .execute();
}
