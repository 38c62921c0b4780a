/** What a {@link PoolError} says in one word. Stable: match on it, never on a sentence. */
export type PoolErrorCode =
  | 'number_missing'
  | 'number_gone'
  | 'number_claimed'
  | 'number_held'
  | 'number_being_deleted'
  | 'number_not_ours'
  | 'number_verified'
  | 'number_not_verified'
  | 'code_refused'
  | 'too_many_codes'
  | 'answer_lost';

/** What was asked of a number of the pool cannot be done. The message says what to do instead. */
export abstract class PoolError extends Error {
  abstract readonly code: PoolErrorCode;
}

/** To the second, rounded up: what is tried then is not too early. */
const dateOf = (time: number): string =>
  new Date(Math.ceil(time / 1000) * 1000).toISOString().replace('.000Z', 'Z');

/** There is no number with this id. */
export class NumberMissingError extends PoolError {
  override readonly name = 'NumberMissingError';
  readonly code = 'number_missing';

  constructor() {
    super('There is no number with this id. Look it up in the list of numbers, or sync the pool.');
  }
}

/** Meta lists the number no more. */
export class NumberGoneError extends PoolError {
  override readonly name = 'NumberGoneError';
  readonly code = 'number_gone';

  constructor() {
    super(
      'The number is no longer in the pool: it was claimed, deleted, or dropped by Meta. Add it again to use it.',
    );
  }
}

/** A customer has it. */
export class NumberClaimedError extends PoolError {
  override readonly name = 'NumberClaimedError';
  readonly code = 'number_claimed';

  constructor() {
    super('A customer has claimed the number. End the claim first, or delete the number by force.');
  }
}

/** It is set aside for somebody. */
export class NumberHeldError extends PoolError {
  override readonly name = 'NumberHeldError';
  readonly code = 'number_held';
  /** Milliseconds UTC. */
  readonly heldUntil: number;

  constructor(heldUntil: number) {
    super(
      `The number is set aside for a customer who is signing up, until ${dateOf(heldUntil)}. Wait, or do it by force.`,
    );
    this.heldUntil = heldUntil;
  }
}

/** Somebody is deleting it at this moment, or was killed while they did. */
export class NumberBeingDeletedError extends PoolError {
  override readonly name = 'NumberBeingDeletedError';
  readonly code = 'number_being_deleted';
  /** When it can be tried again at the latest, milliseconds UTC. */
  readonly until: number;

  constructor(until: number) {
    super(
      `The number is being deleted. Look at it in a moment; if it is still there at ${dateOf(until)}, delete it again.`,
    );
    this.until = until;
  }
}

/** It is shared with us: only its owner can change it. */
export class NumberNotOursError extends PoolError {
  override readonly name = 'NumberNotOursError';
  readonly code = 'number_not_ours';
  /** Meta's id of the portfolio that owns it. Digits. */
  readonly ownerBusinessId: string;

  constructor(ownerBusinessId: string) {
    super(`Business ${ownerBusinessId} owns the number and shares it with you. Ask that partner to do it.`);
    this.ownerBusinessId = ownerBusinessId;
  }
}

/** Meta verifies a verified number anew in its last 45 days only. */
export class NumberVerifiedError extends PoolError {
  override readonly name = 'NumberVerifiedError';
  readonly code = 'number_verified';
  /** When it can be verified anew, milliseconds UTC; `undefined` when Meta does not say. */
  readonly from: number | undefined;

  constructor(from: number | undefined) {
    super(
      from === undefined
        ? 'The number is verified, and Meta does not say for how long. Sync the pool, and look at it again later.'
        : `The number is verified. Meta lets it be verified anew from ${dateOf(from)} on.`,
    );
    this.from = from;
  }
}

/** It must be verified first. */
export class NumberNotVerifiedError extends PoolError {
  override readonly name = 'NumberNotVerifiedError';
  readonly code = 'number_not_verified';

  constructor() {
    super('The number is not verified. Request a code for it and hand the code in first.');
  }
}

/** Meta does not take the code: it is wrong, too old, or was used. */
export class CodeRefusedError extends PoolError {
  override readonly name = 'CodeRefusedError';
  readonly code = 'code_refused';

  constructor(options?: { cause?: unknown }) {
    super(
      'Meta does not take this code. Use the newest one within 10 minutes; after several wrong ones Meta blocks the number for hours.',
      options,
    );
  }
}

const tooManyCodes = {
  too_soon: (from: string) =>
    `A code was asked for a moment ago, perhaps by the kit itself. Use that one, or ask for the next one from ${from} on.`,
  closed: (from: string) => `Meta takes no further code for this number now. Try again from ${from} on.`,
  budget: (from: string) =>
    `Too many codes were asked for or handed in for this number. Try again from ${from} on.`,
} as const;

/** As many codes were asked for, or handed in, as are allowed for now. */
export class TooManyCodesError extends PoolError {
  override readonly name = 'TooManyCodesError';
  readonly code = 'too_many_codes';
  /** Milliseconds UTC. */
  readonly retryAt: number;

  /**
   * @param why `too_soon` — the last one was a moment ago; `closed` — Meta said so; `budget` — as many were tried as the kit
   * allows itself
   */
  constructor(
    retryAt: number,
    { why = 'budget', ...options }: { why?: 'closed' | 'budget' | 'too_soon'; cause?: unknown } = {},
  ) {
    super(tooManyCodes[why](dateOf(retryAt)), options);
    this.retryAt = retryAt;
  }
}

/** Nobody knows whether Meta did it. */
export class AnswerLostError extends PoolError {
  override readonly name = 'AnswerLostError';
  readonly code = 'answer_lost';

  /**
   * @param what was tried, such as `delete the number`
   * @param advice a sentence that says how to find out
   */
  constructor(what: string, advice = 'Sync the pool and look.', options?: { cause?: unknown }) {
    super(`Meta’s answer was lost, so nobody knows whether it did this: ${what}. ${advice}`, options);
  }
}
