import { describe, expect, it } from 'vitest';
import type { CallClass } from '../../src/graph/graph-request.ts';
import { callWithPolicy, type PolicyDeps } from '../../src/graph/policy/call-with-policy.ts';
import { createClosedTimes } from '../../src/graph/policy/closed-times.ts';
import { createRetryBudget } from '../../src/graph/policy/retry-budget.ts';
import { answers, scriptedCalls } from './support/scripted-calls.ts';

/** The app is closed until a time; waits take as long as `took` says. */
function held({ closedFor, took }: { closedFor: number; took: (ms: number) => number }) {
  let at = 0;
  const budget = createRetryBudget({ share: 0.1, most: 1 });
  const closedTimes = createClosedTimes(() => at);
  closedTimes.learn(
    { object: '1', token: undefined },
    { usage: undefined, throttled: { limitOf: 'app', waitMs: closedFor, named: true } },
  );
  const went: number[] = [];
  const deps = (random: number): PolicyDeps => ({
    closedTimes,
    budget,
    settings: { attempts: 6, base: 250, cap: 5_000 },
    now: () => at,
    monotonic: () => at,
    random: () => random,
    wait: (ms) => {
      at += took(ms);
      return Promise.resolve();
    },
    goOn: () => undefined,
    onRetry: () => undefined,
  });
  return {
    budget,
    went,
    call(repeat: CallClass, random: number) {
      at = 0;
      return callWithPolicy(
        deps(random),
        { action: 'x', repeat, limitsOf: { object: '1', token: undefined }, within: 8_000 },
        () => {
          went.push(at);
          return Promise.resolve({ value: 'done', usage: undefined });
        },
      );
    },
  };
}

describe('calls that are held back', () => {
  it('do not come back all at once, nor before the time: 500 of them take all of the interval', async () => {
    const { call, went } = held({ closedFor: 2_000, took: (ms) => ms });
    for (let index = 0; index < 500; index += 1) await call('read', index / 500);
    expect(Math.min(...went)).toBeGreaterThanOrEqual(2_000);
    expect(Math.max(...went) - Math.min(...went)).toBeGreaterThanOrEqual(2_500);
    expect(Math.max(...went)).toBeLessThan(8_000);
    expect(new Set(went).size).toBeGreaterThan(400);
  });

  it('go out although the timer ended a millisecond early', async () => {
    const { call, went } = held({ closedFor: 2_000, took: (ms) => Math.max(ms - 1, 0.5) });
    expect(await call('read', 0)).toBe('done');
    expect(went[0]).toBeGreaterThanOrEqual(2_000);
  });

  it('leave a call that cannot be made again half of the time that is left', async () => {
    const { call, went } = held({ closedFor: 7_000, took: (ms) => ms });
    await call('costly', 0.999);
    expect(went).toEqual([7_500]);
  });

  it('earn no retries', async () => {
    const { budget, call } = held({ closedFor: 60_000, took: (ms) => ms });
    budget.spend();
    for (let index = 0; index < 100; index += 1) {
      await expect(call('read', 0.5)).rejects.toMatchObject({ kind: 'throttled', facts: { sent: false } });
    }
    expect(budget.affordable()).toBe(false);
  });

  it('after they went out once are not told as never sent', async () => {
    const calls = scriptedCalls();
    const full = { objects: [{ id: '1', percent: 100, regainMs: 600_000 }] };
    const { result, sent } = await calls.call('idempotent', [{ ...answers.gateway, usage: full }]);
    expect(sent.length).toBe(1);
    expect(result).toMatchObject({ kind: 'throttled', retry: 'after', facts: { sent: true } });
  });
});

describe('a limit', () => {
  it('of an account, met on one number, holds the account and its other numbers back as well', async () => {
    const calls = scriptedCalls();
    const account = { objects: [{ id: 'account', percent: 50, regainMs: 0 }] };
    for (const object of ['one', 'other']) await calls.call('read', [{ usage: account }], { object });
    await calls.call('read', [{ ...answers.throttled, limitOf: 'account' }], { object: 'one' });
    for (const object of ['one', 'other', 'account']) {
      expect((await calls.call('read', [answers.ok], { object })).sent).toEqual([]);
    }
    expect((await calls.call('read', [answers.ok], { object: 'foreign' })).result).toBe('done');
  });

  it('of the throughput of one number leaves the account alone', async () => {
    const calls = scriptedCalls();
    const account = { objects: [{ id: 'account', percent: 50, regainMs: 0 }] };
    await calls.call('read', [{ usage: account }], { object: 'one' });
    await calls.call('read', [answers.throttled], { object: 'one' });
    expect((await calls.call('read', [answers.ok], { object: 'one' })).sent).toEqual([]);
    expect((await calls.call('read', [answers.ok], { object: 'account' })).result).toBe('done');
  });

  it('whose wait is only the usual one does not hold back a code, which would not outlive it', async () => {
    const calls = scriptedCalls();
    await calls.call('read', [{ ...answers.appThrottled, guessed: true }]);
    expect((await calls.call('costly', [answers.ok])).sent).toEqual([]);
    expect((await calls.call('code', [answers.ok])).result).toBe('done');
    await calls.call('code', [answers.appThrottled]);
    expect((await calls.call('code', [answers.ok])).sent).toEqual([]);
  });
});
