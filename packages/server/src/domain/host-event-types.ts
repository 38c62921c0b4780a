import type { ClaimStatus } from '@embedded-signup-kit/protocol';

/**
 * What the host is told about claims and about the pool.
 *
 * - `claimRegistered` — the number is in service
 * - `claimNeedsAttention` — the claim waits for the customer, for a code, or for the operator, or its time runs out
 * - `claimWithoutNumber` — the customer finished without a number
 * - `claimCoexistence` — the number stays on the WhatsApp Business app; its data must be synchronised within 24 hours
 * - `claimRejected` — proof says no
 * - `claimDismissed` — put aside
 * - `claimEnded` — the number left our hands
 * - `claimReplaced` — the customer signed up again with the same number: a newer claim has it
 * - `tokenExpiring` — the customer's token ends, or has ended: 14, 7, 3 and 1 days before, and then
 *
 * And about the pool:
 *
 * - `numberExpiring` — the verification of a number ends, or has ended: 45, 14, 3 and 0 days before, unless a code by text
 *   renews it
 * - `numberUnverified` — a number was never verified, and Meta drops it from the pool in 15 days
 * - `poolLow` — there are fewer numbers of a country to offer than you want
 *
 * And about who a business writes to:
 *
 * - `identityChanged` — somebody whom a business writes to is not known to be the same person any more
 */
export const hostEventTypes = [
  'claimRegistered',
  'claimNeedsAttention',
  'claimWithoutNumber',
  'claimCoexistence',
  'claimRejected',
  'claimDismissed',
  'claimEnded',
  'claimReplaced',
  'tokenExpiring',
  'numberExpiring',
  'numberUnverified',
  'poolLow',
  'identityChanged',
] as const;

/** One of {@link hostEventTypes}. */
export type HostEventType = (typeof hostEventTypes)[number];

/** Which event a claim's arrival in a status is. Statuses that are not here are nobody's news. */
export const hostEventOf: Readonly<Partial<Record<ClaimStatus, HostEventType>>> = {
  registered: 'claimRegistered',
  needs_signup: 'claimNeedsAttention',
  needs_verification: 'claimNeedsAttention',
  needs_operator: 'claimNeedsAttention',
  no_number: 'claimWithoutNumber',
  coexistence: 'claimCoexistence',
  rejected: 'claimRejected',
  dismissed: 'claimDismissed',
  ended: 'claimEnded',
};
