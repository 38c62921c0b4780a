import type { DatedFacts, NumberFact, NumberFacts } from '../domain/number-facts.ts';
import type { NumberNews } from '../domain/number-news.ts';
import type { IdentityStore } from './identity-store.ts';
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
  /** When it was last switched, by a person or by the kit; `undefined`: not since the number came into service. */
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
  /** `identityForgotten`: one of its customers was; nobody can tell which one. */
  fact: NumberFact | 'identityCheck' | 'identityForgotten';
  before: string | undefined;
  after: string | undefined;
  /** `meta`, `kit`, or an operator's name. */
  who: string;
}

/** How far a round of catching up has come. */
export interface MissingNumbersCursor {
  /** First all claims are looked at, then all numbers. */
  of: 'claims' | 'numbers';
  /** Of the last one. */
  id: string;
}

/** Somebody who switches the identity check of a number. */
export interface IdentityCheckTurn {
  phoneNumberId: string;
  enabled: boolean;
  /** Whether it was known as on before. */
  before: boolean | undefined;
  turn: number;
  /** Nobody else was switching it off when this began. */
  isAlone: boolean;
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
  /** The numbers that Meta lists on the account now, as digits that compare (`domain/number-match`); without those that are gone. */
  listed: string[];
  now: number;
  /** Until when the number is set aside for it. */
  heldUntil: number;
  who: string;
}

/**
 * `opened`; `known` — a claim that is not over puts this number on this account already; `held` — somebody else has it set
 * aside until `until`; `cap_reached` — the account's numbers and those on their way to it are as many as Meta allows; `claimed`,
 * `gone`, `not_verified`, `missing` — of the number. Only `opened` changes anything.
 */
export type AttachmentOutcome =
  | { outcome: 'opened' | 'known'; claim: Claim }
  | { outcome: 'held'; until: number }
  | { outcome: 'cap_reached'; mostNumbers: number }
  | { outcome: 'claimed' | 'gone' | 'not_verified' | 'missing' };

/**
 * The part of the store that knows numbers in service, and who their customers are. As in the whole store each method is one
 * atomic act, durable when its promise resolves.
 */
export interface NumbersStore extends IdentityStore {
  /** A number by Meta's id of it, also one that has left. */
  findPhoneNumber(phoneNumberId: string): Promise<PhoneNumberRecord | undefined>;
  /** What changed about a number, the newest first. */
  listPhoneNumberChanges(input: { phoneNumberId: string; limit: number }): Promise<PhoneNumberChange[]>;
  /**
   * Keeps what webhooks say: a fact is changed only by what is newer than it, with a line of history; and the number is read
   * soon, whatever they say: but not within some minutes after the last time, so that a storm of webhooks is no storm of calls.
   * What nobody knows the number of is nobody's. What says much is kept slice by slice, and may be said again: so it is no one
   * act, and it has all been kept when the promise resolves.
   *
   * @param input.readAt when to read the numbers that are meant, at the earliest
   */
  recordNumberNews(input: { now: number; readAt: number; news: readonly NumberNews[] }): Promise<void>;
  /**
   * Numbers that have not left and are to be read: first those of which there is news, then those that came into service or were
   * registered, then the rest, each by its plan. Where more are due than `limit`, a fifth of them are the oldest plans.
   */
  listNumbersToRead(input: { now: number; limit: number }): Promise<PhoneNumberRecord[]>;
  /**
   * Takes those of them that nobody else takes at this moment, to read them: they are planned for `until`, so no other node has
   * them before then. A read that ends sets their plan anew; after a crash they are due at that time. Of one account no more than
   * 120 in any hour: those held back are planned anew.
   *
   * @returns them as they are planned now
   */
  takeNumbersToRead(input: { now: number; limit: number; until: number }): Promise<PhoneNumberRecord[]>;
  /**
   * Keeps what a read found, true at `askedAt`, with a line of history for each fact that is another one than before. News that
   * came since `seen` has it read again as soon as it may be. What a later read came to stands: its problem, and its plan.
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
  /** Keeps that a read failed; what is known stays, and what a later read came to. */
  keepNumberUnread(input: {
    phoneNumberId: string;
    askedAt: number;
    reason: string;
    nextReadAt: number;
    seen: number;
  }): Promise<void>;
  /**
   * Begins to switch the identity check, before Meta is asked to. From when it is begun to switch it off it counts as off: so it
   * is never known as on while it may be off. `off_under_way`: somebody is switching it off, so whatever Meta answers nobody
   * could say that it is on; nothing has begun. `missing`: nobody knows the number.
   */
  beginIdentityCheck(input: {
    phoneNumberId: string;
    enabled: boolean;
  }): Promise<IdentityCheckTurn | 'off_under_way' | 'missing'>;
  /**
   * Keeps what came of it, with a line of history if that is new. On is kept only where it has not been begun to switch it off
   * since, and the number has not left; the former state after a refusal likewise.
   *
   * @param input.end `done`; `refused` — by Meta, for certain; `unknown` — nobody knows what Meta has done
   * @returns whether what was asked for is what is kept
   */
  endIdentityCheck(input: {
    turn: IdentityCheckTurn;
    end: 'done' | 'refused' | 'unknown';
    now: number;
    who: string;
  }): Promise<boolean>;
  /**
   * Catches up with what servers of an older version recorded: notes numbers of live claims, and that others have left. Looks at
   * `limit` rows at most, and resolves to how many numbers it noted, and where to go on; `undefined`: that was all.
   */
  noteMissingNumbers(input: {
    now: number;
    limit: number;
    after?: MissingNumbersCursor | undefined;
  }): Promise<{ noted: number; next: MissingNumbersCursor | undefined }>;
  /** Notes the number of a live claim that a server of an older version recorded. */
  noteNumberOf(input: { now: number; claimId: string }): Promise<void>;

  /** Opens a claim that puts a number of the pool on a customer's account, and sets the number aside for it. */
  openAttachment(input: NewAttachment): Promise<AttachmentOutcome>;
  /**
   * The newest claim that an operator opened to put a number of the pool on an account, also one that is over; but none that an
   * operator has since said is about another number.
   *
   * @param input.unlessOffered only while nobody's page was given the number after that @default false
   * @param input.evenIfAssigned also one that an operator has since said is about another number or account: Meta may have done
   *   what it was asked for before @default false
   */
  findAttachment(input: {
    numberId: string;
    wabaId: string;
    unlessOffered?: boolean;
    evenIfAssigned?: boolean;
  }): Promise<Claim | undefined>;
  /** The claims of an account that are not over and whose account is proven, the newest first. */
  listClaimsOfAccount(wabaId: string): Promise<Claim[]>;
  /**
   * How many numbers Meta says the portfolio of an account may have.
   *
   * @param now milliseconds UTC: only a word of the last seven days, because Meta brings a webhook for so long, and the one that
   *   allows more may have been lost @default whenever it said so
   */
  findAccountCap(wabaId: string, now?: number): Promise<number | undefined>;
}
