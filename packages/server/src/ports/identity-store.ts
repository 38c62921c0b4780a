import type { CustomerIdentity, IdentityEvidence } from '../domain/customer-identity.ts';

/** What is known of a customer. */
export interface IdentityRecord extends CustomerIdentity {
  /** Who of the host vouched for them last. */
  trustedBy: string | undefined;
}

/** How far a round of removing has come: the last customer that was looked at; without one, all of that number are done. */
export interface IdentityCursor {
  phoneNumberId: string;
  digits: string | undefined;
}

/** The part of the store that knows who the customers of business numbers are. Each method is one atomic act. */
export interface IdentityStore {
  /**
   * Keeps what webhooks say about customers, and tells the host, once, of each that is not known to be the same any more. Where
   * nobody hears of it from here, what the host would have been told is kept for {@link IdentityStore.tellOfUnheardChanges}.
   */
  recordIdentities(input: { now: number; evidence: readonly IdentityEvidence[] }): Promise<void>;
  /** What is known of a customer of a business number; `undefined`: nothing. */
  findIdentity(input: { phoneNumberId: string; waId: string }): Promise<IdentityRecord | undefined>;
  /**
   * Keeps that the host vouches for a customer, also one of whom nothing is known yet. A change that the host was not told of yet
   * is not told any more. `another_change`: the customer has changed once more since the change that the host was told of, or
   * somebody has vouched for a later one; nothing has changed then. The change that was vouched for last is `trusted` once more,
   * and nothing is written, for as long as the customer has not changed since: so whoever tries again does no harm.
   *
   * @param input.changeId of that change, as `changeIdOf` makes it; without it the host vouches for whatever is known
   */
  trustIdentity(input: {
    phoneNumberId: string;
    waId: string;
    now: number;
    who: string;
    changeId?: string | undefined;
  }): Promise<{ outcome: 'trusted' | 'another_change'; identity: IdentityRecord }>;
  /**
   * Removes all that is known of a customer of a business number. What Meta says of them afterwards is the first that is heard.
   * The history of the number, if it is known, has a line that does not say who it was.
   *
   * @returns whether there was anything
   */
  forgetIdentity(input: { phoneNumberId: string; waId: string; now: number; who: string }): Promise<boolean>;
  /**
   * Tells the host of changes that were noted where nobody hears of them, each once, in the words in which it would have been
   * told then. Where nobody hears of them either it does nothing, and does not look.
   *
   * @returns how many were told
   */
  tellOfUnheardChanges(input: { now: number; limit: number }): Promise<number>;
  /**
   * Removes what is known of customers of numbers that are not in service: all, when the number left before `before`; when it
   * was never in service, what has no time after that. Looks at `limit` customers at most.
   *
   * @param input.before milliseconds UTC
   * @param input.after where the round before ended
   * @returns how many were removed, and where to go on; `undefined`: that was all
   */
  removeIdentities(input: {
    before: number;
    limit: number;
    after?: IdentityCursor | undefined;
  }): Promise<{ removed: number; next: IdentityCursor | undefined }>;
}
