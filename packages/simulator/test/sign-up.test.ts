import { describe, expect, test } from 'vitest';
import { SignUpImpossibleError } from '../src/index.ts';
import { at, graph } from './support/graph-client.ts';
import { NOON, exchange, playground, seedOne } from './support/playground.ts';

describe('claiming a pool number', () => {
  test('takes it out of the pool and puts it onto the customer’s account under another id', async () => {
    const simulator = await playground();
    const { id, phoneNumber } = seedOne(simulator);
    const { wabaId, phoneNumberId, businessId } = simulator.signUp({ ids: [id] });
    const { preverifiedNumbers, phoneNumbers, accounts } = simulator.state();
    expect(preverifiedNumbers).toEqual([]);
    expect(phoneNumbers).toMatchObject([
      { id: phoneNumberId, wabaId, phoneNumber, status: 'VERIFIED', isPreverified: true, onboardedAt: NOON },
    ]);
    expect(accounts).toMatchObject([{ id: wabaId, ownerBusinessId: businessId, subscribed: false }]);
    expect(phoneNumberId).not.toBe(id);
    for (const each of [wabaId, phoneNumberId, businessId]) expect(each).toMatch(/^\d{15,17}$/);
    const gone = await graph(simulator, `GET /v26.0/${id}`, { token: simulator.systemUserToken });
    expect(at(gone.body, 'error', 'error_subcode')).toBe(33);
  });

  test('of two customers after one number the second gets nothing, and nothing is half done', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    simulator.signUp({ numberId: id });
    const before = simulator.state();
    expect(() => simulator.signUp({ numberId: id })).toThrow(SignUpImpossibleError);
    expect(simulator.state()).toEqual(before);
  });

  test.each([
    ['first', 1],
    ['all', 2],
  ] as const)('with the %s id shown, of two offered %i can be taken', async (preverifiedIdsShown, taken) => {
    const simulator = await playground({ assume: { preverifiedIdsShown } });
    const ids = simulator.seedNumbers({ count: 2 }).map(({ id }) => id);
    for (let customer = 1; customer <= taken; customer += 1) simulator.signUp({ ids });
    expect(() => simulator.signUp({ ids })).toThrow(SignUpImpossibleError);
    expect(simulator.state().phoneNumbers).toHaveLength(taken);
  });

  test('a lapsed number asks for a code, which goes to the BSP’s phone, and ends up verified', async () => {
    const simulator = await playground();
    const { id, phoneNumber } = seedOne(simulator, { count: 1, status: 'EXPIRED' });
    simulator.signUp({ numberId: id });
    expect(simulator.inbox(phoneNumber)).toHaveLength(1);
    expect(simulator.state().phoneNumbers).toMatchObject([{ status: 'VERIFIED' }]);
  });
});

test('a customer may bring a number of their own', async () => {
  const simulator = await playground();
  const { phoneNumberId, wabaId, code } = simulator.signUp({ ownNumber: '+44 20 7946 0958' });
  const token = await exchange(simulator, code);
  const fields = 'display_phone_number,code_verification_status,is_preverified_number';
  const { body } = await graph(simulator, `GET /${wabaId}/phone_numbers?fields=${fields}`, { token });
  expect(at(body, 'data')).toEqual([
    {
      id: phoneNumberId,
      display_phone_number: '+44 20 7946 0958',
      code_verification_status: 'VERIFIED',
      is_preverified_number: false,
    },
  ]);
  expect(() => simulator.signUp({ ownNumber: '442079460958' })).toThrow(SignUpImpossibleError);
  expect(() => simulator.signUp({ ownNumber: 'home' })).toThrow(SignUpImpossibleError);
});

test('a cancelled sign-up reports the step and changes nothing; a closed window reports nothing', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  const before = simulator.state();
  expect(simulator.signUp({ ids: [id], outcome: 'cancel', step: 'PERMISSIONS' })).toEqual({
    messages: ['{"type":"WA_EMBEDDED_SIGNUP","event":"CANCEL","data":{"current_step":"PERMISSIONS"}}'],
  });
  expect(simulator.signUp({ ids: [id], outcome: 'closed' })).toEqual({ messages: [] });
  expect(simulator.state()).toEqual(before);
});

test('strangers have a business each, the same person has the same one again', async () => {
  const simulator = await playground();
  const ids = simulator.seedNumbers({ count: 6 }).map(({ id }) => id);
  const business = (person?: string, businessName?: string) =>
    simulator.signUp({ numberId: ids.pop(), person, businessName }).businessId;
  expect(business()).not.toBe(business());
  expect(business('tomas')).toBe(business('tomas'));
  const shop = business('tomas', 'Second Shop');
  expect(business('tomas', 'Second Shop')).toBe(shop);
  expect(simulator.state().businesses.map(({ name }) => name)).toContain('Second Shop');
});

test('with no number to take, the sign-up says what is missing', async () => {
  const simulator = await playground();
  expect(() => simulator.signUp({ ids: ['123'] })).toThrow(/numberId, ownNumber, or ids/);
});
