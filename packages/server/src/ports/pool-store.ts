import type { NumberCallBudget, NumberCallKind } from '../domain/number-call-budgets.ts';
import type { ExpiryStage, NumberState } from '../domain/number-lifecycle.ts';
import type { PoolNumber } from '../domain/pool-number.ts';
import type { Page } from './page.ts';
import type { PoolRecord } from './records.ts';

export type { NumberCallBudget, NumberCallKind } from '../domain/number-call-budgets.ts';

/**
 * How such a call ended: `done` — Meta did it; `refused` — Meta did not; `unsure` — nobody knows. `undefined`: it is under
 * way, or the process was killed in it, so nobody knows either.
 */
export type NumberCallOutcome = 'done' | 'refused' | 'unsure';

/** One call, as it is kept. Times in milliseconds UTC. */
export interface NumberCall {
  id: string;
  kind: NumberCallKind;
  at: number;
  /** `kit`, or an operator's name. */
  who: string;
  method: 'SMS' | 'VOICE' | undefined;
  outcome: NumberCallOutcome | undefined;
  /** A stable word, such as `graph:136024`. */
  reason: string | undefined;
  /** Of a code that came by text and was handed in: tells it from others, and gives it away to nobody without the key. */
  mark?: string | undefined;
  /** Until when Meta takes no further call of this kind. */
  closedUntil: number | undefined;
}

/** Whether a call may be made. It is written before it is made: `callId` is what it has to be ended with. */
export type NumberCallLeave =
  | { allowed: true; callId: string }
  /** `closed` — Meta said not before `retryAt`; `budget` — as many as are allowed were made; `too_soon` — one was made just now. */
  | { allowed: false; why: 'closed' | 'budget' | 'too_soon'; retryAt: number };

/** Whether a number is set aside for a deletion. `until`, milliseconds UTC, tells this deletion from all others of the number. */
export type NumberWithheld =
  | { withheld: true; until: number }
  /** `held` — a customer holds it until `until`; `being_deleted` — another deletion is under way, or was killed, until `until` at the most. */
  | { withheld: false; why: 'held' | 'being_deleted'; until: number }
  | { withheld: false; why: 'claimed' | 'missing' };

/** What a number's verification was, when somebody looked at it. */
export type VerificationSeen = Pick<
  PoolNumber,
  'verificationStatus' | 'verifiedAt' | 'verificationExpiresAt'
>;

/** A number with what the kit still has to do about it. */
export interface NumberInCare extends PoolRecord {
  /** When to look at it next, milliseconds UTC; `undefined`: now. */
  careAt: number | undefined;
  /** A one-time code that came by text and waits to be submitted, sealed for `textCell`. */
  sealedText: string | undefined;
  textReceivedAt: number | undefined;
  /** Of which end of the verification the host was told last, and at which stage. */
  toldExpiry: number | undefined;
  toldStage: ExpiryStage | undefined;
  toldUnverifiedAt: number | undefined;
}

/** How a page of the pool is ordered: by Meta's id, or by the end of the verification, the soonest first. */
export type PoolSort = 'id' | 'expires';

/**
 * The part of the store that keeps the pool healthy. As in the whole store each method is one atomic act, durable when its
 * promise resolves.
 */
export interface PoolStore {
  /** A number by Meta's id of its pre-verified object, gone and claimed ones included. */
  findNumber(id: string): Promise<PoolRecord | undefined>;
  /** The newest number with these digits that Meta lists; gone ones where there is no other. */
  findNumberByPhone(phoneNumber: string): Promise<PoolRecord | undefined>;
  /** Writes one number as Meta shows it. Its next look is now. */
  keepNumber(input: { number: PoolNumber; now: number }): Promise<PoolRecord>;
  /** Marks a number as gone from the pool. `false`: it was gone, or never there. */
  markNumberGone(input: { id: string; now: number }): Promise<boolean>;
  /**
   * Sets a number aside for nobody for one deletion, so that no customer is given it until `until`. With `force` also one that
   * a customer holds, or has claimed; never one that another deletion has, unless that was doubted.
   */
  withholdNumber(input: { id: string; now: number; until: number; force: boolean }): Promise<NumberWithheld>;
  /**
   * Undoes one deletion's {@link PoolStore.withholdNumber}, and nothing else: the number goes back to the customer who held it,
   * if their hold is not over yet, and to the pool otherwise. Where an earlier deletion is in doubt it stays set aside until
   * the end of that one.
   *
   * @param input.until what `withholdNumber` said
   */
  releaseNumber(input: { id: string; now: number; until: number }): Promise<void>;
  /**
   * Keeps that nobody knows what came of a deletion: the number stays set aside until `until`, and another deletion may begin.
   *
   * @param input.until what `withholdNumber` said
   */
  doubtNumber(input: { id: string; until: number }): Promise<void>;

  /** Writes a call before it is made, if the budget and Meta's last word allow it. */
  spendNumberCall(input: {
    now: number;
    phoneNumber: string;
    numberId: string | undefined;
    kind: NumberCallKind;
    who: string;
    method?: 'SMS' | 'VOICE' | undefined;
    budget: NumberCallBudget;
  }): Promise<NumberCallLeave>;
  /** Keeps how a call ended. */
  endNumberCall(input: {
    callId: string;
    outcome: NumberCallOutcome;
    reason?: string | undefined;
    closedUntil?: number | undefined;
  }): Promise<void>;
  /** The calls about a telephone number, the newest first. */
  listNumberCalls(input: {
    phoneNumber: string;
    kind?: NumberCallKind | undefined;
    limit: number;
  }): Promise<NumberCall[]>;

  /**
   * Keeps the code of a text for a number of the pool that is neither gone nor claimed, or that a live claim has which waits
   * for a code (`verified` would lead on) and is about this number by its digits, if a code was asked for since `since` (`at`
   * of a `request_code` that Meta did not refuse). A later text takes the place of an earlier one. When the claim moves on, or
   * the number changes hands, the text is erased in the same act.
   */
  keepText(input: {
    id: string;
    now: number;
    since: number;
    /** Sealed for `textCell`. */
    sealed: string;
  }): Promise<'kept' | 'not_expected'>;
  /** Numbers with a text that waits, the oldest first. */
  listTexts(input: { limit: number }): Promise<NumberInCare[]>;
  /**
   * Erases the text and writes the call that hands its code in, in one act; only `allowed` lets it be sent. `changed`: it is
   * not the one that was `opened`, or nobody waits for it any more; nothing was written.
   */
  spendText(input: {
    id: string;
    opened: string;
    now: number;
    budget: NumberCallBudget;
    /** Kept with the call. */
    mark?: string | undefined;
  }): Promise<NumberCallLeave | { allowed: false; why: 'changed' }>;
  /** Erases a text that is of no use, if it is still the one that was looked at. */
  dropText(input: { id: string; opened: string }): Promise<void>;

  /** Numbers that are neither gone nor claimed and whose next look is due, or more than 8 days ahead, at most `limit`. */
  listNumbersToCareFor(input: { now: number; limit: number }): Promise<NumberInCare[]>;
  /** Keeps when to look next, unless there has been news since `seen`, the time the number was to be looked at. */
  finishCare(input: { id: string; seen: number | undefined; careAt: number }): Promise<void>;
  /**
   * Tells the host that a verification ends, once for each end and stage. `false`: it was told already, the verification is no
   * more what was `seen`, or nobody hears of such events here.
   */
  tellOfExpiry(input: {
    id: string;
    now: number;
    seen: VerificationSeen;
    expiresAt: number;
    stage: ExpiryStage;
  }): Promise<boolean>;
  /** Tells the host that a number is dropped by Meta unless it is verified, once. `false`: as above. */
  tellOfUnverified(input: {
    id: string;
    now: number;
    seen: VerificationSeen;
    droppedAt: number;
  }): Promise<boolean>;

  /** Remembers that the pool has numbers of these countries. */
  noteCountries(countries: readonly string[]): Promise<void>;
  /** The countries that the pool has, or had, numbers of. */
  listCountries(): Promise<string[]>;
  /**
   * Counts what could be given to a customer now, and tells the host where that is less than `low`: once, and again only when
   * there were enough in between and a day has passed. Resolves to the countries that are low.
   */
  warnOfLowPool(input: {
    now: number;
    /** Until when a number must stay verified to be counted, milliseconds UTC. */
    verifiedUntil: number;
    levels: readonly { country: string; low: number }[];
  }): Promise<{ country: string; free: number }[]>;

  /** Pages of the pool. Both filters may be given; between two slices of a large pool others have their turn. */
  listPool(query: {
    /** Meta's word for the verification. */
    status?: string | undefined;
    /** Where a number stands at `now`, milliseconds UTC. */
    state?: { is: NumberState; now: number } | undefined;
    /** Meta's id, whoever holds or has a number, or a telephone number; a part of one when there is no whole one. */
    search?: string | undefined;
    sort?: PoolSort | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<PoolRecord>>;
}
