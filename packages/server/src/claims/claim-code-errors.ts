import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import { howLong } from '../domain/how-long.ts';
import { ClaimError } from './claim-errors.ts';

/** The claim waits for no one-time code. */
export class ClaimNeedsNoCodeError extends ClaimError {
  override readonly name = 'ClaimNeedsNoCodeError';
  readonly code = 'claim_not_allowed';
  /** Where the claim stood when it was asked for. */
  readonly status: ClaimStatus;

  constructor(status: ClaimStatus) {
    super(noCode[status] ?? `This sign-up is ${status}, so no code is wanted for it.`);
    this.status = status;
  }
}

const underWay =
  'The number is being set up, and no code is wanted now. Look at this sign-up again in a moment.';
const noCode: Partial<Record<ClaimStatus, string>> = {
  received: underWay,
  proven: underWay,
  registering: underWay,
  registered: 'The number is registered: no code is wanted any more.',
  needs_signup: 'No code is wanted now. Sign up again first.',
  needs_operator: 'No code is wanted now: an operator has to look at this sign-up first.',
};

/** Meta does not take the code for the number of a claim: it is wrong, too old, or was used. */
export class ClaimCodeRefusedError extends ClaimError {
  override readonly name = 'ClaimCodeRefusedError';
  readonly code = 'code_refused';

  constructor(options?: { cause?: unknown }) {
    super(
      'Meta does not take this code. Type the newest one, within 10 minutes of its coming, or have another one sent.',
      options,
    );
  }
}

const tooMany = {
  request_code: {
    too_soon: (wait: string) =>
      `A code was asked for a moment ago. If it does not come, have another one sent in ${wait}.`,
    closed: (wait: string) => `Meta sends this number no further code now. Try again in ${wait}.`,
    budget: (wait: string) => `Too many codes were sent to this number. Have the next one sent in ${wait}.`,
  },
  verify_code: {
    too_soon: (wait: string) => `A code was handed in a moment ago. Try again in ${wait}.`,
    closed: (wait: string) => `Meta takes no further code for this number now. Try again in ${wait}.`,
    budget: (wait: string) =>
      `Too many codes were tried for this number. Try again in ${wait}, with a new code.`,
  },
} as const;

/** As many codes were sent to the number of a claim, or tried for it, as are allowed for now. */
export class TooManyClaimCodesError extends ClaimError {
  override readonly name = 'TooManyClaimCodesError';
  readonly code = 'too_many_codes';
  /** Milliseconds UTC. */
  readonly retryAt: number;

  /**
   * @param why `too_soon` — the last one was a moment ago; `closed` — Meta said so; `budget` — as many were tried as the kit
   * allows itself
   */
  constructor(
    call: 'request_code' | 'verify_code',
    { why, retryAt, now }: { why: 'closed' | 'budget' | 'too_soon'; retryAt: number; now: number },
    options?: { cause?: unknown },
  ) {
    super(tooMany[call][why](howLong(retryAt - now)), options);
    this.retryAt = retryAt;
  }
}

const lost = {
  request_code:
    'Nobody knows whether Meta sends the code. Wait for it: if it does not come within ten minutes, have another one sent.',
  verify_code:
    'Nobody knows whether Meta took the code. Type it once more in a minute; if Meta does not take it then, have a new one sent.',
} as const;

/** Nobody knows whether Meta sent a code, or took one. */
export class ClaimAnswerLostError extends ClaimError {
  override readonly name = 'ClaimAnswerLostError';
  readonly code = 'answer_lost';

  constructor(call: 'request_code' | 'verify_code', options?: { cause?: unknown }) {
    super(lost[call], options);
  }
}
