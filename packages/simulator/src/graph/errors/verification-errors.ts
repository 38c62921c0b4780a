import type { CodeOutcome } from '../../world/codes/use-one-time-code.ts';
import { GraphError } from './graph-error.ts';

const REQUEST_FAILED = { status: 400, code: 136024, message: 'Request code error', isTransient: false };
const VERIFY_FAILED = { status: 400, code: 136025, message: 'Verify code error', isTransient: false };

/** request_code: verified, and not in the last 45 days of it. Meta documents the rule but no code for it. */
export function tooEarlyToReverify(): GraphError {
  return new GraphError(
    {
      ...REQUEST_FAILED,
      userTitle: 'Cannot request a code',
      userMessage: 'This phone number has already been verified.',
    },
    { status: 422, code: 100, message: 'This phone number has already been verified' },
  );
}

/** request_code: too many codes went to this number lately. The live body is in a public incident log of July 2026. */
export function tooManyCodeRequests(): GraphError {
  return new GraphError(
    {
      ...REQUEST_FAILED,
      subcode: 2388367,
      userTitle: 'Request code rate limit',
      userMessage: "You've requested a verification code too many times. Try again later.",
    },
    {
      status: 422,
      code: 613,
      message: 'Too many verification code requests. Please wait before requesting another code',
    },
  );
}

const REFUSALS = {
  wrong: { userTitle: 'Invalid Code', userMessage: 'The code you entered is incorrect.' },
  late: { userTitle: 'Code Expired', userMessage: 'The code you entered has expired. Request a new one.' },
  locked: {
    userTitle: 'Verification Failed',
    userMessage: 'Too many wrong codes were entered for this phone number. Try again later.',
  },
} as const;

/** verify_code: not the code that was sent, too old, or the number is locked after too many wrong ones. */
export function codeRefused(reason: Exclude<CodeOutcome, 'right'>): GraphError {
  const words = REFUSALS[reason];
  return new GraphError(
    { ...VERIFY_FAILED, ...words },
    { status: 422, code: 100, message: words.userTitle, ...words },
  );
}

/** verify_code: there is nothing to verify. */
export function alreadyVerified(): GraphError {
  const userMessage = 'This phone number is already verified.';
  return new GraphError(
    { ...VERIFY_FAILED, userTitle: 'Already verified', userMessage },
    { status: 422, code: 100, message: 'This phone number is already verified' },
  );
}
