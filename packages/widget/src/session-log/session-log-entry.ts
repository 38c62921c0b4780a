import type { FinishData, SessionEventRequest } from '@embedded-signup-kit/protocol';

/** What Meta says of a cancelled or failed signup. */
export type TroubleData = NonNullable<SessionEventRequest['data']>;

/**
 * One entry of Meta's session log, as far as it is understood, with what the server is told of it; the event word is
 * kept as it came.
 *
 * - `finish` — the customer came to the end; the ids are hearsay, which the server checks with Meta
 * - `cancel` — the customer left, at `data.current_step`
 * - `error` — something failed in the popup, or the customer reported it
 * - `other` — an event this version does not know
 */
export type SessionLogEntry =
  | { kind: 'finish'; said: { event: string; data: FinishData } }
  | { kind: 'cancel' | 'error' | 'other'; said: { event: string; data: TroubleData } };
