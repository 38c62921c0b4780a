import { graphAdvice } from './graph-advice.ts';
import type { GraphErrorKind } from './graph-error-kind.ts';

export type { GraphErrorKind } from './graph-error-kind.ts';

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
  /** Meta's sentences, made for people, in the language of the token's user. What was secret in the call is masked. */
  userTitle?: string | undefined;
  userMessage?: string | undefined;
  /** Milliseconds UTC; for `throttled` and everything that Meta makes wait. */
  retryAt?: number | undefined;
  /**
   * Whether the call left this machine. `false` for certain only: the connection was refused or not made in time, the name
   * was not found, or the call was held back here; and no attempt before it left either, where one could have been done. `unknown`: the connection broke after the call may have gone out.
   */
  sent?: true | false | 'unknown' | undefined;
  /** The call is a read, or a write that is the same when it is done twice. */
  harmlessTwice?: boolean | undefined;
  /** A sentence that says what to do next, where it is another than the one of the kind. */
  advice?: string | undefined;
}

/** Kinds that end by themselves, once the wait that Meta names is over. */
const waiting: ReadonlySet<GraphErrorKind> = new Set([
  'throttled',
  'attempts_exhausted',
  'recently_deleted',
  'pin_locked',
]);

/**
 * A call to Meta that did not end well. `retry` says what a caller may do:
 * `safe` — the call may be made again: it changed nothing, or is the same when it is done twice; `after` — not before `retryAt`;
 * `never` — not by a machine, or not before the state has been read.
 *
 * Each kind has a class of its own as well, such as `GraphThrottledError`.
 */
export class GraphError extends Error {
  override readonly name: string = 'GraphError';
  readonly kind: GraphErrorKind;
  readonly facts: GraphErrorFacts;
  readonly retry: 'safe' | 'after' | 'never';
  readonly retryAt: number | undefined;
  /** What to do next: a sentence for the person who reads the log. */
  readonly advice: string;

  constructor(message: string, facts: GraphErrorFacts, options?: { cause?: unknown }) {
    const advice = facts.advice ?? adviceOf(facts);
    super(`${message} ${advice}`, options);
    this.kind = facts.kind;
    this.facts = facts;
    this.advice = advice;
    this.retryAt = facts.retryAt;
    this.retry = retryOf(facts);
  }

  /** A stable word for logs, claims and metrics, such as `graph:133016` or `graph:unreachable`. */
  get reason(): string {
    return this.facts.code === undefined ? `graph:${this.kind}` : `graph:${this.facts.code}`;
  }
}

/** Of a call that does no harm twice nobody needs to know whether it was done. */
const adviceOf = ({ kind, harmlessTwice }: GraphErrorFacts): string =>
  graphAdvice[kind === 'unreachable' && harmlessTwice === true ? 'transient' : kind];

function retryOf(facts: GraphErrorFacts): 'safe' | 'after' | 'never' {
  const { kind, sent, retryAt } = facts;
  const notDone = kind === 'unreachable' && (sent === false || facts.harmlessTwice === true);
  // "Try again" says nothing of what was done: of a call that costs, that is no leave to make it again.
  const again = kind === 'transient' && facts.harmlessTwice !== false;
  if (!notDone && !again && !waiting.has(kind)) return 'never';
  if (retryAt !== undefined) return 'after';
  return notDone || again ? 'safe' : 'never';
}
