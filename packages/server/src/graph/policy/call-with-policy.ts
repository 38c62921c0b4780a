import type { GraphError, GraphErrorFacts } from '../../ports/graph-error.ts';
import { graphError } from '../../ports/graph-errors.ts';
import type { CallClass } from '../graph-request.ts';
import type { Outcome } from '../wire/attempt.ts';
import type { ClosedTimes, LimitsOf } from './closed-times.ts';
import { decide, type RetrySettings } from './decide.ts';
import type { RetryBudget } from './retry-budget.ts';

/** Whether any attempt of a call left this machine. */
export type Sent = GraphErrorFacts['sent'];

/** What the policy is made of: no timers and no network of its own. */
export interface PolicyDeps {
  closedTimes: ClosedTimes;
  budget: RetryBudget;
  settings: RetrySettings;
  /** Milliseconds UTC, for the times that callers are told. */
  now: () => number;
  /** Milliseconds of a clock that never goes back, for everything that is counted here. */
  monotonic: () => number;
  /** From 0 to below 1. */
  random: () => number;
  /** Ends after so many milliseconds, or before, when the caller has given up. */
  wait: (ms: number) => Promise<void>;
  /** Looks whether the call is given up. @throws GraphError when it is */
  goOn: (sent: Sent) => void;
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

/** A closed time that grows while it is waited for is waited for so often. */
const mostHolds = 3;

/**
 * Makes a call as often as is harmless, affordable and in time, and not before Meta allows it.
 *
 * @param attempt makes it once, in at most so many milliseconds
 * @throws GraphError of the last attempt, or `throttled` when it was held back here
 */
export async function callWithPolicy<Output>(
  deps: PolicyDeps,
  { action, repeat, limitsOf, within }: PolicyCall,
  attempt: (within: number) => Promise<Outcome<Output>>,
): Promise<Output> {
  const { closedTimes, budget, settings, now, monotonic, random, wait, goOn, onRetry } = deps;
  const deadline = monotonic() + within;
  const harmless = repeat === 'read' || repeat === 'idempotent';
  // Of several attempts the last one that went out is what matters: "not sent" would be true of the last one alone.
  let wentOut: GraphError | undefined;
  const sent = (): Sent => (wentOut === undefined ? false : wentOut.facts.sent);
  for (let attempts = 1; ; attempts += 1) {
    goOn(sent());
    await untilOpen();
    // A call that was held back asked nothing of Meta, so it earns no retry.
    if (attempts === 1) budget.earn();
    const outcome = await attempt(deadline - monotonic());
    closedTimes.learn(limitsOf, { usage: outcome.usage, throttled: throttledBy(outcome) });
    if ('value' in outcome) return outcome.value;
    if (outcome.error.facts.sent !== false) wentOut = outcome.error;
    const error = harmless ? (wentOut ?? outcome.error) : outcome.error;
    const verdict = decide(settings, {
      repeat,
      attempts,
      error,
      waitMs: outcome.wait?.ms,
      left: deadline - monotonic(),
      affordable: budget.affordable(),
      chance: random(),
    });
    if (verdict === 'give up') throw error;
    budget.spend();
    onRetry(error, verdict.again);
    await wait(verdict.again);
    goOn(sent());
    // Waiting takes as long as it takes; a call that could no longer be answered is not made.
    if (monotonic() >= deadline) throw error;
  }

  /**
   * Waits for a closed time to end when that is in time, and for a random while after it: all calls that are held wait for
   * the same moment, and would come back in it together. A few times at most: a clock that stands still must not hold a
   * call for ever.
   */
  async function untilOpen(): Promise<void> {
    for (let holds = 0; ; holds += 1) {
      const until = closedTimes.closedUntil(limitsOf, repeat);
      if (until === undefined && monotonic() < deadline) return;
      // Nothing held it back: this process was too busy to begin in time.
      if (until === undefined && holds === 0) throw tooLate();
      if (until === undefined || repeat === 'code' || until >= deadline || holds >= mostHolds) {
        throw heldBack(until ?? monotonic());
      }
      const after = random() * Math.min(settings.cap, deadline - until);
      // A timer may end a moment early, and a call that cannot be made again needs time for its one answer.
      await wait(Math.ceil(until - monotonic() + (harmless ? after : after / 2)));
      goOn(sent());
    }
  }

  function tooLate(): GraphError {
    return graphError(`The call to ${action} did not go out: its time was over before it could begin.`, {
      kind: 'unreachable',
      action,
      sent: sent(),
    });
  }

  function heldBack(until: number): GraphError {
    return graphError(`The call to ${action} was held back: a limit of Meta’s is used up, or nearly so.`, {
      kind: 'throttled',
      action,
      sent: sent(),
      retryAt: Math.ceil(now() + until - monotonic()),
    });
  }
}

function throttledBy(outcome: Outcome<unknown>) {
  if (!('error' in outcome) || outcome.error.kind !== 'throttled' || outcome.wait === undefined) {
    return undefined;
  }
  return { limitOf: outcome.limitOf, waitMs: outcome.wait.ms, named: outcome.wait.named };
}
