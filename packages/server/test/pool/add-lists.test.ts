import type { Fault } from '@embedded-signup-kit/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../src/domain/durations.ts';
import type { AddedNumber } from '../../src/index.ts';
import { numberCallBudgets } from '../../src/domain/number-call-budgets.ts';
import { numbered, startPoolHost, type PoolHost } from './support/pool-host.ts';

let host: PoolHost;
beforeEach(async () => {
  host = await startPoolHost();
});
afterEach(() => host.close());

const adding = '/*/add_phone_numbers';
const add = (phoneNumbers: string[]): Promise<AddedNumber[]> =>
  host.signups[0].pool.add(phoneNumbers, { who: 'Nadia' });
const atMeta = () => host.sim.state().preverifiedNumbers.map((number) => number.phoneNumber);
const fault = (playing: Fault, path = adding, times: number | 'always' = 1) =>
  host.sim.setFaults([{ match: { path }, times, fault: playing }]);
const addCalls = () => host.calls().filter((call) => call.includes('add_phone_numbers')).length;

describe('a list of numbers', () => {
  const many = Array.from({ length: 40 }, (_, n) => numbered(n));

  it('is added at most eight at a time, with a word after each', async () => {
    let open = 0;
    let most = 0;
    const progress: number[] = [];
    const real = host.signups[0];
    fault({ kind: 'slow', ms: 20 }, adding, 'always');
    const seen = new Set<number>();
    const watch = setInterval(() => {
      open = host.sim.requests({ path: adding }).length - progress.length;
      seen.add(open);
      most = Math.max(most, open);
    }, 1);
    const added = await real.pool.add(many, {
      who: 'Nadia',
      onProgress: ({ done, total }) => {
        expect(total).toBe(40);
        progress.push(done);
      },
    });
    clearInterval(watch);
    expect(added.map(({ outcome }) => outcome)).toEqual(many.map(() => 'added'));
    expect(added.map(({ given }) => given)).toEqual(many);
    expect(progress).toEqual(many.map((_, n) => n + 1));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
    expect(atMeta()).toHaveLength(40);
  });

  it('is left where it is when Meta throttles, with the time to come back; then it goes on where it was', async () => {
    host.sim.setFaults([
      {
        match: { path: adding },
        after: 5,
        times: 'always',
        fault: { kind: 'throttled', code: 4, regainMinutes: 60 },
      },
    ]);
    const first = await add(many);
    expect(addCalls()).toBeLessThanOrEqual(5 + 8);
    expect(first.filter(({ outcome }) => outcome === 'added')).toHaveLength(5);
    const stopped = first.filter(({ outcome }) => outcome === 'stopped');
    expect(stopped).toHaveLength(35);
    for (const { reason, retryAt } of stopped) {
      expect(reason?.code).toMatch(/^graph:/);
      expect(retryAt).toBeGreaterThan(host.now());
    }
    host.sim.setFaults([]);
    host.pass(2 * hour);
    const second = await add(many);
    expect(second.map(({ outcome }) => outcome)).toEqual(
      first.map(({ outcome }) => (outcome === 'added' ? 'known' : 'added')),
    );
    expect(atMeta()).toHaveLength(40);
    expect(new Set(atMeta()).size).toBe(40);
  });

  it('is left where it is when the token is refused, and invalid numbers are still told', async () => {
    fault({ kind: 'error', status: 401, error: { code: 190, message: 'x' } }, adding, 'always');
    const added = await add([...many, 'hello']);
    expect(addCalls()).toBeLessThanOrEqual(8);
    expect(new Set(added.slice(0, 40).map(({ outcome }) => outcome))).toEqual(new Set(['stopped']));
    expect(added.at(-1)).toMatchObject({ outcome: 'invalid' });
  });

  it('goes on with the others where one is being added elsewhere, or was tried too often', async () => {
    const [tried = '', being = '', ...others] = many;
    fault({ kind: 'error', status: 400, error: { code: 100, message: 'x' } }, adding, 'always');
    for (let tries = 0; tries < numberCallBudgets.add.calls; tries += 1) await add([tried]);
    fault({ kind: 'reset' });
    await add([being]);
    host.sim.setFaults([]);
    const added = await add([tried, being, ...others]);
    expect(added.map(({ outcome }) => outcome)).toEqual(['stopped', 'stopped', ...others.map(() => 'added')]);
    expect(added.slice(0, 2).map(({ reason }) => reason?.code)).toEqual(['too_many_tries', 'being_added']);
  });

  it('stops between two numbers when it is told to', async () => {
    const over = new AbortController();
    const added = await host.signups[0].pool.add(many, {
      who: 'Nadia',
      signal: over.signal,
      onProgress: ({ done }) => {
        if (done === 10) over.abort();
      },
    });
    const count = added.filter(({ outcome }) => outcome === 'added').length;
    expect(count).toBeGreaterThanOrEqual(10);
    expect(count).toBeLessThanOrEqual(10 + 8);
    expect(atMeta()).toHaveLength(count);
    expect(added.at(-1)).toMatchObject({ outcome: 'stopped', reason: { code: 'interrupted' } });
  });

  it('is added whole however often its answers are lost, and each number once', async () => {
    host.sim.setFaults({
      seed: 7,
      rate: 0.3,
      kinds: ['lost', 'reset', 'malformed', 'reset-mid-body'],
      match: { method: 'POST' },
    });
    for (let round = 0; round < 12; round += 1) {
      await add(many);
      host.pass(minute);
    }
    host.sim.setFaults([]);
    host.pass(day);
    const last = await add(many);
    expect(last.every(({ outcome }) => outcome === 'known' || outcome === 'added')).toBe(true);
    expect(atMeta()).toHaveLength(40);
    expect(new Set(atMeta()).size).toBe(40);
  });

  it.each([
    [[], { who: 'Nadia' }, 'phoneNumbers'],
    [['+15550100001'], { who: '' }, 'who'],
    [['+15550100001'], { who: 'Nadia', country: 'usa' }, 'country'],
    [[15550100001], { who: 'Nadia' }, 'phoneNumbers.0'],
  ])('is refused as %j with %j', async (phoneNumbers, options, path) => {
    // What callers without types may hand in.
    const asked = host.signups[0].pool.add(phoneNumbers as string[], options);
    await expect(asked).rejects.toMatchObject({ code: 'invalid_request', issues: [{ path }] });
    expect(host.calls()).toEqual([]);
  });
});
