import type { CustomerIdentity, IdentityEvidence } from '../domain/customer-identity.ts';
import type { DatedFacts, NumberFact, NumberFacts } from '../domain/number-facts.ts';
import type { NumberNews } from '../domain/number-news.ts';
import type { Claim } from './records.ts';

/** A number on a customer's account that a live claim owns, or owned. Times in milliseconds UTC. */
export interface PhoneNumberRecord {
  /** Meta's id of the WhatsApp phone number. */
  phoneNumberId: string;
  wabaId: string;
  /** E.164, with the plus. */
  phoneNumber: string;
  displayPhoneNumber: string;
  facts: DatedFacts;
  /** Whether the identity check is on, as the kit set it; `undefined` where it never did: Meta does not tell. */
  identityCheck: boolean | undefined;
  identityCheckAt: number | undefined;
  createdAt: number;
  /** When its last live claim was over: it is read no more. */
  leftAt: number | undefined;
  /** When Meta last answered with all of it. */
  readAt: number | undefined;
  /** When it is read next. */
  nextReadAt: number;
  /** Reads that failed since the last one that did not, and why the last of them did. */
  failures: number;
  problem: { reason: string; at: number } | undefined;
  /** News since it is known. */
  wakes: number;
}

/** What changed about a number. Times in milliseconds UTC. */
export interface PhoneNumberChange {
  id: string;
  at: number;
  fact: NumberFact | 'identityCheck';
  before: string | undefined;
  after: string | undefined;
  /** `meta`, `kit`, or an operator's name. */
  who: string;
}

/** Asking for a number of the pool to be put on an account. */
export interface NewAttachment {
  /** Of the claim that is opened. */
  claimId: string;
  workId: string;
  /** Made up: no popup stands behind it. */
  sessionId: string;
  customerId: string;
  wabaId: string;
  /** Meta's id of the pre-verified number. */
  numberId: string;
  verifiedName: string;
  /** Sealed for `claims.token/<claimId>`; `undefined`: only the BSP's own token reads the account. */
  token: { sealed: string; expiresAt: number | undefined } | undefined;
  now: number;
  /** Until when the number is set aside for it. */
  heldUntil: number;
  who: string;
}

/**
 * `opened`; `known` — a claim that is not over puts this number on this account already; `held` — somebody else has it set
 * aside until `until`; `claimed`, `gone`, `not_verified`, `missing` — of the number. Only `opened` changes anything.
 */
export type AttachmentOutcome =
  | { outcome: 'opened' | 'known'; claim: Claim }
  | { outcome: 'held'; until: number }
  | { outcome: 'claimed' | 'gone' | 'not_verified' | 'missing' };

/**
 * The part of the store that knows numbers in service, and who their customers are. As in the whole store each method is one
 * atomic act, durable when its promise resolves.
 */
export interface NumbersStore {
  /** A number by Meta's id of it, also one that has left. */
  findPhoneNumber(phoneNumberId: string): Promise<PhoneNumberRecord | undefined>;
  /** What changed about a number, the newest first. */
  listPhoneNumberChanges(input: { phoneNumberId: string; limit: number }): Promise<PhoneNumberChange[]>;
  /**
   * Keeps what webhooks say: a fact is changed only by what is newer than it, with a line of history; and the number is read
   * soon, whatever they say: but not within some minutes after the last time, so that a storm of webhooks is no storm of calls.
   * What nobody knows the number of is nobody's.
   *
   * @param input.readAt when to read the numbers that are meant, at the earliest
   */
  recordNumberNews(input: { now: number; readAt: number; news: readonly NumberNews[] }): Promise<void>;
  /** Numbers that have not left and are to be read, the oldest plan first. */
  listNumbersToRead(input: { now: number; limit: number }): Promise<PhoneNumberRecord[]>;
  /**
   * Keeps what a read found, true at `askedAt`, with a line of history for each fact that is another one than before. News that
   * came since `seen` has it read again as soon as it may be.
   *
   * @param input.seen the `wakes` of the number when it was read
   */
  keepNumberRead(input: {
    phoneNumberId: string;
    askedAt: number;
    facts: NumberFacts;
    displayPhoneNumber: string;
    nextReadAt: number;
    seen: number;
  }): Promise<void>;
  /** Keeps that a read failed; what is known stays. */
  keepNumberUnread(input: {
    phoneNumberId: string;
    now: number;
    reason: string;
    nextReadAt: number;
    seen: number;
  }): Promise<void>;
  /** Keeps whether the identity check is on, with a line of history if that is new. */
  noteIdentityCheck(input: {
    phoneNumberId: string;
    enabled: boolean;
    now: number;
    who: string;
  }): Promise<void>;
  /**
   * Notes numbers of live claims that an older version recorded, and that others have left. Resolves to how many of the former
   * there were, `limit` at most.
   */
  noteMissingNumbers(input: { now: number; limit: number }): Promise<number>;

  /** Keeps what webhooks say about customers, and tells the host, once, of each that is not known to be the same any more. */
  recordIdentities(input: { now: number; evidence: readonly IdentityEvidence[] }): Promise<void>;
  /** What is known of a customer of a business number; `undefined`: nothing. */
  findIdentity(input: { phoneNumberId: string; waId: string }): Promise<CustomerIdentity | undefined>;
  /** Keeps that the host vouches for a customer, also one of whom nothing is known yet. */
  trustIdentity(input: {
    phoneNumberId: string;
    waId: string;
    now: number;
    who: string;
  }): Promise<CustomerIdentity>;

  /** Opens a claim that puts a number of the pool on a customer's account, and sets the number aside for it. */
  openAttachment(input: NewAttachment): Promise<AttachmentOutcome>;
  /** The newest claim that an operator opened to put a number of the pool on an account, also one that is over. */
  findAttachment(input: { numberId: string; wabaId: string }): Promise<Claim | undefined>;
  /** The claims of an account that are not over and whose account is proven, the newest first. */
  listClaimsOfAccount(wabaId: string): Promise<Claim[]>;
  /** How many numbers Meta says the portfolio of an account may have. */
  findAccountCap(wabaId: string): Promise<number | undefined>;
}
