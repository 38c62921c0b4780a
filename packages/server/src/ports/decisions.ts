import type { ClaimReason, ClaimStatus } from '@embedded-signup-kit/protocol';
import type { ClaimEvent } from '../domain/claim-transitions.ts';
import type { ClaimStep } from '../domain/claim-steps.ts';
import type { ClaimHistoryEntry } from './records.ts';

/** What a person, or the kit on its own account, decides about a claim beside the work on it. */
export interface Decision {
  claimId: string;
  now: number;
  /** Only when it still stands like this: somebody may have moved it on since it was read. */
  onlyFrom?: { status: ClaimStatus; customerId: string };
  /** Through the table of `domain/claim-transitions`; without it the status stays. */
  event?: ClaimEvent;
  patch?: DecisionPatch;
  /** `null` takes an old reason away. */
  reason?: ClaimReason | null;
  history: Omit<ClaimHistoryEntry, 'at' | 'status'>;
  /**
   * What becomes of the work: `stop` — none is left; `go` — it is taken up at this step, now; whoever is at it is fenced
   * off in both cases. `now` — it goes on where it is, without waiting, and whoever is at it goes on. Without it the work
   * stays as it was.
   */
  work?: { do: 'stop' } | { do: 'now' } | { do: 'go'; step: ClaimStep; workId: string };
}

/** Fields of a claim that only a person decides. */
export interface DecisionPatch {
  customerId?: string;
  /** The customer's account and number, as the operator says; Meta is still asked whether they are. */
  assignedAt?: number;
  assignedWabaId?: string;
  assignedPhoneNumberId?: string;
}

/**
 * `saved`; `missing` — there is no such claim; `not_allowed` — the table knows no such way, or it stands elsewhere than `onlyFrom`; `number_taken` — another
 * live claim owns the number. Nothing was written in the last three.
 */
export type DecisionOutcome = 'saved' | 'missing' | 'not_allowed' | 'number_taken';

/** A number that was registered before the kit came. */
export interface ImportedClaim {
  /** The id that the claim gets if it is new. */
  id: string;
  customerId: string;
  wabaId: string;
  phoneNumberId: string;
  /** E.164, with the plus. */
  phoneNumber: string;
  /** Sealed for `claims.token/<id>`. */
  sealedToken: string | undefined;
  tokenExpiresAt: number | undefined;
  /** Sealed for `pins.pin/<phoneNumberId>`. */
  sealedPin: string | undefined;
  registeredAt: number | undefined;
}

/** `imported`; `known` — this customer has a live claim on it already; `conflict` — another customer has. */
export type ImportOutcome = 'imported' | 'known' | 'conflict';
