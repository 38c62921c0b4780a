import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { PoolNumber } from '../domain/pool-number.ts';
import type { NumbersStore } from './numbers-store.ts';
import type { PoolStore } from './pool-store.ts';
import type { RecoveryStore } from './recovery-store.ts';
import type { SealedStore } from './sealed-store.ts';
import type { Decision, DecisionOutcome, ImportedClaim, ImportOutcome } from './decisions.ts';
import type { HostEventDestination, HostEventEnd, HostEventLease, UndeliveredEvent } from './host-events.ts';
import type {
  IncomingClaim,
  OpenedSession,
  OpenSession,
  RecordedClaim,
  SessionEventRecord,
} from './intake.ts';
import type { Page, PageQuery } from './page.ts';
import type { Claim, ClaimHistoryEntry, PoolRecord, WorkLease } from './records.ts';
import type { StepOutcome, StepResult } from './step-result.ts';

/**
 * Everything the kit keeps. Each method is one atomic act, durable when its promise resolves. All of them throw
 * `StoreUnavailableError` when the database cannot do it now; nothing was written then.
 */
export interface Store extends PoolStore, NumbersStore, RecoveryStore, SealedStore {
  /**
   * Brings the schema up to date. One migrator at a time; others wait. Resolves to the names of what was applied, in order.
   *
   * @throws SchemaTooNewError
   */
  migrate(): Promise<string[]>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
  /** What the database's clock says, milliseconds UTC; `undefined` when it is this machine's. */
  databaseTime(): Promise<number | undefined>;

  /**
   * Mirrors what Meta lists, slice by slice; each id at most once. Numbers it no longer lists are marked gone, when
   * `complete`.
   */
  mirrorPool(input: { numbers: PoolNumber[]; now: number; complete: boolean }): Promise<{ gone: number }>;
  /** The pool number with these digits (Brazil's and Mexico's two forms meet), and whether this customer ever held it. */
  findPoolNumber(input: {
    phoneNumber: string;
    customerId: string;
  }): Promise<{ number: PoolRecord; heldByCustomer: boolean } | undefined>;

  /** Holds numbers and keeps the session. A live hold of the customer is given again. */
  openSession(input: OpenSession): Promise<OpenedSession>;
  recordSessionEvent(input: SessionEventRecord): Promise<void>;
  /** Gives back holds that are over, at most `limit`. Resolves to how many. */
  releaseHolds(input: { now: number; limit: number }): Promise<number>;

  /** Keeps a claim with its row of work, or joins a half to the one that is there. @throws TooManyClaimsError, SessionUsedError */
  recordClaim(input: IncomingClaim): Promise<RecordedClaim>;
  findClaim(id: string): Promise<Claim | undefined>;
  listClaims(query: PageQuery<ClaimStatus>): Promise<Page<Claim>>;
  claimHistory(id: string): Promise<ClaimHistoryEntry[]>;
  /** The claim that was delivered with a session. */
  findClaimOfSession(sessionId: string): Promise<Claim | undefined>;
  /**
   * A live claim of another customer on this account. One that rests on Meta's word alone yields to a customer's own token,
   * and is left out unless `evenByWord`.
   */
  findAccountOfAnother(input: {
    wabaId: string;
    customerId: string;
    /** @default false */
    evenByWord?: boolean;
  }): Promise<Claim | undefined>;
  /** A number that was held for this session, and is another customer's by a live claim. */
  findHeldNumberTaken(input: { sessionId: string; customerId: string }): Promise<PoolRecord | undefined>;
  /** The newest token for an account, of a claim that is not over; and when the claim got it, where that is known. */
  findToken(wabaId: string): Promise<
    | {
        claimId: string;
        sealedToken: string;
        expiresAt: number | undefined;
        givenAt?: number | undefined;
      }
    | undefined
  >;

  /** Changes a claim beside its work: an operator's word, mostly. */
  decide(input: Decision): Promise<DecisionOutcome>;
  /** Replaces the PIN of a claim's number by one that a person gave. `false`: the claim is missing or has another number. */
  supplyPin(input: {
    claimId: string;
    now: number;
    who: string;
    phoneNumberId: string;
    sealedPin: string;
  }): Promise<boolean>;
  /** The sealed PIN of a claim's number; that it was read, and by whom, is on record when this resolves. */
  readPin(input: {
    claimId: string;
    now: number;
    who: string;
  }): Promise<{ phoneNumberId: string; sealedPin: string } | undefined>;
  /** Writes numbers that were registered elsewhere as registered claims, in the order given. */
  importClaims(input: { now: number; who: string; claims: ImportedClaim[] }): Promise<ImportOutcome[]>;
  /** Warns of claims that are not registered in time, and ends those whose time is over. Resolves to how many. */
  remindUnregistered(input: { now: number; limit: number }): Promise<number>;

  /** Takes up to `limit` events that are due, the oldest of each claim first, and never two of one claim. */
  leaseHostEvents(input: {
    now: number;
    limit: number;
    /** @default all */
    destination?: HostEventDestination | undefined;
  }): Promise<HostEventLease[]>;
  /** `false`: somebody else has the lease now, nothing was written. */
  finishHostEvent(input: { lease: HostEventLease; now: number; end: HostEventEnd }): Promise<boolean>;
  listUndelivered(query: PageQuery<UndeliveredEvent['state']>): Promise<Page<UndeliveredEvent>>;
  /** Has a dead letter delivered once more, from now on as if it were new. `false`: there is none. */
  reviveHostEvent(input: { eventId: string; now: number }): Promise<boolean>;

  /** Takes up to `limit` rows of work that are due, or the one of `claimId` if it is due. */
  leaseWork(input: { now: number; limit: number; claimId?: string | undefined }): Promise<WorkLease[]>;
  /** Keeps a lease from running out while its step goes on. `false`: somebody else has it. */
  renewLease(input: { lease: WorkLease }): Promise<boolean>;
  finishStep(input: StepResult): Promise<StepOutcome>;
  /**
   * Marks the code as used and erases it, in one act; only the answer `spent` allows sending it. `used`: this claim, or
   * another one that brought the same code, has sent it before. `too_old`: it came before `notBefore`. `changed`: it is
   * not the one that was `opened`; nothing was written.
   *
   * @param input.opened the sealed code that was opened, `null` when there was none @default whichever is there
   */
  spendCode(input: {
    lease: WorkLease;
    now: number;
    notBefore: number;
    opened?: string | null;
  }): Promise<'spent' | 'used' | 'too_old' | 'changed' | 'fenced'>;
  /** Keeps the token with which a claim goes on; `undefined`: the BSP's own, where the claim may do with it. `false`: fenced off. */
  keepToken(input: {
    lease: WorkLease;
    now: number;
    sealedToken: string | undefined;
    expiresAt: number | undefined;
  }): Promise<boolean>;
  /** Keeps a number's PIN unless it has one; resolves to the one it has. `undefined`: fenced off. */
  keepPin(input: {
    lease: WorkLease;
    now: number;
    phoneNumberId: string;
    sealedPin: string;
  }): Promise<string | undefined>;
  /** Goes on holding a number that is set aside for the claim's customer. `undefined`: they hold none, or fenced off. */
  keepHold(input: { lease: WorkLease; now: number; until: number }): Promise<PoolRecord | undefined>;
  /** Keeps what Meta calls the sharing of the credit line. `false`: fenced off. */
  keepCreditAllocation(input: { lease: WorkLease; now: number; allocationId: string }): Promise<boolean>;
  /**
   * Writes one attempt at a call that costs, if the budget since `since` allows it. `undefined`: fenced off. `tooSoon`:
   * somebody made one less than `apart` ago, whose outcome may not show yet.
   *
   * @param input.objectId Meta's id of the number or account that the call is about
   * @param input.apart milliseconds between two attempts, whichever claims they are for @default 0
   */
  spendAttempt(input: {
    lease: WorkLease;
    now: number;
    objectId: string;
    kind: string;
    since: number;
    budget: number;
    apart?: number;
  }): Promise<{ allowed: true } | { allowed: false; oldestAt: number; tooSoon: boolean } | undefined>;
  /**
   * Takes one attempt of this lease back, when Meta says that it has not begun. Others stay: a lease that is taken after a retry may
   * look like an earlier one, whose answer got lost.
   *
   * @param input.at when it was spent, milliseconds UTC @default the newest of the lease
   */
  returnAttempt(input: {
    lease: WorkLease;
    objectId: string;
    kind: string;
    at?: number | undefined;
  }): Promise<void>;
}
