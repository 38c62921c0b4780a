import { describe, expect, test } from 'vitest';
import { at, errorOf } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';
import { calls, newestCode, wordsOf } from './support/number-calls.ts';

describe.each([
  ['live', { status: 400, code: 136024, subcode: 2388367 }],
  ['openapi', { status: 422, code: 613 }],
] as const)('asking for too many codes, in the %s profile', (profile, limited) => {
  test('is refused after ten in twelve hours, and allowed again when the oldest is twelve hours old', async () => {
    const simulator = await playground({ profile });
    const { requestCode } = calls(simulator);
    const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
    for (let sent = 1; sent <= 10; sent += 1) {
      expect((await requestCode(id)).status).toBe(200);
      simulator.advance('PT1H');
    }
    expect(errorOf(await requestCode(id))).toEqual(limited);
    expect(simulator.inbox()).toHaveLength(10);
    simulator.advance('PT1H59M59S');
    expect(errorOf(await requestCode(id))).toEqual(limited);
    simulator.advance('PT1S');
    expect((await requestCode(id)).status).toBe(200);
  });
});

test('the limit is a switch, and counts each number for itself', async () => {
  const simulator = await playground({ assume: { codeRequestLimit: 1, codeRequestWindowHours: 24 } });
  const { requestCode } = calls(simulator);
  const [one, two] = simulator.seedNumbers({ count: 2, status: 'NOT_VERIFIED' });
  expect((await requestCode(one?.id ?? '')).status).toBe(200);
  expect(errorOf(await requestCode(one?.id ?? '')).subcode).toBe(2388367);
  expect((await requestCode(two?.id ?? '')).status).toBe(200);
  simulator.advance('P1D');
  expect((await requestCode(one?.id ?? '')).status).toBe(200);
});

test('the limit stays with a number that is deleted and added again', async () => {
  const simulator = await playground({ assume: { codeRequestLimit: 1 } });
  const { call, requestCode } = calls(simulator);
  const { id } = seedOne(simulator, { phoneNumbers: ['+15550783881'], status: 'NOT_VERIFIED' });
  await requestCode(id);
  await call(`DELETE /v26.0/${id}`);
  const again = seedOne(simulator, { phoneNumbers: ['+15550783881'], status: 'NOT_VERIFIED' });
  expect(errorOf(await requestCode(again.id)).subcode).toBe(2388367);
});

test('a limited request says so in words, and that trying again by itself does not help', async () => {
  const simulator = await playground({ assume: { codeRequestLimit: 0 } });
  const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
  const answer = await calls(simulator).requestCode(id);
  expect(wordsOf(answer)).toMatchObject({ message: 'Request code error', title: 'Request code rate limit' });
  expect(at(answer.body, 'error', 'is_transient')).toBe(false);
});

test('the openapi profile words the refusals as its examples do', async () => {
  const simulator = await playground({ profile: 'openapi', assume: { codeRequestLimit: 0 } });
  const { call, requestCode } = calls(simulator);
  const fresh = seedOne(simulator);
  const waiting = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
  const path = `POST /v26.0/${waiting.id}/request_code`;
  const answers = [
    await requestCode(waiting.id),
    await requestCode(fresh.id),
    await call(`${path}?code_method=FAX&language=en`),
    await call(`${path}?code_method=SMS&language=!`),
  ];
  expect(answers.map((answer) => wordsOf(answer).message)).toEqual([
    'Too many verification code requests. Please wait before requesting another code',
    'This phone number has already been verified',
    'Invalid parameter: code_method must be SMS or VOICE',
    'Invalid parameter: language must be a valid locale identifier',
  ]);
});

describe.each([
  ['live', { status: 400, code: 136024 }],
  ['openapi', { status: 422, code: 100 }],
] as const)('in the %s profile', (profile, refused) => {
  test('a number on an account that is verified gets no code', async () => {
    const simulator = await playground({ profile });
    const { phoneNumberId } = await onboarded(simulator);
    expect(errorOf(await calls(simulator).requestCode(phoneNumberId))).toEqual(refused);
    expect(simulator.inbox()).toEqual([]);
  });

  test('a claimed number of the pool gets none either', async () => {
    const simulator = await playground({ profile });
    const { number } = await onboarded(simulator);
    const { code } = errorOf(await calls(simulator).requestCode(number.id));
    expect(code).toBe(profile === 'live' ? 100 : 803);
  });
});

test('codes asked for in the popup count too', async () => {
  const simulator = await playground({ assume: { codeRequestLimit: 1 } });
  const { id } = seedOne(simulator, { count: 1, status: 'EXPIRED' });
  const { phoneNumberId = '' } = simulator.signUp({ numberId: id });
  expect(newestCode(simulator)).toMatch(/^\d{6}$/);
  simulator.advance('P90D');
  expect((await calls(simulator).requestCode(phoneNumberId)).status).toBe(200);
  expect(errorOf(await calls(simulator).requestCode(phoneNumberId)).subcode).toBe(2388367);
});
