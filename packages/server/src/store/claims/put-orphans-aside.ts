import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { Transaction } from 'kysely';
import { nextStatus } from '../../domain/claim-transitions.ts';
import { tellOfStatus } from '../host-events/tell-host.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { writeHistory } from './write-history.ts';

/** Puts the orphan of a number aside once the number has its owner: nobody has to look for one any more. */
export async function putOrphansAside(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  owner: ClaimRow,
  now: number,
): Promise<void> {
  const orphans = await trx
    .selectFrom('signup_claims')
    .selectAll()
    .where('app_id', '=', owner.app_id)
    .where('business_id', '=', owner.business_id)
    .where('phone_number_id', '=', owner.phone_number_id)
    .where('customer_id', '=', '')
    .where('status', '=', 'needs_operator')
    .where('id', '!=', owner.id)
    .$if(deps.engine.kind === 'postgres', (query) => query.forUpdate())
    .execute();
  const reason = { code: 'owner_found', message: `The number has its owner: see the claim ${owner.id}.` };
  for (const orphan of orphans) {
    const after: ClaimRow = {
      ...orphan,
      status: nextStatus(orphan.status as ClaimStatus, 'dismissed') ?? orphan.status, // written by this kit alone
      reason_code: reason.code,
      reason_message: reason.message,
      updated_at: now,
    };
    await trx
      .updateTable('signup_claims')
      .set({ ...after, history_length: orphan.history_length + 1 })
      .where('id', '=', orphan.id)
      .execute();
    const history = {
      what: 'put aside: the owner is found',
      who: 'kit',
      reason: undefined,
      traceId: undefined,
    };
    await writeHistory(trx, after, history, { now, reason });
    await tellOfStatus(trx, deps, after, now);
  }
}
