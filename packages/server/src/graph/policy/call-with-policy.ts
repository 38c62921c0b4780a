import type { GraphError } from '../../ports/graph-error.ts';
import { graphError } from '../../ports/graph-errors.ts';
import type { CallClass } from '../graph-request.ts';
import type { Outcome } from '../wire/attempt.ts';
import type { ClosedTimes, LimitsOf } from './closed-times.ts';
import { decide, type RetrySettings } from './decide.ts';
import type { RetryBudget } from './retry-budget.ts';

/** What the policy is made of: no timers and no network of its own. */
export interface PolicyDeps {
  closedTimes: ClosedTimes;
  budget: RetryBudget;
  settings: RetrySettings;
  now: () => number;
  /** From 0 to below 1. */
  random: () => number;
  /** Ends after so many milliseconds, or before, when the caller has given up. */
  wait: (ms: number) => Promise<void>;
  /** A failed attempt will be made again. */
  onRetry: (error: GraphError, ms: number) => void;
}

/** A call, as far as the policy has to know it. */
export interface PolicyCall {
  action: string;
  repeat: CallClass;
  limitsOf: LimitsOf;
  /** For all attempts and waits together. Milliseconds. */
  within: number;
}

/**
 * Makes a call as often as is harmless, affordable and in time, and not before Meta allows it.
 *
 * @param attempt makes it once, in at most so many milliseconds; `undefined` when the caller has given up meanwhile
 * @throws GraphError of the last attempt, or `throttled` with `sent: false` when it was held back here
 */
export async function callWithPolicy<Output>(
  deps: PolicyDeps,
  { action, repeat, limitsOf, within }: PolicyCall,
  attempt: (within: number) => Promise<Outcome<Output>>,
): Promise<Output> {
  const { closedTimes, budget, settings, now, random, wait, onRetry } = deps;
  const deadline = now() + within;
  budget.earn();
  // Of several attempts the last one that went out is what matters: "not sent" would be true of the last one alone.
  let wentOut: GraphError | undefined;
  for (let attempts = 1; ; attempts += 1) {
    await untilOpen();
    const outcome = await attempt(deadline - now());
    closedTimes.learn(limitsOf, { usage: outcome.usage, throttled: throttledBy(outcome) });
    if ('value' in outcome) return outcome.value;
    if (outcome.error.facts.sent !== false) wentOut = outcome.error;
    const error = repeat === 'idempotent' ? (wentOut ?? outcome.error) : outcome.error;
    const verdict = decide(settings, {
      repeat,
      attempts,
      error,
      now: now(),
      deadline,
      affordable: budget.affordable(),
      chance: random(),
    });
    if (verdict === 'give up') throw error;
    budget.spend();
    onRetry(error, verdict.again);
    await wait(verdict.again);
    // Waiting takes as long as it takes; a call that could no longer be answered is not made.
    if (now() >= deadline) throw error;
  }

  /** Waits for a closed time to end when that is in time, once: a clock that stands still must not hold a call for ever. */
  async function untilOpen(): Promise<void> {
    const first = closedTimes.closedUntil(limitsOf, repeat);
    if (first === undefined) return;
    if (repeat !== 'code' && first < deadline) {
      await wait(first - now());
      if (now() < deadline && closedTimes.closedUntil(limitsOf, repeat) === undefined) return;
    }
    throw graphError(`The call to ${action} was held back: a limit of Meta’s is used up, or nearly so.`, {
      kind: 'throttled',
      action,
      sent: false,
      retryAt: closedTimes.closedUntil(limitsOf, repeat) ?? first,
    });
  }
}

function throttledBy(outcome: Outcome<unknown>) {
  if (!('error' in outcome) || outcome.error.kind !== 'throttled') return undefined;
  const { retryAt } = outcome.error;
  return retryAt === undefined ? undefined : { limitOf: outcome.limitOf, retryAt };
}
