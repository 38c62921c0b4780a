import type { ClaimReason, ClaimStatus, FinishData, NumberSource } from '@embedded-signup-kit/protocol';
import type { PoolNumber } from '../domain/pool-number.ts';

/** A claim as it is stored. Times in milliseconds UTC; sealed texts open with the cipher only. */
export interface Claim {
  id: string;
  sessionId: string;
  customerId: string;
  status: ClaimStatus;
  /** The step of its row of work; `undefined` when there is none. */
  step: string | undefined;
  /** The event word of the session log, once it came. */
  event: string | undefined;
  /** What the session log said, as it said it: hearsay. */
  eventData: ClaimedAssets;
  /** Proven by Meta, or `undefined`. Digits. */
  wabaId: string | undefined;
  phoneNumberId: string | undefined;
  /** E.164, with the plus. */
  phoneNumber: string | undefined;
  displayPhoneNumber: string | undefined;
  numberSource: NumberSource;
  poolNumberId: string | undefined;
  reason: ClaimReason | undefined;
  /** Until it is spent. */
  sealedCode: string | undefined;
  codeReceivedAt: number | undefined;
  /** Set before the first byte of the exchange goes out; after that there is no second try. */
  codeUsedAt: number | undefined;
  redirectUri: string | undefined;
  sealedToken: string | undefined;
  tokenExpiresAt: number | undefined;
  createdAt: number;
  updatedAt: number;
  provenAt: number | undefined;
  registeredAt: number | undefined;
  registerBy: number | undefined;
  /** When an operator gave it to its customer; the number then needs no hold of theirs. */
  assignedAt: number | undefined;
  /** What the operator chose where proof could not: digits. */
  assignedWabaId: string | undefined;
  assignedPhoneNumberId: string | undefined;
  /** The sharing of the BSP's credit line with this account, once Meta named it. Digits. */
  creditAllocationId: string | undefined;
  /**
   * When Meta's own word opened or completed it, because no browser did: account and number are then Meta's, in
   * `assignedWabaId` and `assignedPhoneNumberId`.
   */
  recoveredAt: number | undefined;
  /** Of a claim that an operator opened without a popup: the number of the pool, its display name, and the account it goes on. */
  toAttach: { numberId: string; verifiedName: string; wabaId: string } | undefined;
}

/** The ids that the session log named. Each is a string of digits. */
export type ClaimedAssets = FinishData;

/** One line of a claim's history. The history only grows. */
export interface ClaimHistoryEntry {
  at: number;
  /** What happened, such as `event and code received`, `code exchanged`, `registered`. */
  what: string;
  /** Who did it: `customer`, `kit`, `meta`, or an operator's name. */
  who: string;
  /** The status it led to. */
  status: ClaimStatus;
  reason: string | undefined;
  /** Meta's trace id, where Meta had a part. */
  traceId: string | undefined;
}

/** A number of the pool with what we know about its holder. */
export interface PoolRecord extends PoolNumber {
  /** A customer; empty: nobody, it is being deleted or may be on an account; or the session of a claim without the popup, `domain/attachment-session`. */
  heldBy: string | undefined;
  heldUntil: number | undefined;
  claimId: string | undefined;
  claimedBy: string | undefined;
  claimedAt: number | undefined;
  /** When Meta no longer listed it. */
  goneAt: number | undefined;
  /** Of a number that is gone: when Meta still listed it. */
  lastListedAt: number | undefined;
  /** When Meta's list last said something new of it. */
  syncedAt: number;
  /** When the kit saw it first. */
  firstSeenAt: number;
}

/** The right to work on a claim, until the lease runs out. Every write names the fence. */
export interface WorkLease {
  workId: string;
  claimId: string;
  step: string;
  attempts: number;
  fence: number;
  /** How often the claim had been woken when the lease was taken. */
  wakes: number;
}
