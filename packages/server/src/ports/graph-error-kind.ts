/**
 * What Meta's refusal, or the lack of an answer, means for the caller.
 *
 * - `auth` — the token, the app id or the app secret is not good
 * - `permission` — the token or the app may not do this
 * - `payment_needed` — Meta wants the account's payment settled first
 * - `not_found` — there is no such object, or this token may not see it (Meta answers both alike)
 * - `invalid_input` — Meta does not take what was sent
 * - `throttled` — too many calls; `retryAt` says when to come back
 * - `transient` — Meta says to try again
 * - `code_used`, `code_expired`, `code_refused` — the code of the popup is spent, too old, or wrong
 * - `pin_mismatch` — the number has a two-step PIN that is not ours
 * - `pin_locked` — too many guesses of the PIN, or too fast
 * - `needs_verification` — the number must be verified by a one-time code first
 * - `already_verified` — the number is verified and cannot be verified again yet
 * - `request_code_failed`, `verify_code_failed` — the one-time code was not sent, or not taken
 * - `not_registered` — the number must be registered first
 * - `deregister_first` — an earlier deregistration did not end
 * - `attempts_exhausted` — Meta has locked the number for `/register`
 * - `recently_deleted` — the number was deleted minutes ago
 * - `number_refused` — Meta does not add the number to the account
 * - `undeliverable` — the message is not delivered to this recipient
 * - `unreachable` — no answer; `facts.sent` says whether Meta may have done it
 * - `unreadable` — an answer that is not what Meta documents: nobody knows whether Meta did it
 * - `unknown` — a code this kit has no word for
 */
export type GraphErrorKind =
  | 'auth'
  | 'permission'
  | 'payment_needed'
  | 'not_found'
  | 'invalid_input'
  | 'throttled'
  | 'transient'
  | 'code_used'
  | 'code_expired'
  | 'code_refused'
  | 'pin_mismatch'
  | 'pin_locked'
  | 'needs_verification'
  | 'already_verified'
  | 'request_code_failed'
  | 'verify_code_failed'
  | 'not_registered'
  | 'deregister_first'
  | 'attempts_exhausted'
  | 'recently_deleted'
  | 'number_refused'
  | 'undeliverable'
  | 'unreachable'
  | 'unreadable'
  | 'unknown';
