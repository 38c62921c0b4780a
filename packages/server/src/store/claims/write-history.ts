import type { ClaimReason } from '@embedded-signup-kit/protocol';
import type { Transaction } from 'kysely';
import type { ClaimHistoryEntry } from '../../ports/records.ts';
import type { ClaimRow, Tables } from '../tables.ts';

/** Adds a line to a claim's history, under the status that the claim has then. Lines are never changed. */
export async function writeHistory(
  trx: Transaction<Tables>,
  claim: ClaimRow,
  history: Omit<ClaimHistoryEntry, 'at' | 'status'>,
  { now, reason }: { now: number; reason?: ClaimReason | null | undefined },
): Promise<void> {
  await trx
    .insertInto('signup_claim_history')
    .values({
      claim_id: claim.id,
      position: claim.history_length,
      at: now,
      what: history.what,
      who: history.who,
      status: claim.status,
      reason: history.reason ?? reason?.code ?? null,
      trace_id: history.traceId ?? null,
    })
    .execute();
}
