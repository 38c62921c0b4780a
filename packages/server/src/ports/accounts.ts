import type { AccountEvent } from '../domain/account-event.ts';

/** A change of a webhook that the kit acts on. */
export interface AccountChange {
  /** The same for the same content, however Meta cuts its deliveries: a hash, 43 characters. */
  mark: string;
  event: AccountEvent;
}

/** The right to look at an account, until the lease runs out. Times in milliseconds UTC. */
export interface AccountLease {
  wabaId: string;
  /** The customer's portfolio, once Meta named it. */
  ownerBusinessId: string | undefined;
  /** When we heard of it first. */
  foundAt: number;
  /** Of the newest webhook that says so, by Meta's clock. `undefined`: only Meta's list does. */
  addedAt: number | undefined;
  removedAt: number | undefined;
  /** Numbers that left it alone, by Meta's clock. */
  removedNumbers: { phoneNumber: string; at: number }[];
  /** When a look last found nothing left to wait for. */
  settledAt: number | undefined;
  /** Since it last had news, this one included. */
  looks: number;
  fence: number;
  /** How often there had been news when the lease was taken. */
  wakes: number;
}

/** Somebody for whom a number of the pool was set aside, and who could have taken it. Times in milliseconds UTC. */
export interface NumberLaunch {
  customerId: string;
  /** The newest session that had it. */
  sessionId: string;
  heldAt: number;
  /** Until when that session may deliver a claim. */
  claimUntil: number;
}

/** A number on an account that no browser has claimed, and whose it is. */
export interface RecoveredClaim {
  lease: AccountLease;
  now: number;
  /** Of the claim that is to be completed, or the one that a new claim gets. */
  claimId: string;
  workId: string;
  /** The session of the claim. An orphan, and a number beside what its session brought, has a made-up one. */
  sessionId: string;
  /** Whose it is; `undefined` makes it an orphan, for the operator. */
  customerId: string | undefined;
  wabaId: string;
  /** `undefined`: the account has no number. */
  number: { phoneNumberId: string; phoneNumber: string; displayPhoneNumber: string } | undefined;
  /** Sealed for `claims.token/<claimId>`; `undefined` when only the BSP's own token reads the account. */
  token: { sealed: string; expiresAt: number | undefined } | undefined;
  /** Why it is the operator's, for an orphan. */
  reason: { code: string; message: string } | undefined;
}

/**
 * `recovered` — the claim was opened or completed, or the orphan noted; `known` — it is there already; `owned` — a live
 * claim has the number; `busy` — the claim is being worked on; `closed` — the claim of that session is over, and nothing
 * was written; `fenced` — somebody else looks at the account now, and nothing was written.
 */
export type RecoveryOutcome = 'recovered' | 'known' | 'owned' | 'busy' | 'closed' | 'fenced';
