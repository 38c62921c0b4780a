import type { ClaimReason, NumberSource } from '@embedded-signup-kit/protocol';
import type { ClaimEvent } from '../domain/claim-transitions.ts';
import type { ClaimHistoryEntry, WorkLease } from './records.ts';

/** Fields of a claim that a step may set. */
export interface ClaimPatch {
  wabaId?: string;
  phoneNumberId?: string;
  phoneNumber?: string;
  displayPhoneNumber?: string;
  numberSource?: NumberSource;
  poolNumberId?: string | undefined;
  /** When the token ends, where its exchange did not say it. */
  tokenExpiresAt?: number | undefined;
  provenAt?: number;
  registeredAt?: number;
  registerBy?: number;
}

/** The end of a step: all of it is written, or none. */
export interface StepResult {
  lease: WorkLease;
  now: number;
  /** Through the table of `domain/claim-transitions`; without it the status stays. */
  event?: ClaimEvent;
  patch?: ClaimPatch;
  /** `null` takes an old reason away. */
  reason?: ClaimReason | null;
  history?: Omit<ClaimHistoryEntry, 'at' | 'status'>;
  /** The host is told of the status once more, though it stays: somebody has to act by now. */
  tellsAgain?: boolean;
  /** The number of the pool that was set aside for this claim alone is given back. */
  givesNumberBack?: boolean;
  /**
   * What comes next: `go` — the next step at once, under the same lease; `wait` — the step at a time, lease given
   * back; `done` — no more work. A step that waits under its own name goes on counting its tries, unless it is `fresh`: this
   * run ended as it should.
   */
  next:
    | { do: 'go'; step: string }
    | { do: 'wait'; step: string; runAt: number; fresh?: boolean }
    | { do: 'done' };
}

/**
 * `saved`; `fenced` — somebody else holds the lease now, nothing was written; `number_taken` — another live
 * claim owns the number, nothing was written; `number_busy` — that claim is the same customer's and is being worked on,
 * nothing was written; `not_allowed` — the table knows no such way, nothing was written.
 */
export type StepOutcome = 'saved' | 'fenced' | 'number_taken' | 'number_busy' | 'not_allowed';
