import { describe, expect, test } from 'vitest';
import { at, errorOf, queryOf } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';
import { calls, customerWithOwnNumber, wordsOf } from './support/number-calls.ts';

const FULL = 'Maximum number of phone numbers per business account exceeded';
const IN_USE = 'Cannot delete phone number that is currently in use';

describe.each([
  ['live', 400],
  ['openapi', 422],
] as const)('in the %s profile', (profile, status) => {
  test('a full pool takes no further number until one leaves it', async () => {
    const simulator = await playground({ profile, numbers: 2, assume: { poolLimit: 2 } });
    const { call } = calls(simulator);
    const add = () =>
      call(
        `POST /v26.0/${simulator.businessId}/add_phone_numbers?${queryOf({ phone_number: '15550783881' })}`,
      );
    const answer = await add();
    expect(errorOf(answer)).toEqual({ status, code: 100 });
    expect(wordsOf(answer).message).toContain(FULL);
    simulator.signUp({ numberId: simulator.state().preverifiedNumbers[0]?.id });
    expect((await add()).status).toBe(200);
  });

  test('a claimed number that still answers is in use and cannot be deleted', async () => {
    const simulator = await playground({ profile, assume: { claimedPreverified: 'readable' } });
    const { number } = await onboarded(simulator);
    const answer = await calls(simulator).call(`DELETE /v26.0/${number.id}`);
    expect(errorOf(answer)).toEqual({ status, code: 100 });
    expect(wordsOf(answer).message).toContain(IN_USE);
  });
});

test.each([
  ['live', { success: true }],
  ['openapi', { success: 'true' }],
] as const)('deleting answers in the %s profile with %o', async (profile, body) => {
  const simulator = await playground({ profile });
  const { id } = seedOne(simulator);
  expect((await calls(simulator).call(`DELETE /v26.0/${id}`)).body).toEqual(body);
  expect(simulator.state().preverifiedNumbers).toEqual([]);
});

test('a number that is on an account somewhere cannot be added to the pool', async () => {
  const simulator = await playground();
  await customerWithOwnNumber(simulator, '+15550783881');
  const path = `POST /v26.0/${simulator.businessId}/add_phone_numbers?phone_number=%2B1%20555-078-3881`;
  const answer = await calls(simulator).call(path);
  expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
  expect(wordsOf(answer)).toMatchObject({
    message: '(#100) Invalid phone number',
    title: 'Invalid phone number',
  });
});

describe('a claimed number', () => {
  test('is gone by default', async () => {
    const simulator = await playground();
    const { number } = await onboarded(simulator);
    expect(errorOf(await calls(simulator).read(number.id))).toEqual({ status: 400, code: 100, subcode: 33 });
  });

  test('answers on its node when the switch says so, and is gone everywhere else', async () => {
    const simulator = await playground({ assume: { claimedPreverified: 'readable' } });
    const { call, read, requestCode, verifyCode, create } = calls(simulator);
    const { number, wabaId } = await onboarded(simulator);
    const { body } = await read(number.id);
    expect(body).toMatchObject({ id: number.id, code_verification_status: 'VERIFIED' });

    const listed = await call(`GET /v26.0/${simulator.businessId}/preverified_numbers`);
    expect(at(listed.body, 'data')).toEqual([]);
    expect(simulator.state().preverifiedNumbers).toEqual([]);
    expect(() => simulator.signUp({ numberId: number.id })).toThrow('no longer available');
    expect(() => simulator.signUp({ ids: [number.id] })).toThrow('no number');
    expect(errorOf(await requestCode(number.id)).subcode).toBe(33);
    expect(errorOf(await verifyCode(number.id, '123456')).subcode).toBe(33);
    const named = { cc: '1', phone_number: '5550100001', verified_name: 'Again' };
    expect(errorOf(await create(wabaId, { preverified_id: number.id, ...named }))).toEqual({
      status: 400,
      code: 100,
    });
    expect((await read(number.id)).status).toBe(200);
  });

  test('is seen by the BSP only', async () => {
    const simulator = await playground({ assume: { claimedPreverified: 'readable' } });
    const { number, token } = await onboarded(simulator);
    expect(errorOf(await calls(simulator, token).read(number.id)).subcode).toBe(33);
  });
});
