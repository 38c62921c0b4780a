import type {
  AccountChange,
  AccountLease,
  NumberLaunch,
  RecoveredClaim,
  RecoveryOutcome,
} from './accounts.ts';
import type { Claim } from './records.ts';

/**
 * The part of the store that knows customers' accounts: what Meta says by webhook and in its lists, and claims whose
 * browser never came back. As in the whole store each method is one atomic act, durable when its promise resolves.
 */
export interface RecoveryStore {
  /**
   * Keeps what a webhook says about accounts, each change once in 30 days, with the look that follows from it. An older
   * change never undoes a newer one.
   *
   * @param input.lookAt when to look at an account that was added: the browser is given time to speak first
   * @returns how many of the changes were news; equal calls that come at the same moment are one, and get the same answer
   */
  recordWebhook(input: { now: number; lookAt: number; changes: AccountChange[] }): Promise<{ fresh: number }>;
  /** Keeps accounts that Meta lists. Those that were not known are looked at `lookAt`. @returns how many those are */
  noteAccounts(input: {
    now: number;
    accounts: { wabaId: string; ownerBusinessId: string | undefined; lookAt: number }[];
  }): Promise<{ unknown: number }>;
  /** Takes up to `limit` accounts that are to be looked at now. */
  leaseAccounts(input: { now: number; limit: number }): Promise<AccountLease[]>;
  /** Keeps a lease from running out. `false`: somebody else has it. */
  renewAccount(input: { lease: AccountLease }): Promise<boolean>;
  /**
   * Ends a look. With news since the lease was taken, the next look is at once, whatever `lookAgainAt` says. `false`:
   * fenced off.
   *
   * @param input.settled nothing is left to wait for: the next look is a matter of routine
   */
  finishAccount(input: {
    lease: AccountLease;
    now: number;
    lookAgainAt: number | undefined;
    settled: boolean;
  }): Promise<boolean>;
  /**
   * Ends the live claims on an account that was removed, and those on numbers that left it: all whose number is not `kept`.
   * Times say nothing here: Meta's clock is another one. Resolves to how many; `undefined`: fenced off.
   *
   * @param input.kept ids of the numbers that Meta still shows on the account
   * @param input.isLast that numbers left is forgotten after this
   */
  endAccount(input: {
    lease: AccountLease;
    now: number;
    kept: readonly string[];
    isLast: boolean;
  }): Promise<number | undefined>;
  /** The live claim on a number, whosever it is. */
  findOwner(phoneNumberId: string): Promise<Claim | undefined>;
  /** Every claim that was ever about a number, the newest first; at most 50. */
  findClaimsOfNumber(phoneNumberId: string): Promise<Claim[]>;
  /** Whether any claim of a customer's was ever about this account. */
  hasClaimOn(wabaId: string): Promise<boolean>;
  /** Everybody for whom a number of the pool was set aside, the newest first; one entry for each customer. */
  findLaunches(poolNumberId: string): Promise<NumberLaunch[]>;
  /** Claims since `since` that are not proven and whose session log named this account: hearsay. At most 20. */
  findClaimsNaming(input: { wabaId: string; since: number }): Promise<Claim[]>;
  /** Opens or completes the claim on a number that no browser claimed, or notes an orphan. */
  recoverClaim(input: RecoveredClaim): Promise<RecoveryOutcome>;

  /**
   * Has the accounts of everybody looked at now for whom a number was set aside that has vanished from the pool since
   * `since`, and that nobody has claimed. Resolves to how many numbers vanished.
   */
  hastenVanished(input: { now: number; since: number }): Promise<{ vanished: number }>;
  /** Whether a session's popup may have been finished in silence: its launch ended after `since`, without a claim. */
  hasSilentSessions(input: { now: number; since: number }): Promise<boolean>;
  /** Gives work to claims that are under way and have none, since `before`. Resolves to how many. */
  reviveStuck(input: { now: number; before: number; limit: number }): Promise<number>;
  /** Tells the host of customers' tokens that run out, once per stage. Resolves to how many. */
  warnOfTokens(input: { now: number; limit: number }): Promise<number>;
  /** Forgets changes of webhooks that were heard before `before`. Resolves to how many. */
  forgetHeard(input: { before: number; limit: number }): Promise<number>;
  /** Whether this node is to do what `name` stands for in the period `slot`; the first one that asks is. */
  takeTurn(input: { name: string; slot: number }): Promise<boolean>;
  /** Gives a turn back that could not be used, so that it can be taken again. */
  returnTurn(input: { name: string; slot: number }): Promise<void>;
}
