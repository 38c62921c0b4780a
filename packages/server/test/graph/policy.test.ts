import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallClass } from '../../src/graph/graph-request.ts';
import { GraphError } from '../../src/graph/index.ts';
import { answers, scriptedCalls, type Answer } from './support/scripted-calls.ts';

type Name = keyof typeof answers;
const classes: readonly CallClass[] = ['read', 'idempotent', 'costly', 'counted', 'code'];

/** Chance is 0.5 throughout: waits are 125, 250, 500 … The outcome is `done`, or the kind of the error. */
const vectors: [CallClass, Name[], { calls: number; waits: number[]; outcome: string }][] = [
  ['read', ['ok'], { calls: 1, waits: [], outcome: 'done' }],
  ['read', ['transient', 'ok'], { calls: 2, waits: [125], outcome: 'done' }],
  ['read', ['lost', 'garbled', 'gateway', 'ok'], { calls: 4, waits: [125, 250, 500], outcome: 'done' }],
  ['read', ['transient'], { calls: 6, waits: [125, 250, 500, 1000, 2000], outcome: 'transient' }],
  ['read', ['proxyBusy', 'ok'], { calls: 2, waits: [2125], outcome: 'done' }],
  ['read', ['throttledBriefly', 'ok'], { calls: 2, waits: [3125], outcome: 'done' }],
  ['read', ['throttled', 'ok'], { calls: 1, waits: [], outcome: 'throttled' }],
  ['read', ['noPermission', 'ok'], { calls: 1, waits: [], outcome: 'permission' }],
  ['read', ['unknown', 'ok'], { calls: 1, waits: [], outcome: 'unknown' }],
  ['idempotent', ['transient', 'lost', 'ok'], { calls: 3, waits: [125, 250], outcome: 'done' }],
  [
    'costly',
    ['refusedConnection', 'refusedConnection', 'ok'],
    { calls: 3, waits: [125, 250], outcome: 'done' },
  ],
  ['costly', ['down', 'ok'], { calls: 1, waits: [], outcome: 'transient' }],
  ['costly', ['throttledBriefly', 'ok'], { calls: 2, waits: [3125], outcome: 'done' }],
  ['costly', ['proxyThrottled', 'ok'], { calls: 1, waits: [], outcome: 'throttled' }],
  ['costly', ['transient', 'ok'], { calls: 1, waits: [], outcome: 'transient' }],
  ['costly', ['lost', 'ok'], { calls: 1, waits: [], outcome: 'unreachable' }],
  ['costly', ['garbled', 'ok'], { calls: 1, waits: [], outcome: 'unreadable' }],
  ['costly', ['gateway', 'ok'], { calls: 1, waits: [], outcome: 'unreadable' }],
  ['costly', ['proxyBusy', 'ok'], { calls: 1, waits: [], outcome: 'unreadable' }],
  ['costly', ['throttledBriefly', 'lost', 'ok'], { calls: 2, waits: [3125], outcome: 'unreachable' }],
  ['counted', ['refusedConnection', 'ok'], { calls: 2, waits: [125], outcome: 'done' }],
  ['counted', ['down', 'ok'], { calls: 1, waits: [], outcome: 'transient' }],
  ['counted', ['throttledBriefly', 'ok'], { calls: 1, waits: [], outcome: 'throttled' }],
  ['counted', ['codeNotSent', 'ok'], { calls: 1, waits: [], outcome: 'request_code_failed' }],
  ['code', ['refusedConnection', 'ok'], { calls: 1, waits: [], outcome: 'unreachable' }],
  ['code', ['transient', 'ok'], { calls: 1, waits: [], outcome: 'transient' }],
  ['code', ['lost', 'ok'], { calls: 1, waits: [], outcome: 'unreachable' }],
];

describe('a call', () => {
  it.each(vectors)('of class %s that meets %j: %j', async (repeat, names, expected) => {
    const { result, sent, waits } = await scriptedCalls().call(
      repeat,
      names.map((name) => answers[name]),
    );
    const outcome = result instanceof GraphError ? result.kind : result;
    expect({ calls: sent.length, waits, outcome }).toEqual(expected);
  });

  it('that went out once is not told as one that was never sent', async () => {
    const { lost, refusedConnection } = answers;
    const { result } = await scriptedCalls().call('idempotent', [lost, refusedConnection]);
    expect(result).toMatchObject({ kind: 'unreachable', facts: { sent: 'unknown' } });
    const never = await scriptedCalls().call('idempotent', [refusedConnection]);
    expect(never.result).toMatchObject({ kind: 'unreachable', facts: { sent: false } });
  });

  it('waits any part of its interval, by chance', async () => {
    for (const chance of [0, 0.25, 0.999]) {
      const { waits } = await scriptedCalls({ chance: () => chance }).call('read', [
        answers.lost,
        answers.ok,
      ]);
      expect(waits).toEqual([Math.floor(chance * 250)]);
    }
  });

  it('ends with its deadline, however slowly Meta answers', async () => {
    const { sent, took } = await scriptedCalls().call('read', [{ ...answers.lost, takes: 5_000 }]);
    expect(sent.length).toBe(2);
    expect(took).toBeLessThanOrEqual(8_000);
  });

  it('that was waited for too long is not made any more', async () => {
    // The machine slept in the middle of a wait.
    const calls: ReturnType<typeof scriptedCalls> = scriptedCalls({
      chance: () => {
        calls.pass(60_000);
        return 0;
      },
    });
    expect((await calls.call('read', [answers.lost])).sent.length).toBe(1);
  });
});

describe('a limit', () => {
  it('that Meta reports stops all calls of its object until the regain time, and of no other', async () => {
    const calls = scriptedCalls();
    await calls.call('read', [answers.throttled]);
    const regain = calls.clock() + 5 * 60_000;
    for (const repeat of classes) {
      const held = await calls.call(repeat, [answers.ok]);
      expect(held.sent).toEqual([]);
      expect(held.result).toMatchObject({
        kind: 'throttled',
        retry: 'after',
        retryAt: regain,
        facts: { sent: false },
      });
    }
    expect((await calls.call('read', [answers.ok], { object: '2' })).result).toBe('done');
    calls.pass(regain - calls.clock() - 1);
    // One millisecond more is in time, so the call waits for it, and for half of the 5000 that spread such calls.
    expect(await calls.call('read', [answers.ok])).toMatchObject({ result: 'done', sent: [2_501] });
  });

  it('of the app stops everything, one of a token that token', async () => {
    const calls = scriptedCalls();
    await calls.call('read', [{ ...answers.throttled, limitOf: 'token' }], { token: 'a' });
    expect((await calls.call('read', [answers.ok], { token: 'a', object: '2' })).sent).toEqual([]);
    expect((await calls.call('read', [answers.ok], { token: 'b' })).result).toBe('done');
    await calls.call('read', [answers.appThrottled], { token: 'b' });
    expect((await calls.call('idempotent', [answers.ok], { token: 'c', object: '3' })).sent).toEqual([]);
    calls.pass(60_000);
    expect((await calls.call('read', [answers.ok], { token: 'b', object: '3' })).result).toBe('done');
  });

  it('that is nearly used up is left to writes: reads are held back for a minute', async () => {
    const calls = scriptedCalls();
    const nearly = (percent: number) => ({ usage: { objects: [{ id: '1', percent, regainMs: 0 }] } });
    await calls.call('read', [nearly(94)]);
    expect((await calls.call('read', [nearly(95)])).result).toBe('done');
    expect((await calls.call('read', [answers.ok])).result).toMatchObject({
      kind: 'throttled',
      facts: { sent: false },
    });
    expect((await calls.call('costly', [answers.ok])).result).toBe('done');
    calls.pass(60_000);
    expect((await calls.call('read', [answers.ok])).result).toBe('done');
  });

  it('that is used up closes the object before Meta refuses, as long as the header says', async () => {
    const calls = scriptedCalls();
    await calls.call('costly', [{ usage: { objects: [{ id: '1', percent: 100, regainMs: 7 * 60_000 }] } }]);
    expect((await calls.call('costly', [answers.ok])).sent).toEqual([]);
    calls.pass(7 * 60_000);
    expect((await calls.call('costly', [answers.ok])).result).toBe('done');
    await calls.call('read', [{ usage: { appPercent: 100 } }], { object: '2' });
    expect((await calls.call('costly', [answers.ok], { object: '3' })).sent).toEqual([]);
    // The minute is a guess, and a code does not live that long.
    expect((await calls.call('code', [answers.ok], { object: '3' })).result).toBe('done');
  });

  it('of an account holds back the numbers that its header came with', async () => {
    const calls = scriptedCalls();
    const full = { usage: { objects: [{ id: 'account', percent: 100, regainMs: 60_000 }] } };
    await calls.call('read', [full], { object: 'number' });
    expect((await calls.call('read', [answers.ok], { object: 'number' })).sent).toEqual([]);
    expect((await calls.call('read', [answers.ok], { object: 'account' })).sent).toEqual([]);
  });
});

describe('any schedule of answers', () => {
  const answer = fc
    .record({
      name: fc.constantFrom(...(Object.keys(answers) as Name[])),
      takes: fc.integer({ min: 0, max: 9_000 }),
    })
    .map(({ name, takes }): Answer & { name: Name } => ({ ...answers[name], name, takes }));
  const script = fc.record({
    repeat: fc.constantFrom(...classes),
    answers: fc.array(answer, { minLength: 1, maxLength: 8 }),
    chance: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
    gap: fc.integer({ min: 0, max: 400_000 }),
  });
  const ambiguous: ReadonlySet<Name> = new Set([
    'lost',
    'garbled',
    'gateway',
    'proxyBusy',
    'proxyThrottled',
    'transient',
    'down',
    'unknown',
  ]);

  it('never goes past a deadline, before a regain time, over the budget, or twice where that could cost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(script, { minLength: 1, maxLength: 25 }), async (scripts) => {
        let chance = 0;
        const most = 3;
        const calls = scriptedCalls({ chance: () => chance, most });
        let regain = 0;
        let made = 0;
        let retries = 0;
        for (const one of scripts) {
          chance = one.chance;
          const began = calls.clock();
          const { sent, took, result } = await calls.call(one.repeat, one.answers);
          made += 1;
          retries += Math.max(0, sent.length - 1);
          expect(took).toBeLessThanOrEqual(8_000);
          for (const [index, at] of sent.entries()) {
            expect(at).toBeLessThan(8_000);
            expect(began + at).toBeGreaterThanOrEqual(regain);
            const met = one.answers[Math.min(index, one.answers.length - 1)];
            const seen = began + at + Math.min(met?.takes ?? 0, 8_000 - at);
            if (met?.fails?.kind === 'throttled') regain = Math.max(regain, seen + (met.fails.retryIn ?? 0));
            if (index === sent.length - 1 || met === undefined) continue;
            if (one.repeat === 'costly') expect(ambiguous).not.toContain(met.name);
            if (one.repeat === 'counted') expect(met.name).toBe('refusedConnection');
            expect(one.repeat).not.toBe('code');
          }
          expect(result === 'done' || result instanceof GraphError).toBe(true);
          expect(retries).toBeLessThanOrEqual(most + made * 0.1);
          calls.pass(one.gap);
        }
      }),
      { numRuns: process.env['TEST_LONG'] === '1' ? 20_000 : 300 },
    );
  });
});
