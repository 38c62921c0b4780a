/**
 * Every `code` that an `application/problem+json` answer of the server can carry (RFC 9457), with its HTTP
 * status and its title. The code is the stable part: match on it, never on a sentence.
 */
export const problems = {
  malformed_json: { status: 400, title: 'The body is not JSON' },
  invalid_request: { status: 400, title: 'The request is not well formed' },
  webhook_malformed: { status: 400, title: 'The body is no webhook' },
  unauthenticated: { status: 401, title: 'Nobody is signed in' },
  session_missing: { status: 401, title: 'No signup session' },
  session_invalid: { status: 401, title: 'The signup session is not genuine' },
  session_expired: { status: 401, title: 'The signup session is over' },
  signature_invalid: { status: 401, title: 'Meta did not sign this' },
  sms_not_signed: { status: 401, title: 'Your telephony provider did not sign this' },
  handshake_refused: { status: 403, title: 'This is not Meta’s handshake' },
  session_of_another_customer: { status: 403, title: 'The signup session belongs to somebody else' },
  origin_not_allowed: { status: 403, title: 'This page may not call the signup server' },
  not_found: { status: 404, title: 'There is nothing here' },
  pin_missing: { status: 404, title: 'No PIN is kept for this number' },
  body_too_slow: { status: 408, title: 'The body did not arrive in time' },
  claim_not_allowed: { status: 409, title: 'The claim does not stand where this can be done' },
  claim_without_number: { status: 409, title: 'The claim has no number yet' },
  claim_without_token: { status: 409, title: 'There is no token of the customer' },
  session_used: { status: 409, title: 'The session has brought its claim already' },
  number_gone: { status: 409, title: 'The number is no longer in the pool' },
  number_claimed: { status: 409, title: 'A customer has claimed the number' },
  number_held: { status: 409, title: 'The number is set aside for a customer' },
  number_not_ours: { status: 409, title: 'Another business owns the number' },
  number_verified: { status: 409, title: 'The number cannot be verified anew yet' },
  number_not_verified: { status: 409, title: 'The number is not verified' },
  answer_lost: { status: 502, title: 'Meta’s answer was lost' },
  number_taken: { status: 409, title: 'Another claim owns this number' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'Only JSON is understood here' },
  encoding_unsupported: { status: 415, title: 'The body must come as it was signed' },
  code_refused: { status: 422, title: 'Meta does not take this code' },
  refused_by_meta: { status: 422, title: 'Meta refused' },
  too_many_codes: { status: 429, title: 'Too many codes for this number' },
  too_many_claims: { status: 429, title: 'This customer has opened too many claims lately' },
  raw_body_missing: { status: 500, title: 'The body was parsed before its signature could be checked' },
  webhook_not_handled: { status: 500, title: 'The host could not handle the webhook' },
  internal_error: { status: 500, title: 'The server could not do it' },
  upstream_failed: { status: 502, title: 'Meta did not answer as it should' },
  too_busy: { status: 503, title: 'Too much arrives at the same time' },
  store_unavailable: { status: 503, title: 'The database cannot be reached' },
} as const satisfies Record<string, { status: number; title: string }>;

/** A key of {@link problems}. */
export type ProblemCode = keyof typeof problems;
