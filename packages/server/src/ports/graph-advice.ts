import type { GraphErrorKind } from './graph-error-kind.ts';

/** What to do next, by the meaning of the error: one sentence each. */
export const graphAdvice: Readonly<Record<GraphErrorKind, string>> = {
  auth: 'Get a new token, or check the app id and the app secret.',
  permission: 'Check the permissions of the token and the access level of the app.',
  payment_needed: 'Settle the payment method of the account in WhatsApp Manager.',
  not_found: 'Check the id, and whether this token may see the object.',
  invalid_input: 'Check what was sent against Meta’s reference of this call.',
  throttled: 'Make no calls until the time that is given.',
  transient: 'Try again in a moment.',
  code_used: 'Have the customer sign up again: a code works once.',
  code_expired: 'Have the customer sign up again: a code lives 30 seconds.',
  code_refused: 'Check the app and the redirect URI, and have the customer sign up again.',
  pin_mismatch: 'Use the number’s own two-step PIN, or have it switched off in WhatsApp Manager.',
  pin_locked: 'Do not guess: wait until Meta allows it, then use the number’s own two-step PIN.',
  needs_verification: 'Request a one-time code and verify the number, then register it.',
  already_verified: 'Nothing is to be done before the last 45 days of the verification.',
  request_code_failed: 'Do not ask again by machine: let a person look, an hour from now at the earliest.',
  verify_code_failed: 'Check the code, or request a new one.',
  not_registered: 'Register the number first.',
  deregister_first: 'Deregister the number once more, then register it.',
  attempts_exhausted: 'Leave the number alone until the time that is given.',
  recently_deleted: 'Wait five minutes, then try again.',
  number_refused:
    'Look at the account in WhatsApp Manager: the number or the account cannot be used as it is.',
  undeliverable: 'Do not send this again: look at its code in Meta’s list of errors.',
  unreachable: 'Read the state before the call is made again: Meta may have done it.',
  unreadable: 'Read the state before the call is made again: Meta may have done it.',
  unknown: 'Look at its code in Meta’s list of errors.',
};
