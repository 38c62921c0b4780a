import { describe, expect, test } from 'vitest';
import type { Simulator, SimulatorOptions } from '../../src/index.ts';
import { at, errorOf, graph, text } from '../support/graph-client.ts';
import { playground, seedOne } from '../support/playground.ts';
import { calls, customerWithOwnNumber, wordsOf } from './support/number-calls.ts';

const LIMIT = { status: 403, code: 200, subcode: 1349175 };

/** A customer with two registered numbers and one that is verified but not registered. */
async function atTheLimit(options: SimulatorOptions = {}) {
  const simulator = await playground(options);
  const customer = await customerWithOwnNumber(simulator);
  const attach = () => attachOne(simulator, customer);
  const second = await attach();
  const third = await attach();
  const { register } = calls(simulator, customer.token);
  expect((await register(customer.phoneNumberId)).status).toBe(200);
  expect((await register(second)).status).toBe(200);
  return { simulator, ...customer, attach, third, register };
}

async function attachOne(simulator: Simulator, { wabaId, token }: { wabaId: string; token: string }) {
  const { id, phoneNumber } = seedOne(simulator);
  const json = { preverified_id: id, cc: '1', phone_number: phoneNumber, verified_name: 'Another' };
  return text((await calls(simulator, token).create(wabaId, json)).body, 'id');
}

const named = { cc: '1', phone_number: '5550783899', verified_name: 'One too many' };

describe.each(['live', 'openapi'] as const)('in the %s profile', (profile) => {
  test('a portfolio with two registered numbers gets no further one', async () => {
    const { simulator, wabaId, token } = await atTheLimit({ profile });
    const { create } = calls(simulator, token);
    const ordinary = await create(wabaId, named);
    expect(errorOf(ordinary)).toEqual(LIMIT);
    expect(wordsOf(ordinary).title).toBe('Limit Exceeded');
    const { id } = seedOne(simulator, { phoneNumbers: ['15550783899'] });
    expect(errorOf(await create(wabaId, { preverified_id: id, ...named }))).toEqual(LIMIT);
    expect(simulator.state().preverifiedNumbers.map((number) => number.id)).toEqual([id]);
  });

  test('and a third one on it cannot be registered', async () => {
    const { register, third, phoneNumberId } = await atTheLimit({ profile });
    expect(errorOf(await register(third))).toEqual(LIMIT);
    expect((await register(phoneNumberId)).status).toBe(200);
  });
});

test('deregistering one of two makes room', async () => {
  const { simulator, token, register, third, phoneNumberId } = await atTheLimit();
  expect((await calls(simulator, token).deregister(phoneNumberId)).status).toBe(200);
  expect((await register(third)).status).toBe(200);
});

test('a verified business may have twenty, over HTTP and typed', async () => {
  const { simulator, businessId, token, wabaId, attach, register, third } = await atTheLimit();
  const verify = (json: unknown) => graph(simulator, `POST /__simulator/businesses/${businessId}`, { json });
  expect(await verify({ verified: true })).toMatchObject({
    status: 200,
    body: { id: businessId, verified: true },
  });
  expect((await register(third)).status).toBe(200);
  for (let registered = 3; registered < 20; registered += 1) {
    expect((await register(await attach())).status).toBe(200);
  }
  expect(errorOf(await calls(simulator, token).create(wabaId, named))).toEqual(LIMIT);
  simulator.setBusinessVerified(businessId, false);
  expect(simulator.state().businesses.find(({ id }) => id === businessId)?.verified).toBe(false);
});

test('the business and its account tell whether Meta verified it', async () => {
  const simulator = await playground();
  const { businessId, wabaId, token } = await customerWithOwnNumber(simulator);
  const { read } = calls(simulator, token);
  const told = async () => [
    at((await read(businessId, 'verification_status')).body, 'verification_status'),
    at((await read(wabaId, 'business_verification_status')).body, 'business_verification_status'),
  ];
  expect(await told()).toEqual(['not_verified', 'not_verified']);
  simulator.setBusinessVerified(businessId, true);
  expect(await told()).toEqual(['verified', 'verified']);
});

test('the cap can be left to adding alone', async () => {
  const { simulator, wabaId, token, register, third } = await atTheLimit({
    assume: { numberLimitAt: 'add' },
  });
  expect((await register(third)).status).toBe(200);
  expect(errorOf(await calls(simulator, token).create(wabaId, named))).toEqual(LIMIT);
});

test.each([{}, { verified: 'yes' }, { verified: true, name: 'x' }])(
  '%o is no change of a business',
  async (json) => {
    const simulator = await playground();
    const { businessId } = await customerWithOwnNumber(simulator);
    const answer = await graph(simulator, `POST /__simulator/businesses/${businessId}`, { json });
    expect(answer.status).toBe(400);
    expect(simulator.state().businesses.find(({ id }) => id === businessId)?.verified).toBe(false);
  },
);

test('a business that is not there cannot be verified', async () => {
  const simulator = await playground();
  expect(() => simulator.setBusinessVerified('1', true)).toThrow(RangeError);
});

test.each([
  ['TIER_2K', 200],
  ['TIER_UNLIMITED', 200],
  ['TIER_250', 403],
] as const)('a number with %s raises the cap, or not: %i', async (tier, status) => {
  const { simulator, register, third, phoneNumberId } = await atTheLimit();
  simulator.emit({ kind: 'phone-number-quality-update', phoneNumberId, event: 'ONBOARDING', tier });
  expect((await register(third)).status).toBe(status);
});
