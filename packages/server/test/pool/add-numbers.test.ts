import type { Fault } from '@embedded-signup-kit/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../src/domain/durations.ts';
import type { AddedNumber } from '../../src/index.ts';
import { addNumber } from '../../src/pool/add-number.ts';
import { numberCallBudgets } from '../../src/pool/spend-number-call.ts';
import { numbered, startPoolHost, type PoolHost } from './support/pool-host.ts';

let host: PoolHost;
beforeEach(async () => {
  host = await startPoolHost({ nodes: 2 });
});
afterEach(() => host.close());

const adding = '/*/add_phone_numbers';
const phoneNumber = numbered(777);
const add = (phoneNumbers: string[], node = 0): Promise<AddedNumber[]> =>
  (host.signups[node] ?? host.signups[0]).pool.add(phoneNumbers, { who: 'Nadia' });
const addOne = async (node = 0): Promise<AddedNumber | undefined> => (await add([phoneNumber], node))[0];
const atMeta = () => host.sim.state().preverifiedNumbers.map((number) => number.phoneNumber);
const fault = (playing: Fault, path = adding, times: number | 'always' = 1) =>
  host.sim.setFaults([{ match: { path }, times, fault: playing }]);
const addCalls = () => host.calls().filter((call) => call.includes('add_phone_numbers')).length;
async function ledger() {
  const calls = await (await host.store()).listNumberCalls({ phoneNumber, kind: 'add', limit: 10 });
  return calls.map(({ outcome, reason }) => [outcome, reason]);
}
/** What a process leaves that is killed while it adds the number. */
async function killedInTheCall() {
  const leave = await (
    await host.store()
  ).spendNumberCall({
    now: host.now(),
    phoneNumber,
    numberId: undefined,
    kind: 'add',
    who: 'kit',
    budget: numberCallBudgets.add,
  });
  expect(leave.allowed).toBe(true);
}
const graph = (path: string, body: object) =>
  fetch(`${host.sim.url}/v26.0${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${host.sim.systemUserToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

const fail = () => {
  throw new Error('nothing is to be said');
};

describe('adding a number', () => {
  it('is written into the ledger before Meta is asked, and ended after it', async () => {
    fault({ kind: 'slow', ms: 300 });
    const added = addOne();
    await expect.poll(() => host.sim.requests({ path: adding })).toHaveLength(1);
    expect(await ledger()).toEqual([[undefined, undefined]]);
    await added;
    expect(await ledger()).toEqual([['done', undefined]]);
  });

  it.each<[string, Fault]>([
    ['is lost', { kind: 'lost' }],
    ['breaks off', { kind: 'reset-mid-body' }],
    ['is no JSON', { kind: 'malformed' }],
    ['is empty', { kind: 'empty' }],
    ['is a web page', { kind: 'html', done: true }],
    ['says to try again', { kind: 'error', status: 500, error: { code: 2, message: 'x' }, done: true }],
  ])('whose answer %s is found in Meta’s list: it is added, once', async (_what, playing) => {
    fault(playing);
    expect(await addOne()).toMatchObject({
      outcome: 'added',
      phoneNumber,
      id: expect.stringMatching(/^\d+$/),
    });
    expect(addCalls()).toBe(1);
    expect(atMeta()).toEqual([phoneNumber]);
    expect(await ledger()).toMatchObject([['done', expect.anything()]]);
    const { body } = await host.get(`/numbers?search=${phoneNumber}`);
    expect(body.numbers).toHaveLength(1);
  });

  it.each<[string, Fault]>([
    ['is reset', { kind: 'reset' }],
    ['ends in a web page', { kind: 'html', done: false }],
    ['ends in an outage', { kind: 'error', status: 503, error: { code: 2, message: 'x' } }],
  ])('that %s and is not in Meta’s list is unsure, and adds it the next time', async (_what, playing) => {
    fault(playing);
    const first = await addOne();
    expect(first).toMatchObject({ outcome: 'unsure', reason: { code: 'answer_lost' } });
    expect(first?.reason?.message).toContain('Add it again');
    expect(await ledger()).toMatchObject([['unsure', expect.anything()]]);
    host.calls();
    expect(await addOne()).toMatchObject({ outcome: 'added' });
    // The list comes first.
    expect(host.calls()).toEqual(['GET /:id/preverified_numbers', 'POST /:id/add_phone_numbers', 'GET /:id']);
    expect(atMeta()).toEqual([phoneNumber]);
  });

  it('whose list cannot be read either stays unsure, and is found later without a second call', async () => {
    host.sim.setFaults([
      { match: { path: adding }, fault: { kind: 'lost' } },
      {
        match: { path: '/*/preverified_numbers' },
        times: 'always',
        fault: { kind: 'error', status: 403, error: { code: 200, message: 'x' } },
      },
    ]);
    expect(await addOne()).toMatchObject({ outcome: 'unsure', reason: { code: 'answer_lost' } });
    expect(await addOne()).toMatchObject({ outcome: 'unsure', reason: { code: 'graph:200' } });
    host.sim.setFaults([]);
    expect(await addOne()).toMatchObject({
      outcome: 'known',
      id: host.sim.state().preverifiedNumbers[0]?.id,
    });
    expect(addCalls()).toBe(1);
    expect(atMeta()).toEqual([phoneNumber]);
  });

  it('counts as done when only the reading after it fails; the next sync brings it, and a repeat makes no second call', async () => {
    fault({ kind: 'error', status: 400, error: { code: 100, message: 'x' } }, '/*');
    const added = await addOne();
    expect(added).toMatchObject({ outcome: 'added', id: expect.stringMatching(/^\d+$/) });
    expect((await host.get('/numbers')).body.numbers).toEqual([]);
    expect(await addOne(1)).toMatchObject({ outcome: 'known', id: added?.id });
    expect(addCalls()).toBe(1);
    expect((await host.get('/numbers')).body.numbers).toHaveLength(1);
    expect(host.said.join()).toContain('the next sync brings it');
  });

  it('that Meta refuses because we have it already is known', async () => {
    await graph(`/${host.sim.businessId}/add_phone_numbers`, { phone_number: phoneNumber });
    host.calls();
    expect(await addOne()).toMatchObject({
      outcome: 'known',
      id: host.sim.state().preverifiedNumbers[0]?.id,
    });
    expect(host.calls()).toEqual(['POST /:id/add_phone_numbers', 'GET /:id/preverified_numbers']);
    expect(await ledger()).toEqual([['refused', 'graph:100']]);
    expect((await host.get('/numbers')).body.numbers).toHaveLength(1);
  });

  it('again, when it was deleted, makes a new object', async () => {
    const first = await addOne();
    await host.signups[0].pool.delete(String(first?.id), 'Nadia');
    const second = await addOne();
    expect(second?.outcome).toBe('added');
    expect(second?.id).not.toBe(first?.id);
  });

  it('is not tried for ever: after ten refusals in a day it says when, and Meta is not asked', async () => {
    fault({ kind: 'error', status: 400, error: { code: 100, message: 'x' } }, adding, 'always');
    for (let tries = 0; tries < 10; tries += 1) {
      expect((await addOne())?.outcome).toBe('refused');
      host.pass(minute);
    }
    host.calls();
    const stopped = await addOne();
    expect(stopped).toMatchObject({ outcome: 'stopped', reason: { code: 'too_many_tries' } });
    expect(stopped?.retryAt).toBe(host.now() + day - 10 * minute);
    expect(host.calls()).toEqual([]);
    host.pass(day - 10 * minute);
    host.sim.setFaults([]);
    expect((await addOne())?.outcome).toBe('added');
  });
});

describe('a process that is killed while it adds a number', () => {
  it('before Meta did it: the number is added the next time, after a look at Meta’s list', async () => {
    await killedInTheCall();
    host.pass(minute);
    expect(await addOne()).toMatchObject({ outcome: 'added' });
    expect(host.calls()).toEqual(['GET /:id/preverified_numbers', 'POST /:id/add_phone_numbers', 'GET /:id']);
  });

  it('after Meta did it: the number is known the next time, and no second call is made', async () => {
    await killedInTheCall();
    await graph(`/${host.sim.businessId}/add_phone_numbers`, { phone_number: phoneNumber });
    host.calls();
    host.pass(minute);
    expect(await addOne()).toMatchObject({ outcome: 'known' });
    expect(host.calls()).toEqual(['GET /:id/preverified_numbers']);
    expect((await host.get('/numbers')).body.numbers).toHaveLength(1);
  });

  it('a moment ago: nobody else makes the call before it is surely over', async () => {
    await killedInTheCall();
    const answer = addOne();
    const others = add([numbered(1), numbered(2)]);
    expect((await others).map(({ outcome }) => outcome)).toEqual(['added', 'added']);
    expect(host.sim.requests({ path: adding })).toHaveLength(2);
    host.pass(15_000);
    expect(await answer).toMatchObject({ outcome: 'added' });
    expect(atMeta().filter((one) => one === phoneNumber)).toHaveLength(1);
  });

  it('and whose call never seems to end: the number is left alone, with the time to come back', async () => {
    await killedInTheCall();
    let slept = 0;
    const never = () => Promise.reject(new Error('Meta is not to be asked'));
    const addQuickly = addNumber({
      graph: { createPoolNumber: never, findPoolNumber: never, readPoolNumber: never },
      store: await host.store(),
      clock: { now: host.now },
      logger: { debug: fail, info: fail, warn: fail, error: fail },
      sleep: (ms) => {
        slept += ms;
        return Promise.resolve();
      },
    });
    expect(await addQuickly(phoneNumber, 'Nadia')).toEqual({
      outcome: 'stopped',
      reason: { code: 'being_added', message: expect.stringContaining('Add it again in a minute') },
      retryAt: host.now() + 15_000,
    });
    expect(slept).toBe(15_000);
  });
});

describe('two at once', () => {
  it('on one node make one call, and one of them is known', async () => {
    const answers = await Promise.all([addOne(), addOne(), add([phoneNumber, numbered(778)])]);
    expect(answers.flat().map((answer) => answer?.outcome)).toEqual(['added', 'known', 'known', 'added']);
    expect(new Set(answers.flat().map((answer) => answer?.id)).size).toBe(2);
    expect(addCalls()).toBe(2);
  });

  it('on two nodes, of which the first is refused: the second tries as well', async () => {
    host.sim.setFaults([
      { match: { path: adding }, fault: { kind: 'error', status: 400, error: { code: 100, message: 'x' } } },
    ]);
    const first = addOne(0);
    await first;
    expect((await first)?.outcome).toBe('refused');
    host.pass(1);
    expect((await addOne(1))?.outcome).toBe('added');
  });
});

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
