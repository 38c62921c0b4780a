/** What a {@link PhoneNumberError} says in one word. Stable: match on it, never on a sentence. */
export type PhoneNumberErrorCode =
  | 'phone_number_missing'
  | 'phone_number_left'
  | 'identity_unknown'
  | 'identity_changed'
  | 'identity_check_off'
  | 'identity_check_contested'
  | 'answer_lost'
  | 'account_missing'
  | 'account_not_ours'
  | 'account_of_several'
  | 'number_cap_reached'
  | 'number_named_otherwise'
  | 'number_missing'
  | 'number_gone'
  | 'number_claimed'
  | 'number_held'
  | 'number_not_verified';

/** What was asked of a number in service, or of an account, cannot be done. The message says what to do instead. */
export abstract class PhoneNumberError extends Error {
  abstract readonly code: PhoneNumberErrorCode;
}

/** No live claim has ever owned a number with this id. */
export class PhoneNumberMissingError extends PhoneNumberError {
  override readonly name = 'PhoneNumberMissingError';
  readonly code = 'phone_number_missing';

  constructor() {
    super(
      'No claim owns a WhatsApp phone number with this id. Take the id of the claim, not the one that the number had in the pool; or import the number.',
    );
  }
}

/** The number left: the claim that owned it is over. */
export class PhoneNumberLeftError extends PhoneNumberError {
  override readonly name = 'PhoneNumberLeftError';
  readonly code = 'phone_number_left';

  constructor() {
    super(
      'The claim on this number is over, so nothing more can be done about it. Have the customer sign up again.',
    );
  }
}

/** No hash of the customer is known, so nobody can tell whether it is still them. */
export class IdentityUnknownError extends PhoneNumberError {
  override readonly name = 'IdentityUnknownError';
  readonly code = 'identity_unknown';

  constructor() {
    super(
      'No identity hash of this customer is known, so there is none to send with. Switch the number’s identity check on; then their next message, or one that you send them without a hash, brings it.',
    );
  }
}

/** The customer is not known to be the same person any more. */
export class IdentityChangedError extends PhoneNumberError {
  override readonly name = 'IdentityChangedError';
  readonly code = 'identity_changed';
  /** When that was, by Meta's clock, milliseconds UTC; and the message that showed it. */
  readonly changedAt: number;
  readonly messageId: string;
  /** Names the change: for `trustIdentity`. */
  readonly changeId: string;

  /** @param since the host vouched for an earlier change */
  constructor(
    { changedAt, messageId, changeId }: { changedAt: number; messageId: string; changeId: string },
    since?: 'since',
  ) {
    super(
      since === undefined
        ? 'This customer’s identity has changed, so there is no hash to send with. Make sure by another way than WhatsApp who they are, then call trustIdentity.'
        : 'There is newer news of this customer than the change that you vouch for: another identity, another refusal, or somebody has vouched since. So nothing has changed and nothing was sent. Look at identity() again: where it says “changed”, make sure once more who they are, and give the new changeId.',
    );
    this.changedAt = changedAt;
    this.messageId = messageId;
    this.changeId = changeId;
  }
}

/** The number's identity check is off: Meta compares nothing, and names no hashes. */
export class IdentityCheckOffError extends PhoneNumberError {
  override readonly name = 'IdentityCheckOffError';
  readonly code = 'identity_check_off';

  constructor() {
    super(
      'The identity check of this number is off, so Meta would deliver to whoever has the customer’s number, whatever hash goes with a message. Switch the check on first.',
    );
  }
}

/** Somebody was switching the check off while somebody else was switching it on. */
export class IdentityCheckContestedError extends PhoneNumberError {
  override readonly name = 'IdentityCheckContestedError';
  readonly code = 'identity_check_contested';

  constructor() {
    super(
      'Somebody else switched the identity check of this number at the same moment, or the number left, so the check counts as off. Switch it on again in a minute.',
    );
  }
}

/** Meta's answer was lost, so nobody knows whether it did what it was asked. */
export class SendAnswerLostError extends PhoneNumberError {
  override readonly name = 'SendAnswerLostError';
  readonly code = 'answer_lost';

  constructor(options: { cause: unknown }) {
    super(
      'Meta’s answer was lost, so nobody knows whether the text is on its way. A status webhook says so if it is; look there before you send it again.',
      options,
    );
  }
}

/** Nobody has signed up with this account. */
export class AccountMissingError extends PhoneNumberError {
  override readonly name = 'AccountMissingError';
  readonly code = 'account_missing';

  constructor() {
    super(
      'No claim that is not over is about this WhatsApp Business Account, so nobody knows whose the number would be. Have the customer sign up, or import their account.',
    );
  }
}

/** Meta does not let us use the account. */
export class AccountNotOursError extends PhoneNumberError {
  override readonly name = 'AccountNotOursError';
  readonly code = 'account_not_ours';

  constructor(options?: { cause: unknown }) {
    super(
      'This WhatsApp Business Account is not ours to use any more: Meta shows it neither to the customer’s token nor to our own. Have the customer sign up again.',
      options,
    );
  }
}

/** Claims of several customers are about this account. */
export class AccountOfSeveralError extends PhoneNumberError {
  override readonly name = 'AccountOfSeveralError';
  readonly code = 'account_of_several';

  constructor() {
    super(
      'Claims of several customers are about this WhatsApp Business Account, so nobody knows whose the number would be. End the claims of those who have left, and dismiss those of theirs that have no number.',
    );
  }
}

/** The portfolio of the account has as many numbers as Meta allows. */
export class NumberCapReachedError extends PhoneNumberError {
  override readonly name = 'NumberCapReachedError';
  readonly code = 'number_cap_reached';
  /** How many Meta allows. */
  readonly mostNumbers: number;

  constructor(mostNumbers: number) {
    super(
      `Meta allows this customer’s portfolio ${mostNumbers} numbers, and it has them. Meta allows more once the business is verified, or sends more.`,
    );
    this.mostNumbers = mostNumbers;
  }
}

/** The number is being put on this account under another name. */
export class NumberNamedOtherwiseError extends PhoneNumberError {
  override readonly name = 'NumberNamedOtherwiseError';
  readonly code = 'number_named_otherwise';
  /** The claim that does it. */
  readonly claimId: string;

  constructor(claimId: string, verifiedName: string) {
    super(
      `This number is being put on the account as “${verifiedName}” already: see the claim ${claimId}. Give that name, or dismiss the claim first.`,
    );
    this.claimId = claimId;
  }
}

/** The number of the pool cannot be put on an account. */
export class PoolNumberUnavailableError extends PhoneNumberError {
  override readonly name = 'PoolNumberUnavailableError';
  readonly code: 'number_missing' | 'number_gone' | 'number_claimed' | 'number_held' | 'number_not_verified';

  constructor(why: 'missing' | 'gone' | 'claimed' | 'held' | 'not_verified', until?: number) {
    super(
      why === 'held' && until !== undefined
        ? `The number is set aside until ${new Date(until).toISOString()}: for another customer or account, or because it is being deleted or may be on an account already. Take another one, or wait.`
        : unavailable[why],
    );
    this.code = `number_${why}`;
  }
}

const unavailable = {
  missing: 'The pool has no number with this id. Take the id of the pre-verified number.',
  gone: 'The number is no longer in the pool. Take another one.',
  claimed: 'A customer has claimed this number. Take another one.',
  held: 'The number is set aside for another customer or account, or because it is being deleted or may be on an account already. Take another one, or wait.',
  not_verified: 'The number is not verified, or not for long enough. Verify it first, or take another one.',
};
