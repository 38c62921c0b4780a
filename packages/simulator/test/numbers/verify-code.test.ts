import { describe, expect, test } from 'vitest';
import { at, errorOf } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';
import { calls, newestCode, otherThan, wordsOf } from './support/number-calls.ts';

const waiting = { count: 1, status: 'NOT_VERIFIED' } as const;

describe.each([
  ['live', { status: 400, code: 136025 }],
  ['openapi', { status: 422, code: 100 }],
] as const)('in the %s profile', (profile, refused) => {
  test('five wrong codes lock the number for twelve hours, for the right code too', async () => {
    const simulator = await playground({ profile });
    const { requestCode, verifyCode } = calls(simulator);
    const { id } = seedOne(simulator, waiting);
    await requestCode(id);
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      const answer = await verifyCode(id, otherThan(newestCode(simulator)));
      expect(wordsOf(answer).title).toBe('Invalid Code');
    }
    const locked = await verifyCode(id, newestCode(simulator));
    expect(errorOf(locked)).toEqual(refused);
    expect(wordsOf(locked).title).toBe('Verification Failed');
    expect(simulator.state().preverifiedNumbers[0]?.status).toBe('NOT_VERIFIED');

    // A new code does not lift the lock.
    simulator.advance('PT11H59M');
    expect((await requestCode(id)).status).toBe(200);
    expect(errorOf(await verifyCode(id, newestCode(simulator)))).toEqual(refused);
    simulator.advance('PT1M');
    expect((await verifyCode(id, newestCode(simulator))).status).toBe(200);
  });

  test('a late code is told apart from a wrong one, and does not count as one', async () => {
    const simulator = await playground({ profile, assume: { wrongCodeLimit: 1 } });
    const { requestCode, verifyCode } = calls(simulator);
    const { id } = seedOne(simulator, waiting);
    await requestCode(id);
    simulator.advance('PT10M');
    const late = await verifyCode(id, newestCode(simulator));
    expect(errorOf(late)).toEqual(refused);
    expect(wordsOf(late).title).toBe('Code Expired');
    await requestCode(id);
    expect((await verifyCode(id, newestCode(simulator))).status).toBe(200);
  });

  test('a verified number has nothing to verify', async () => {
    const simulator = await playground({ profile });
    const { number, phoneNumberId } = await onboarded(simulator);
    const fresh = seedOne(simulator);
    expect(number.id).not.toBe(fresh.id);
    for (const id of [fresh.id, phoneNumberId]) {
      const answer = await calls(simulator).verifyCode(id, '123456');
      expect(errorOf(answer)).toEqual(refused);
      expect(`${wordsOf(answer).message} ${String(wordsOf(answer).words)}`).toContain('already verified');
    }
  });
});

test('a right code forgives the wrong ones before it', async () => {
  const simulator = await playground({ assume: { wrongCodeLimit: 2 } });
  const { requestCode, verifyCode } = calls(simulator);
  const { id } = seedOne(simulator, waiting);
  for (let round = 1; round <= 2; round += 1) {
    expect((await requestCode(id)).status).toBe(200);
    expect(wordsOf(await verifyCode(id, otherThan(newestCode(simulator)))).title).toBe('Invalid Code');
    expect((await verifyCode(id, newestCode(simulator))).status).toBe(200);
    simulator.advance('P90D');
  }
});

test('after a lock the count of wrong codes starts anew', async () => {
  const simulator = await playground({ assume: { wrongCodeLimit: 2 } });
  const { requestCode, verifyCode } = calls(simulator);
  const { id } = seedOne(simulator, waiting);
  await requestCode(id);
  for (let wrong = 1; wrong <= 2; wrong += 1) await verifyCode(id, otherThan(newestCode(simulator)));
  simulator.advance('PT12H');
  await requestCode(id);
  await verifyCode(id, otherThan(newestCode(simulator)));
  expect((await verifyCode(id, newestCode(simulator))).status).toBe(200);
});

test('the lock is a switch, and Infinity never locks', async () => {
  const simulator = await playground({ assume: { wrongCodeLimit: Infinity } });
  const { requestCode, verifyCode } = calls(simulator);
  const { id } = seedOne(simulator, waiting);
  await requestCode(id);
  for (let wrong = 1; wrong <= 30; wrong += 1) await verifyCode(id, otherThan(newestCode(simulator)));
  expect((await verifyCode(id, newestCode(simulator))).status).toBe(200);
});

describe('an app makes 125 calls of verify_code an hour', () => {
  test.each([
    ['live', {}, { status: 400, code: 4 }],
    ['live', { throttledStatus: 429 }, { status: 429, code: 4 }],
    ['openapi', {}, { status: 429, code: 4, subcode: 2446079 }],
  ] as const)('one more is throttled in the %s profile with %o', async (profile, assume, throttled) => {
    const simulator = await playground({ profile, assume });
    const { requestCode, verifyCode } = calls(simulator);
    const [one, two] = simulator.seedNumbers({ count: 2, status: 'NOT_VERIFIED' });
    for (let spent = 1; spent <= 125; spent += 1) {
      expect(errorOf(await verifyCode(one?.id ?? '', 'x')).code).toBe(100);
    }
    await requestCode(two?.id ?? '');
    const answer = await verifyCode(two?.id ?? '', newestCode(simulator));
    expect(errorOf(answer)).toEqual(throttled);
    expect(at(answer.body, 'error', 'is_transient')).toBe(true);
    simulator.advance('PT59M59S');
    expect(errorOf(await verifyCode(two?.id ?? '', newestCode(simulator))).code).toBe(4);
    simulator.advance('PT1S');
    await requestCode(two?.id ?? '');
    expect((await verifyCode(two?.id ?? '', newestCode(simulator))).status).toBe(200);
  });
});

test('neither codes nor locks are told by the state', async () => {
  const simulator = await playground({ assume: { wrongCodeLimit: 1 } });
  const { requestCode, verifyCode } = calls(simulator);
  const { id } = seedOne(simulator, waiting);
  await requestCode(id);
  await verifyCode(id, otherThan(newestCode(simulator)));
  const state = JSON.stringify(simulator.state());
  expect(state).not.toContain(newestCode(simulator));
  expect(state).not.toMatch(/lock/i);
});
