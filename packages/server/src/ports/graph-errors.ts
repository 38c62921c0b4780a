import type { GraphErrorKind } from './graph-error-kind.ts';
import { GraphError, type GraphErrorFacts } from './graph-error.ts';

/** `auth`: The token, the app id or the app secret is not good. */
export class GraphAuthError extends GraphError {
  override readonly name = 'GraphAuthError';
}

/** `permission`: The token or the app may not do this. */
export class GraphPermissionError extends GraphError {
  override readonly name = 'GraphPermissionError';
}

/** `payment_needed`: Meta wants the account’s payment settled first. */
export class GraphPaymentNeededError extends GraphError {
  override readonly name = 'GraphPaymentNeededError';
}

/** `not_found`: There is no such object, or this token may not see it. */
export class GraphNotFoundError extends GraphError {
  override readonly name = 'GraphNotFoundError';
}

/** `invalid_input`: Meta does not take what was sent. */
export class GraphInvalidInputError extends GraphError {
  override readonly name = 'GraphInvalidInputError';
}

/** `throttled`: Too many calls: `retryAt` says when to come back, in milliseconds UTC. */
export class GraphThrottledError extends GraphError {
  override readonly name = 'GraphThrottledError';
}

/** `transient`: Meta says to try again. */
export class GraphTransientError extends GraphError {
  override readonly name = 'GraphTransientError';
}

/** `code_used`: The code of the popup was exchanged before. */
export class GraphCodeUsedError extends GraphError {
  override readonly name = 'GraphCodeUsedError';
}

/** `code_expired`: The code of the popup is older than its 30 seconds. */
export class GraphCodeExpiredError extends GraphError {
  override readonly name = 'GraphCodeExpiredError';
}

/** `code_refused`: The code of the popup is not of this app, or not for this redirect URI. */
export class GraphCodeRefusedError extends GraphError {
  override readonly name = 'GraphCodeRefusedError';
}

/** `pin_mismatch`: The number has a two-step PIN that is not ours. */
export class GraphPinMismatchError extends GraphError {
  override readonly name = 'GraphPinMismatchError';
}

/** `pin_locked`: Too many guesses of the PIN, or too fast; `retryAt` where Meta says how long. */
export class GraphPinLockedError extends GraphError {
  override readonly name = 'GraphPinLockedError';
}

/** `needs_verification`: The number must be verified by a one-time code first. */
export class GraphNeedsVerificationError extends GraphError {
  override readonly name = 'GraphNeedsVerificationError';
}

/** `already_verified`: The number is verified, and it is too early to verify it again. */
export class GraphAlreadyVerifiedError extends GraphError {
  override readonly name = 'GraphAlreadyVerifiedError';
}

/** `request_code_failed`: The one-time code was not sent. Never asked for again by machine. */
export class GraphRequestCodeFailedError extends GraphError {
  override readonly name = 'GraphRequestCodeFailedError';
}

/** `verify_code_failed`: The one-time code is wrong or too old. */
export class GraphVerifyCodeFailedError extends GraphError {
  override readonly name = 'GraphVerifyCodeFailedError';
}

/** `not_registered`: The number must be registered first. */
export class GraphNotRegisteredError extends GraphError {
  override readonly name = 'GraphNotRegisteredError';
}

/** `deregister_first`: An earlier deregistration did not end. */
export class GraphDeregisterFirstError extends GraphError {
  override readonly name = 'GraphDeregisterFirstError';
}

/** `attempts_exhausted`: Meta has locked the number for `/register` or `/deregister`. */
export class GraphAttemptsExhaustedError extends GraphError {
  override readonly name = 'GraphAttemptsExhaustedError';
}

/** `recently_deleted`: The number was deleted minutes ago. */
export class GraphRecentlyDeletedError extends GraphError {
  override readonly name = 'GraphRecentlyDeletedError';
}

/** `number_refused`: Meta does not add the number to the account. */
export class GraphNumberRefusedError extends GraphError {
  override readonly name = 'GraphNumberRefusedError';
}

/** `undeliverable`: The message is not delivered to this recipient. */
export class GraphUndeliverableError extends GraphError {
  override readonly name = 'GraphUndeliverableError';
}

/** `unreachable`: No answer. `facts.sent` tells what surely did not go out from what may have been done. */
export class GraphUnreachableError extends GraphError {
  override readonly name = 'GraphUnreachableError';
}

/** `unreadable`: An answer that is not what Meta documents. */
export class GraphUnreadableError extends GraphError {
  override readonly name = 'GraphUnreadableError';
}

/** `unknown`: A code that this kit has no word for. */
export class GraphUnknownError extends GraphError {
  override readonly name = 'GraphUnknownError';
}

const classes: Readonly<Record<GraphErrorKind, typeof GraphError>> = {
  auth: GraphAuthError,
  permission: GraphPermissionError,
  payment_needed: GraphPaymentNeededError,
  not_found: GraphNotFoundError,
  invalid_input: GraphInvalidInputError,
  throttled: GraphThrottledError,
  transient: GraphTransientError,
  code_used: GraphCodeUsedError,
  code_expired: GraphCodeExpiredError,
  code_refused: GraphCodeRefusedError,
  pin_mismatch: GraphPinMismatchError,
  pin_locked: GraphPinLockedError,
  needs_verification: GraphNeedsVerificationError,
  already_verified: GraphAlreadyVerifiedError,
  request_code_failed: GraphRequestCodeFailedError,
  verify_code_failed: GraphVerifyCodeFailedError,
  not_registered: GraphNotRegisteredError,
  deregister_first: GraphDeregisterFirstError,
  attempts_exhausted: GraphAttemptsExhaustedError,
  recently_deleted: GraphRecentlyDeletedError,
  number_refused: GraphNumberRefusedError,
  undeliverable: GraphUndeliverableError,
  unreachable: GraphUnreachableError,
  unreadable: GraphUnreadableError,
  unknown: GraphUnknownError,
};

/**
 * Makes the error of a failed call, of the class that belongs to its kind.
 *
 * @param message a sentence that says what happened; what to do next is added. It must hold no secret.
 */
export function graphError(
  message: string,
  facts: GraphErrorFacts,
  options?: { cause?: unknown },
): GraphError {
  return new classes[facts.kind](message, facts, options);
}
