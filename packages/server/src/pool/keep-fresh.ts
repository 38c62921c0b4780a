import { day, hour, minute } from '../domain/durations.ts';
import { expiryOf, heldUntil, whyNoCode } from '../domain/number-lifecycle.ts';
import { nextOwnRequest, ownRequests, requestsToKnow } from '../domain/own-code-requests.ts';
import { isOfferable } from '../domain/pool-number.ts';
import type { Clock } from '../ports/clock.ts';
import { errorFacts } from '../ports/error-facts.ts';
import type { GraphErrorKind } from '../ports/graph-error-kind.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Logger } from '../ports/logger.ts';
import type { NumberInCare } from '../ports/pool-store.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';
import type { Store } from '../ports/store.ts';
import { createCodePace } from './code-pace.ts';
import { PoolError, TooManyCodesError } from './pool-errors.ts';
import { notSent } from '../domain/number-call-budgets.ts';

/** Has a code sent to a number. @throws PoolError, GraphError, StoreUnavailableError */
export type RequestCode = (
  id: string,
  who: string,
  input: { method: 'SMS'; language?: string },
) => Promise<unknown>;

/** What keeping numbers fresh is made of. */
export interface KeepFreshDeps {
  store: Pick<Store, 'listNumberCalls' | 'takeTurn'>;
  clock: Clock;
  logger: Logger;
  requestCode: RequestCode;
  /** Our own portfolio: Meta lets only the owner of a number ask. */
  businessId: string;
  /** Of the text, such as `en_US`. */
  language: string;
}

/**
 * What was done, and when to come back, milliseconds UTC: `asked` — for a code, now; `waiting` — for its turn, and nothing has
 * failed yet; `not_asked` — it needs none, may have none, or could have none. `retry`: its earlier codes came to nothing, so
 * those that have not been asked for are first.
 */
export type KeptFresh =
  | { what: 'asked' | 'waiting'; again: number }
  | { what: 'not_asked'; again: number | undefined }
  | { what: 'retry' };

/** Has a code sent to a number, where it is time. Without `retries` only if the kit has not done so before. */
export type KeepFresh = (number: NumberInCare, turn: { retries: boolean }) => Promise<KeptFresh>;

/** What says nothing about other numbers. */
const ofOneNumber: ReadonlySet<GraphErrorKind> = new Set([
  'not_found',
  'invalid_input',
  'already_verified',
  'request_code_failed',
  'verify_code_failed',
  'number_refused',
  'attempts_exhausted',
  'needs_verification',
]);

/** So many numbers in a row that fail for what may be everybody's trouble. */
const mostInARow = 5;

/** A renewal has three tries, a day apart, before the verification ends. Milliseconds. */
const timeToTry = 3 * day;

/** How long nothing is asked for, milliseconds: Meta wants less of us, or everything fails. */
const pauses = { throttled: hour, failing: 15 * minute } as const;

/**
 * Has a code sent by itself to a number that needs one: not verified, lapsed, or in the last 45 days. The text that comes
 * back is handed in by whoever receives it. Everything is kept on disk before it is done, so several nodes may be at it.
 */
export function keepFresh(deps: KeepFreshDeps): KeepFresh {
  const { store, clock, logger, requestCode, businessId, language } = deps;
  const pace = createCodePace(deps);
  let pausedUntil = 0;
  let failedInARow = 0;

  const pause = (error: GraphError): void => {
    const now = clock.now();
    if (error.kind === 'throttled')
      pausedUntil = Math.max(pausedUntil, error.retryAt ?? now + pauses.throttled);
    if (error.kind === 'throttled' || ofOneNumber.has(error.kind)) return;
    failedInARow += 1;
    if (error.kind !== 'auth' && failedInARow < mostInARow) return;
    failedInARow = 0;
    pausedUntil = Math.max(pausedUntil, error.retryAt ?? 0, now + pauses.failing);
  };

  /** @returns when to come back to this number */
  const afterFailure = (id: string, error: unknown): number => {
    if (error instanceof StoreUnavailableError) throw error;
    const cause = error instanceof PoolError && !(error instanceof TooManyCodesError) ? error.cause : error;
    if (cause instanceof GraphError) pause(cause);
    const reason =
      error instanceof PoolError ? error.code : cause instanceof GraphError ? cause.reason : undefined;
    const facts = { id, reason, ...errorFacts(error) };
    if (reason === undefined) logger.error('asking for a code broke', facts);
    else logger.warn('a code could not be asked for; it is tried again', facts);
    const named =
      error instanceof TooManyCodesError || error instanceof GraphError ? error.retryAt : undefined;
    return Math.max(named ?? 0, clock.now() + hour);
  };

  return async (number, { retries }) => {
    const now = clock.now();
    const notBefore = (again: number | undefined): KeptFresh => ({ what: 'not_asked', again });
    if (whyNoCode(number, now, businessId) !== undefined) return notBefore(undefined);
    // The customer may be about to claim it; after that it is theirs.
    const held = heldUntil(number, now);
    if (held !== undefined) return notBefore(held);
    const { id, phoneNumber } = number;
    const calls = await store.listNumberCalls({ phoneNumber, kind: 'request_code', limit: requestsToKnow });
    const made = calls.filter(({ outcome, reason }) => outcome !== 'refused' || reason !== notSent);
    const from = nextOwnRequest(number, made);
    if (from > now) return notBefore(from);
    const isRetry = ownRequests(number, made).length > 0;
    if (isRetry && !retries) return { what: 'retry' };
    const wait = (again: number): KeptFresh => ({ what: isRetry ? 'not_asked' : 'waiting', again });
    if (!(await pace.take())) {
      const end = isOfferable(number, now) ? expiryOf(number) : undefined;
      return wait(pace.later(end === undefined ? Number.POSITIVE_INFINITY : end - timeToTry));
    }
    // Looked at last: others that were asked for at the same time may have failed by now.
    if (pausedUntil > now) return wait(pausedUntil);
    try {
      await requestCode(id, 'kit', { method: 'SMS', language });
      failedInARow = 0;
      return { what: 'asked', again: now + day };
    } catch (error) {
      return notBefore(afterFailure(id, error));
    }
  };
}
