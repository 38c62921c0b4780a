import { GraphError } from './graph-error.ts';

const DIRECTIONS = { status: 400, isTransient: false };

/** add_phone_numbers: the number is malformed, or taken. */
export function phoneNumberRefused(reason: string): GraphError {
  return new GraphError({
    status: 400,
    code: 100,
    message: '(#100) Invalid phone number',
    userTitle: 'Invalid phone number',
    userMessage: reason,
  });
}

/** request_code: verified, and not in the last 45 days of it. Meta documents the rule but no code for it. */
export function alreadyVerified(): GraphError {
  return new GraphError(
    {
      ...DIRECTIONS,
      code: 136024,
      message: 'Request code error',
      userTitle: 'Cannot request a code',
      userMessage: 'This phone number has already been verified.',
    },
    { status: 422, code: 100, message: 'This phone number has already been verified' },
  );
}

/** verify_code: not the code that was sent, or too old. */
export function codeRefused(reason: 'wrong' | 'late'): GraphError {
  const title = reason === 'wrong' ? 'Invalid Code' : 'Code Expired';
  const userMessage =
    reason === 'wrong'
      ? 'The code you entered is incorrect.'
      : 'The code you entered has expired. Request a new one.';
  return new GraphError(
    { ...DIRECTIONS, code: 136025, message: 'Verify code error', userTitle: title, userMessage },
    { status: 422, code: 100, message: title, userTitle: title, userMessage },
  );
}

/** register: an eleventh call in 72 hours, or the block after it. */
export function tooManyRegisterCalls(): GraphError {
  return new GraphError({
    status: 400,
    code: 133016,
    message: '(#133016) Account register or deregister rate limit exceeded',
    details:
      'Registration or deregistration failed because there were too many attempts for this phone number.',
  });
}

/** register: the number has another two-step PIN. */
export function pinMismatch(): GraphError {
  return new GraphError({
    status: 400,
    code: 133005,
    message: '(#133005) Two step verification PIN mismatch',
    details: 'The two-step verification PIN is incorrect.',
  });
}

/** register: the number must be verified (again) first. */
export function numberNotVerified(): GraphError {
  return new GraphError({
    status: 400,
    code: 133006,
    message: '(#133006) Phone number re-verification needed',
    details: 'The phone number needs to be verified before it can be registered.',
  });
}

/** subscribed_apps: an override before there is a plain subscription (public bug reports). */
export function overrideBeforeSubscription(): GraphError {
  return new GraphError({
    status: 400,
    code: 100,
    message:
      '(#100) Before override the current callback uri, your app must be subscribed to receive messages for ' +
      'WhatsApp Business Account',
  });
}
