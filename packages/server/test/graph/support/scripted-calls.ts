import type { CallClass, Meaning } from '../../../src/graph/graph-request.ts';
import { callWithPolicy } from '../../../src/graph/policy/call-with-policy.ts';
import { createClosedTimes } from '../../../src/graph/policy/closed-times.ts';
import { createRetryBudget } from '../../../src/graph/policy/retry-budget.ts';
import type { Usage } from '../../../src/graph/usage-headers.ts';
import type { Outcome } from '../../../src/graph/wire/attempt.ts';
import { GraphError, type GraphErrorFacts } from '../../../src/ports/graph-error.ts';
import { graphError } from '../../../src/ports/graph-errors.ts';

/** What Meta does with an attempt: take some time, then answer or not. */
export interface Answer {
  /** Milliseconds. */
  takes?: number;
  fails?: Omit<GraphErrorFacts, 'action' | 'retryAt'> & { retryIn?: number };
  limitOf?: Meaning['limitOf'];
  /** The wait is one that is usual, not one that Meta named. */
  guessed?: boolean;
  usage?: Partial<Usage>;
}

/** Answers by name: what the documents have, and what networks do. */
export const answers = {
  ok: {},
  /** Meta's own word, without saying what was done. */
  transient: { fails: { kind: 'transient', code: 1 } },
  /** "Service unavailable". */
  down: { fails: { kind: 'transient', code: 2 } },
  refusedConnection: { fails: { kind: 'unreachable', sent: false } },
  lost: { fails: { kind: 'unreachable', sent: 'unknown' } },
  garbled: { fails: { kind: 'unreadable', sent: true } },
  gateway: { fails: { kind: 'unreadable', status: 502, sent: true } },
  proxyBusy: { fails: { kind: 'unreadable', status: 503, sent: true, retryIn: 2_000 } },
  throttled: { fails: { kind: 'throttled', code: 80008, retryIn: 5 * 60_000 }, limitOf: 'object' },
  throttledBriefly: { fails: { kind: 'throttled', code: 80008, retryIn: 3_000 }, limitOf: 'object' },
  /** 429 without a code of Meta's: whoever said it may have passed the call on. */
  proxyThrottled: { fails: { kind: 'throttled', status: 429, retryIn: 3_000 }, limitOf: 'object' },
  appThrottled: { fails: { kind: 'throttled', code: 4, retryIn: 60_000 }, limitOf: 'app' },
  noPermission: { fails: { kind: 'permission', code: 200 } },
  codeNotSent: { fails: { kind: 'request_code_failed', code: 136024, retryIn: 3_600_000 } },
  unknown: { fails: { kind: 'unknown', code: 999 } },
} satisfies Record<string, Answer>;

/** A client without a network, on a clock that only waits and answers move. */
export function scriptedCalls({
  chance = () => 0.5,
  most = 10,
  start = 1_000_000,
}: { chance?: () => number; most?: number; start?: number } = {}) {
  let now = start;
  const clock = () => now;
  const closedTimes = createClosedTimes(clock);
  const budget = createRetryBudget({ share: 0.1, most });
  return {
    clock,
    pass: (ms: number) => void (now += ms),
    /** Makes one call, answered by the script; the last answer goes on for ever. */
    async call(
      repeat: CallClass,
      script: readonly Answer[],
      {
        within = 8_000,
        object = '1',
        token = 't',
      }: { within?: number; object?: string; token?: string } = {},
    ) {
      const began = now;
      const sent: number[] = [];
      const waits: number[] = [];
      const result = await callWithPolicy<string>(
        {
          closedTimes,
          budget,
          settings: { attempts: 6, base: 250, cap: 5_000 },
          now: clock,
          monotonic: clock,
          goOn: () => undefined,
          random: chance,
          wait: (ms) => {
            now += ms;
            return Promise.resolve();
          },
          onRetry: (_error, ms) => void waits.push(ms),
        },
        { action: 'read', repeat, limitsOf: { object, token }, within },
        (left) => {
          const answer: Answer = script[Math.min(sent.length, script.length - 1)] ?? {};
          sent.push(now - began);
          now += Math.min(answer.takes ?? 10, left);
          return Promise.resolve(toOutcome(answer, now));
        },
      ).catch((error: unknown) => {
        if (error instanceof GraphError) return error;
        throw error;
      });
      return { result, sent, waits, took: now - began };
    },
  };
}

function toOutcome({ fails, limitOf, guessed = false, usage }: Answer, now: number): Outcome<string> {
  const told = usage && { objects: [], appPercent: undefined, retryAfterMs: undefined, ...usage };
  if (fails === undefined) return { value: 'done', usage: told };
  const { retryIn, ...facts } = fails;
  const retryAt = retryIn === undefined ? undefined : now + retryIn;
  const wait = retryIn === undefined ? undefined : { ms: retryIn, named: !guessed };
  return { usage: told, limitOf, wait, error: graphError('x', { ...facts, action: 'read', retryAt }) };
}
