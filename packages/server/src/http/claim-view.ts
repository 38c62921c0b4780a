import type { ClaimHistoryEntry } from '../ports/records.ts';

export { claimView, operatorClaimView } from '../ports/claim-view.ts';

const iso = (time: number): string => new Date(time).toISOString();

/** One line of a claim's history. */
export function historyView(entry: ClaimHistoryEntry) {
  return {
    at: iso(entry.at),
    what: entry.what,
    who: entry.who,
    status: entry.status,
    ...(entry.reason === undefined ? {} : { reason: entry.reason }),
    ...(entry.traceId === undefined ? {} : { traceId: entry.traceId }),
  };
}
