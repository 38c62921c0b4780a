import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import { allowedVerbs, type ClaimVerb } from './claim-verb.ts';

/** What a {@link ClaimError} says in one word. Stable: match on it, never on a sentence. */
export type ClaimErrorCode =
  | 'claim_missing'
  | 'claim_not_allowed'
  | 'claim_without_number'
  | 'claim_without_token'
  | 'number_taken'
  | 'pin_missing'
  | 'code_refused'
  | 'too_many_codes'
  | 'answer_lost'
  | 'event_missing'
  | 'account_unknown'
  | 'access_token_expired';

/** What was asked of a claim cannot be done, and nothing has changed. The message says what to do instead. */
export abstract class ClaimError extends Error {
  abstract readonly code: ClaimErrorCode;
}

/** There is no claim with this id. */
export class ClaimMissingError extends ClaimError {
  override readonly name = 'ClaimMissingError';
  readonly code = 'claim_missing';

  constructor() {
    super('There is no claim with this id. Look it up in the list of claims.');
  }
}

/** The table of transitions knows no such way from where the claim stands. */
export class ClaimNotThereError extends ClaimError {
  override readonly name = 'ClaimNotThereError';
  readonly code = 'claim_not_allowed';
  /** Where the claim stood when it was asked for. */
  readonly status: ClaimStatus;
  readonly verb: ClaimVerb;

  constructor(status: ClaimStatus, verb: ClaimVerb) {
    const allowed = allowedVerbs(status);
    super(
      `A claim that is ${status} does not allow: ${verb}. ` +
        (allowed.length === 0 ? 'It is over.' : `It allows: ${allowed.join(', ')}.`),
    );
    this.status = status;
    this.verb = verb;
  }
}

/** Another live claim owns the number: a number has one owner. */
export class NumberTakenError extends ClaimError {
  override readonly name = 'NumberTakenError';
  readonly code = 'number_taken';

  constructor() {
    super('Another live claim owns this number. End that claim first, or dismiss this one.');
  }
}

/** Nothing is known yet of the number that this is about. */
export class ClaimWithoutNumberError extends ClaimError {
  override readonly name = 'ClaimWithoutNumberError';
  readonly code = 'claim_without_number';

  /** @param what that needs a number */
  constructor(what = 'a PIN') {
    super(`This claim has no number yet, so there is none that ${what} could belong to.`);
  }
}

/** Without the customer's token Meta cannot be asked whether the claim is true. */
export class ClaimWithoutTokenError extends ClaimError {
  override readonly name = 'ClaimWithoutTokenError';
  readonly code = 'claim_without_token';

  constructor() {
    super(
      'There is no token of the customer, so Meta cannot be asked whether this is theirs. Have the customer sign up again.',
    );
  }
}

/** No PIN is kept for the number of the claim. */
export class PinMissingError extends ClaimError {
  override readonly name = 'PinMissingError';
  readonly code = 'pin_missing';

  constructor() {
    super('No PIN is kept for the number of this claim. If somebody knows it, supply it.');
  }
}

/** No event with this id was given up. */
export class EventMissingError extends ClaimError {
  override readonly name = 'EventMissingError';
  readonly code = 'event_missing';

  constructor() {
    super('No event with this id was given up. It was delivered, or is still being tried by itself.');
  }
}

/** No token for this account is kept. */
export class AccountUnknownError extends ClaimError {
  override readonly name = 'AccountUnknownError';
  readonly code = 'account_unknown';

  constructor() {
    super(
      'No claim with a token covers this WhatsApp Business Account, or all of them are over. Have the customer sign up, or import the account with its token.',
    );
  }
}

/** The token for this account is over. */
export class AccessTokenExpiredError extends ClaimError {
  override readonly name = 'AccessTokenExpiredError';
  readonly code = 'access_token_expired';
  /** Milliseconds UTC. */
  readonly expiredAt: number;

  constructor(expiredAt: number) {
    super('The token for this WhatsApp Business Account is over. Have the customer sign up again.');
    this.expiredAt = expiredAt;
  }
}
