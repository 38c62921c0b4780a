import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { Transaction } from 'kysely';
import { nextStatus } from '../../domain/claim-transitions.ts';
import { noText } from '../pool/no-text.ts';
import type { ClaimRow, Tables } from '../tables.ts';

/**
 * A claimed number leaves the pool for good; its hold becomes history. A code that came by text for it is erased as soon as its
 * claim waits for none.
 */
export async function markPoolNumber(trx: Transaction<Tables>, claim: ClaimRow, now: number): Promise<void> {
  if (claim.pool_number_id === null) return;
  if (claim.live !== 1) {
    await trx
      .updateTable('signup_numbers')
      .set(noText)
      .where('id', '=', claim.pool_number_id)
      .where('claim_id', '=', claim.id)
      .where('sealed_text', 'is not', null)
      .execute();
    return;
  }
  const takesTexts = nextStatus(claim.status as ClaimStatus, 'verified') !== undefined; // written by this kit alone
  await trx
    .updateTable('signup_numbers')
    .set({
      claim_id: claim.id,
      claimed_by: claim.customer_id,
      claimed_at: claim.proven_at ?? now,
      held_by: null,
      held_until: null,
      ...noText,
    })
    .where('id', '=', claim.pool_number_id)
    // Whoever had it before has no live claim on it any more: the claim could not be live otherwise.
    .where((eb) =>
      eb.or([
        eb('claim_id', 'is', null),
        eb('claim_id', '!=', claim.id),
        eb('claimed_by', '!=', claim.customer_id),
        ...(takesTexts ? [] : [eb('sealed_text', 'is not', null)]),
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
