import { hour } from '../domain/durations.ts';
import type { StepEnd } from '../ports/step.ts';

/** Calls that cost, counted on disk before each is made. */
export interface CallBudget {
  /** The word under which attempts are kept, and the step that makes them. */
  kind: 'credit' | 'register';
  /** Attempts in any {@link CallBudget.window}. */
  most: number;
  /** Milliseconds. */
  window: number;
  /** What is tried, such as `register the number`. */
  action: string;
}

/** The end of a step whose budget is spent: it waits until the oldest attempt no longer counts. */
export function budgetSpent(
  { kind, most, window, action }: CallBudget,
  oldestAt: number,
): Exclude<StepEnd, 'fenced'> {
  const runAt = oldestAt + window + 1;
  return {
    reason: {
      code: `${kind}_budget_spent`,
      message: `It was tried ${most} times in ${window / hour} hours to ${action}. It is tried again by itself, at ${new Date(runAt).toISOString()}.`,
    },
    next: { do: 'wait', step: kind, runAt },
  };
}
