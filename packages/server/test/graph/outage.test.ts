import { describe, expect, it } from 'vitest';
import { callWithPolicy, type PolicyDeps } from '../../src/graph/policy/call-with-policy.ts';
import { createClosedTimes } from '../../src/graph/policy/closed-times.ts';
import { createRetryBudget } from '../../src/graph/policy/retry-budget.ts';
import { graphError } from '../../src/ports/graph-errors.ts';

/** A clock for many at once: whoever waits is woken in the order of time. */
function simulatedTime() {
  let now = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms: number) => new Promise<void>((wake) => void sleepers.push({ at: now + ms, wake })),
    async runUntil(end: number) {
      for (;;) {
        // Everything that was woken must have gone to sleep again before the clock moves.
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
        const next = sleepers.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
        if (next > end) return;
        now = next;
        for (const one of sleepers.filter(({ at }) => at === next)) {
          sleepers.splice(sleepers.indexOf(one), 1);
          one.wake();
        }
      }
    },
  };
}

/** A generator of chance with a seed (mulberry32). */
function seeded(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const minute = 60_000;
const percentile = (values: number[], share: number) =>
  values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) * share)] ?? 0;

describe('500 numbers, while Meta is down for five minutes and comes back,', () => {
  it('call at most a tenth more than usual, and do not come back at the same moment', async () => {
    const time = simulatedTime();
    const random = seeded(7);
    const down = { from: 2 * minute, to: 7 * minute };
    const calls: { at: number; retry: boolean }[] = [];
    const waits: number[] = [];
    const deps: PolicyDeps = {
      closedTimes: createClosedTimes(time.now),
      budget: createRetryBudget({ share: 0.1, most: 10 }),
      settings: { attempts: 6, base: 250, cap: 5_000 },
      now: time.now,
      monotonic: time.now,
      goOn: () => undefined,
      random,
      wait: time.sleep,
      onRetry: () => undefined,
    };
    let failed = 0;
    const numbers = Array.from({ length: 500 }, async (_, index) => {
      // Each is looked at every ten seconds; all began together, which is the worst.
      for (;;) {
        let first = true;
        let retried = false;
        const onRetry: PolicyDeps['onRetry'] = (_error, ms) => {
          if (!retried) waits.push(ms);
          retried = true;
        };
        await callWithPolicy(
          { ...deps, onRetry },
          {
            action: 'read',
            repeat: 'read',
            limitsOf: { object: String(index), token: undefined },
            within: 8_000,
          },
          async () => {
            calls.push({ at: time.now(), retry: !first });
            first = false;
            const isDown = time.now() >= down.from && time.now() < down.to;
            await time.sleep(20);
            return isDown
              ? {
                  error: graphError('x', { kind: 'unreachable', action: 'read', sent: 'unknown' }),
                  limitOf: undefined,
                  wait: undefined,
                  usage: undefined,
                }
              : { value: 'ok', usage: undefined };
          },
        ).catch(() => void (failed += 1));
        await time.sleep(10_000);
      }
    });
    await time.runUntil(9 * minute);
    expect(numbers.length).toBe(500);
    expect(failed).toBeGreaterThan(10_000);

    const during = (from: number, to: number) => calls.filter(({ at }) => at >= from && at < to);
    // Once what was saved up is gone, which is at once.
    const outage = during(down.from + minute, down.to);
    const firsts = outage.filter(({ retry }) => !retry).length;
    expect(outage.length / firsts).toBeGreaterThan(1.01);
    expect(outage.length / firsts).toBeLessThanOrEqual(1.1);
    const normal = during(0, down.from).length / (down.from / minute);
    expect(outage.length / ((down.to - down.from) / minute - 1)).toBeLessThanOrEqual(1.1 * normal);

    // Waits of the first retry lie anywhere in their 250 ms.
    const spread = percentile(waits, 0.95) - percentile(waits, 0.05);
    expect(waits.length).toBeGreaterThan(500);
    expect(spread).toBeGreaterThanOrEqual(125);
    // Meta is back: no retries any more, and the usual calls.
    const after = during(down.to + minute, 9 * minute);
    expect(after.some(({ retry }) => retry)).toBe(false);
  }, 30_000);
});
