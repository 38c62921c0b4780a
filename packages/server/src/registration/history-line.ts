import type { ClaimHistoryEntry } from '../ports/records.ts';

/** A line of a claim's history about something that the kit did. */
export const line = (
  what: string,
  facts: { reason?: string | undefined; traceId?: string | undefined } = {},
): Omit<ClaimHistoryEntry, 'at' | 'status'> => ({
  what,
  who: 'kit',
  reason: facts.reason,
  traceId: facts.traceId,
});
