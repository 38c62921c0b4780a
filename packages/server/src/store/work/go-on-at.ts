import type { Transaction } from 'kysely';
import type { ClaimStep } from '../../domain/claim-steps.ts';
import type { ClaimRow, Tables } from '../tables.ts';

/** Has a claim taken up at a step, now. Whoever is at it is fenced off. */
export async function goOnAt(
  trx: Transaction<Tables>,
  claim: Pick<ClaimRow, 'id' | 'app_id' | 'business_id'>,
  { step, now, workId }: { step: ClaimStep; now: number; workId: string },
): Promise<void> {
  await trx
    .insertInto('signup_work')
    .values({
      id: workId,
      app_id: claim.app_id,
      business_id: claim.business_id,
      kind: 'claim',
      claim_id: claim.id,
      step,
      run_at: now,
      attempts: 0,
      lease_until: null,
      fence: 0,
      wakes: 0,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'claim_id']).doUpdateSet((eb) => ({
        step: eb.ref('excluded.step'),
        run_at: eb.ref('excluded.run_at'),
        attempts: 0,
        lease_until: null,
        fence: eb('signup_work.fence', '+', 1),
      })),
    )
    .execute();
}
