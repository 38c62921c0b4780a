import type { ClaimRequest, SessionEventRequest } from '@embedded-signup-kit/protocol';

/** The ids that a finish may carry: hearsay, which the server checks with Meta. */
export type FinishData = NonNullable<ClaimRequest['data']>;

/** What Meta says of a cancelled or failed signup. */
export type TroubleData = NonNullable<SessionEventRequest['data']>;

/** The customer came to the end of Meta's window. */
export interface Finish {
  kind: 'finish';
  event: string;
  data: FinishData;
}

/**
 * One entry of Meta's session log, as far as it is understood:
 *
 * - `finish` — any `FINISH…` event, its word kept as it came
 * - `cancel` — the customer left, at `data.current_step`
 * - `error` — something failed in the popup, or the customer reported it
 * - `other` — an event this version does not know
 */
export type SessionLogEntry =
  Finish | { kind: 'cancel' | 'error' | 'other'; event: string; data: TroubleData };
