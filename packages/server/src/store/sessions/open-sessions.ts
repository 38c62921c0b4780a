import type { Transaction } from 'kysely';
import { isOpen } from '../../domain/claim-transitions.ts';
import { claimStatuses } from '@embedded-signup-kit/protocol';
import type { OpenedSession, OpenSession } from '../../ports/intake.ts';
import { selectClaims } from '../claims/select-claims.ts';
import { toClaim } from '../rows.ts';
import type { QueryDeps, Scope } from '../scope.ts';
import type { SessionRow, Tables } from '../tables.ts';
import { holdNumbers } from './hold-numbers.ts';

const openStatuses = claimStatuses.filter(isOpen);

/** Opens or renews many sessions in one transaction: each with its held numbers and the customer's open claims. */
export async function openSessions(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  wishes: readonly OpenSession[],
): Promise<OpenedSession[]> {
  const customerIds = [...new Set(wishes.map((wish) => wish.customerId))];
  // Otherwise a customer who comes by two nodes at once would get a number from each.
  await deps.engine.lockNames(trx, customerIds);
  await trx
    .insertInto('signup_sessions')
    .values(wishes.map((wish) => toRow(wish, deps.scope)))
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        renewed_at: eb.ref('excluded.renewed_at'),
        launch_until: eb.ref('excluded.launch_until'),
        claim_until: eb.ref('excluded.claim_until'),
      })),
    )
    .execute();
  const held = await holdNumbers(trx, deps, wishes);
  const claims = await selectClaims(trx, deps.scope)
    .where('signup_claims.customer_id', 'in', customerIds)
    .where('signup_claims.status', 'in', openStatuses)
    // What an operator does without the popup is nothing that the page could go on with.
    .where('signup_claims.attach_number_id', 'is', null)
    .orderBy('signup_claims.id')
    .execute();

  return wishes.map((wish, index) => ({
    numbers: held[index] ?? [],
    openClaims: claims.filter((row) => row.customer_id === wish.customerId).map(toClaim),
  }));
}

function toRow(wish: OpenSession, scope: Scope): SessionRow {
  return {
    id: wish.id,
    app_id: scope.appId,
    business_id: scope.businessId,
    customer_id: wish.customerId,
    country: wish.country ?? null,
    created_at: wish.now,
    renewed_at: wish.now,
    launch_until: wish.launchUntil,
    claim_until: wish.claimUntil,
  };
}
