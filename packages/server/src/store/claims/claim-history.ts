import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { ClaimHistoryEntry } from '../../ports/records.ts';
import type { QueryDeps } from '../scope.ts';

/** Everything that happened to a claim, oldest first. */
export async function claimHistory({ engine }: QueryDeps, id: string): Promise<ClaimHistoryEntry[]> {
  const rows = await engine.read
    .selectFrom('signup_claim_history')
    .selectAll()
    .where('claim_id', '=', id)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    at: row.at,
    what: row.what,
    who: row.who,
    status: row.status as ClaimStatus, // written by this kit alone
    reason: row.reason ?? undefined,
    traceId: row.trace_id ?? undefined,
  }));
}
