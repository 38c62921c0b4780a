import type { Fault } from '@embedded-signup-kit/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../src/domain/durations.ts';
import type { AddedNumber } from '../../src/index.ts';
import { addNumber, type AddNumberDeps } from '../../src/pool/add-number.ts';
import { graphError } from '../../src/ports/graph-errors.ts';
import { numberCallBudgets } from '../../src/domain/number-call-budgets.ts';
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
const postToMeta = (path: string, body: object) =>
  fetch(`${host.sim.url}/v26.0${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${host.sim.systemUserToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

const fail = () => {
  throw new Error('nothing is to be said');
};
const never = () => Promise.reject(new Error('Meta is not to be asked'));
const shown = {
  phoneNumber,
  displayPhoneNumber: phoneNumber,
  verificationStatus: 'NOT_VERIFIED',
  verifiedAt: undefined,
  verificationExpiresAt: undefined,
  ownerBusinessId: undefined,
};
/** A node beside the others, with a Meta of its own. */
async function besides(
  graph: Partial<AddNumberDeps['graph']>,
  slept: (ms: number) => void = () => undefined,
): Promise<ReturnType<typeof addNumber>> {
  return addNumber({
    graph: { createPoolNumber: never, findPoolNumber: never, readPoolNumber: never, ...graph },
    store: await host.ownStore(),
    clock: { now: host.now },
    logger: { debug: fail, info: fail, warn: fail, error: fail },
    sleep: (ms) => {
      slept(ms);
      return Promise.resolve();
    },
  });
}

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
  ])('that %s and is not in Meta’s list is unsure, and adds it two minutes later', async (_what, playing) => {
    fault(playing);
    const first = await addOne();
    const retryAt = host.now() + 2 * minute;
    expect(first).toMatchObject({ outcome: 'unsure', reason: { code: 'answer_lost' }, retryAt });
    expect(first?.reason?.message).toContain('Add it again');
    expect(await ledger()).toMatchObject([['unsure', expect.anything()]]);
    host.calls();
    host.pass(2 * minute - 1);
    expect(await addOne(1)).toMatchObject({ outcome: 'stopped', reason: { code: 'being_added' }, retryAt });
    expect(host.calls()).toEqual(['GET /:id/preverified_numbers']);
    host.pass(1);
    expect(await addOne()).toMatchObject({ outcome: 'added' });
    // The list comes first.
    expect(host.calls()).toEqual(['GET /:id/preverified_numbers', 'POST /:id/add_phone_numbers', 'GET /:id']);
    expect(atMeta()).toEqual([phoneNumber]);
  });

  it('that Meta carries out long after the answer was lost makes one object', async () => {
    let made: number | undefined;
    const addLate = await besides({
      createPoolNumber: () => {
        if (made !== undefined) throw new Error('a second object was made');
        made = host.now();
        host.pass(8_000);
        throw graphError('lost', { kind: 'unreachable', action: 'add the number', sent: 'unknown' });
      },
      findPoolNumber: () =>
        Promise.resolve(host.now() < (made ?? 0) + 110_000 ? undefined : { ...shown, id: '4711' }),
    });
    expect(await addLate(phoneNumber, 'Nadia')).toMatchObject({ outcome: 'unsure' });
    for (let passed = 8_000; passed < 110_000; passed += 6_000) {
      expect(await addLate(phoneNumber, 'Nadia')).toMatchObject({ outcome: 'stopped' });
      host.pass(6_000);
    }
    expect(await addLate(phoneNumber, 'Nadia')).toMatchObject({ outcome: 'known', id: '4711' });
  });

  it('is not held against the number when the token, a permission or a limit is in the way', async () => {
    for (let tries = 0; tries < 60; tries += 1) {
      const error = [
        { code: 190, message: 'x' },
        { code: 10, message: 'x' },
        { code: 4, message: 'x' },
      ][tries % 3] as object; // three of them
      fault({ kind: 'error', status: 400, error } as Fault, adding, 'always');
      const { outcome } = (await addOne()) ?? {};
      expect(['stopped', 'refused']).toContain(outcome);
      host.pass(10 * minute);
    }
    host.sim.setFaults([]);
    host.pass(2 * hour);
    expect((await addOne())?.outcome).toBe('added');
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
    await postToMeta(`/${host.sim.businessId}/add_phone_numbers`, { phone_number: phoneNumber });
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
    const retryAt = host.now() + 2 * minute;
    host.pass(minute);
    const early = { outcome: 'stopped', reason: { code: 'being_added' }, retryAt };
    expect(await addOne()).toMatchObject(early);
    host.pass(minute);
    host.calls();
    expect(await addOne()).toMatchObject({ outcome: 'added' });
    expect(host.calls()).toEqual(['GET /:id/preverified_numbers', 'POST /:id/add_phone_numbers', 'GET /:id']);
  });

  it('after Meta did it: the number is known the next time, and no second call is made', async () => {
    await killedInTheCall();
    await postToMeta(`/${host.sim.businessId}/add_phone_numbers`, { phone_number: phoneNumber });
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
    host.pass(2 * minute);
    expect(await answer).toMatchObject({ outcome: 'added' });
    expect(atMeta().filter((one) => one === phoneNumber)).toHaveLength(1);
  });

  it('and whose call never seems to end: the number is left alone, with the time to come back', async () => {
    await killedInTheCall();
    const retryAt = host.now() + 2 * minute;
    let slept = 0;
    const addQuickly = await besides({}, (ms) => {
      slept += ms;
    });
    expect(await addQuickly(phoneNumber, 'Nadia')).toEqual({
      outcome: 'stopped',
      reason: { code: 'being_added', message: expect.stringContaining('Add it again in two minutes') },
      retryAt,
    });
    expect(slept).toBe(15_000);
  });

  it('while its clock was a year ahead: the number is added two minutes after that is noticed', async () => {
    host.pass(365 * day);
    await killedInTheCall();
    host.pass(-365 * day);
    const noticed = host.now();
    const posts: number[] = [];
    const addLater = await besides(
      {
        createPoolNumber: () => {
          posts.push(host.now() - noticed);
          return Promise.resolve({ id: '4711' });
        },
        findPoolNumber: () => Promise.resolve(undefined),
        readPoolNumber: () => Promise.resolve({ ...shown, id: '4711' }),
      },
      host.pass,
    );
    const first = await addLater(phoneNumber, 'Nadia');
    expect(first).toMatchObject({ reason: { code: 'being_added' }, retryAt: noticed + 2 * minute });
    host.pass((first.retryAt ?? 0) - host.now());
    expect(await addLater(phoneNumber, 'Nadia')).toMatchObject({ outcome: 'added' });
    expect(posts).toEqual([2 * minute]);
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
