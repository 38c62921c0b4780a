/**
 * What Meta's refusal, or the lack of an answer, means for the caller.
 *
 * - `auth` — the token is no longer good
 * - `permission` — the token or the app may not do this
 * - `not_found` — there is no such object, or this token may not see it (Meta answers both alike)
 * - `invalid_input` — Meta does not take what was sent
 * - `throttled` — too many calls; `retryAt` says when to come back
 * - `transient` — Meta says to try again
 * - `code_used`, `code_expired`, `code_refused` — the code of the popup is spent, too old, or wrong
 * - `pin_mismatch` — the number has a two-step PIN that is not ours
 * - `needs_verification` — the number must be verified by a one-time code first
 * - `attempts_exhausted` — Meta has locked the number for `/register`
 * - `recently_deleted` — the number was deleted minutes ago
 * - `unreachable` — no answer: nobody knows whether Meta did it
 * - `unreadable` — an answer that is not what Meta documents: nobody knows whether Meta did it
 * - `unknown` — a code this kit has no word for
 */
export type GraphErrorKind =
  | 'auth'
  | 'permission'
  | 'not_found'
  | 'invalid_input'
  | 'throttled'
  | 'transient'
  | 'code_used'
  | 'code_expired'
  | 'code_refused'
  | 'pin_mismatch'
  | 'needs_verification'
  | 'attempts_exhausted'
  | 'recently_deleted'
  | 'unreachable'
  | 'unreadable'
  | 'unknown';

/** What is known of a failed call. Holds no token, code or PIN. */
export interface GraphErrorFacts {
  kind: GraphErrorKind;
  /** What was tried, such as `register the number`. */
  action: string;
  /** HTTP status, when there was an answer. */
  status?: number | undefined;
  /** Meta's `error.code` and `error.error_subcode`. */
  code?: number | undefined;
  subcode?: number | undefined;
  /** Meta's `fbtrace_id`: quote it to Meta's support. */
  traceId?: string | undefined;
  /** Meta's sentences, made for people. */
  userTitle?: string | undefined;
  userMessage?: string | undefined;
  /** Milliseconds UTC; for `throttled` and everything that Meta makes wait. */
  retryAt?: number | undefined;
}

/**
 * A call to Meta that did not end well. `retry` says what a caller may do:
 * `safe` — the call changed nothing and may be made again; `after` — not before `retryAt`;
 * `never` — not by a machine, or not before the state has been read.
 */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly kind: GraphErrorKind;
  readonly facts: GraphErrorFacts;
  readonly retry: 'safe' | 'after' | 'never';
  readonly retryAt: number | undefined;

  constructor(message: string, facts: GraphErrorFacts, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = facts.kind;
    this.facts = facts;
    this.retryAt = facts.retryAt;
    this.retry = facts.kind === 'transient' ? 'safe' : facts.retryAt === undefined ? 'never' : 'after';
  }

  /** A stable word for logs, claims and metrics, such as `graph:133016` or `graph:unreachable`. */
  get reason(): string {
    return this.facts.code === undefined ? `graph:${this.kind}` : `graph:${this.facts.code}`;
  }
}
