import { describe, expect, test } from 'vitest';
import { SignUpImpossibleError, type SignUpRequest } from '../../src/index.ts';
import { graph } from '../support/graph-client.ts';
import { playground, seedOne } from '../support/playground.ts';

const OWN = '+1 631-555-0100';

describe('a sign-up that cannot be changes nothing', () => {
  test('when the own number is on an account already: not even a code is sent', async () => {
    const simulator = await playground();
    simulator.signUp({ ownNumber: OWN });
    const [state, inbox] = [simulator.state(), simulator.inbox()];
    expect(() => simulator.signUp({ ownNumber: OWN })).toThrow(SignUpImpossibleError);
    expect([simulator.state(), simulator.inbox()]).toEqual([state, inbox]);
  });

  test.each<[string, SignUpRequest]>([
    ['a number with an outcome that brings none', { ownNumber: OWN, outcome: 'only_waba' }],
    ['coexistence without a number', { outcome: 'coexistence' }],
    ['a PIN for a number of the pool', { pin: '123456' }],
    ['somebody else’s account', { ownNumber: OWN, person: 'wei', accountId: '404' }],
    ['no number at all', {}],
    ['an end state that v2 does not have', { outcome: 'only_waba', form: 'v2' }],
    ['a number of a country that does not exist', { ownNumber: '+999 123 456 789' }],
  ])('with %s', async (_what, request) => {
    const simulator = await playground();
    const before = simulator.state();
    expect(() => simulator.signUp(request)).toThrow(SignUpImpossibleError);
    expect(simulator.state()).toEqual(before);
  });

  test.each([
    { outcome: 'won' },
    { step: 'LOG_IN' },
    { pin: '12345', ownNumber: OWN },
    { assets: { pages: ['1'] } },
    { number: OWN },
    { errorBesideData: 'yes' },
  ])('that cannot be read: %o', async (body) => {
    const simulator = await playground();
    const answer = await graph(simulator, 'POST /__simulator/signups', { json: body });
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(/\w{4}/) } });
    expect(simulator.state().accounts).toEqual([]);
  });

  test('with a verified number that is to stay unverified', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const before = simulator.state();
    expect(() => simulator.signUp({ numberId: id, outcome: 'unverified' })).toThrow(/verified already/);
    expect(simulator.state()).toEqual(before);
  });

  test('does not make a person known', async () => {
    const simulator = await playground();
    expect(() => simulator.signUp({ person: 'new', ids: [] })).toThrow(SignUpImpossibleError);
    const { businessId } = simulator.signUp({ person: 'new', ownNumber: OWN });
    expect(simulator.signUp({ person: 'new', ownNumber: '+1 631-555-0101' }).businessId).toBe(businessId);
  });
});

describe('codes in a sign-up', () => {
  test('count with those asked for by API: a number with too many gets no more', async () => {
    const simulator = await playground({ assume: { codeRequestLimit: 2 } });
    const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
    const ask = () =>
      graph(simulator, `POST /${id}/request_code?code_method=SMS&language=en_US`, {
        token: simulator.systemUserToken,
      });
    await ask();
    await ask();
    expect(() => simulator.signUp({ numberId: id })).toThrow(/too many codes/);
    expect(simulator.inbox()).toHaveLength(2);
    simulator.advance('PT12H');
    simulator.signUp({ numberId: id });
    expect(simulator.state().phoneNumbers).toMatchObject([{ status: 'VERIFIED' }]);
  });

  test('a number that is locked after wrong codes cannot be taken until the lock ends', async () => {
    const simulator = await playground({ assume: { wrongCodeLimit: 1 } });
    const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
    await graph(simulator, `POST /${id}/verify_code?code=000000`, { token: simulator.systemUserToken });
    expect(() => simulator.signUp({ numberId: id })).toThrow(/locked/);
    expect(simulator.inbox()).toEqual([]);
    simulator.advance('PT12H');
    simulator.signUp({ numberId: id });
    expect(simulator.state().phoneNumbers).toHaveLength(1);
  });
});

test('a code entered in a sign-up forgives the wrong ones before it', async () => {
  const simulator = await playground({ assume: { wrongCodeLimit: 2 } });
  const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
  const token = simulator.systemUserToken;
  await graph(simulator, `POST /${id}/verify_code?code=000000`, { token });
  const { phoneNumberId } = simulator.signUp({ numberId: id });
  simulator.advance('P90D');
  await graph(simulator, `POST /${phoneNumberId}/request_code?code_method=SMS&language=en`, { token });
  await graph(simulator, `POST /${phoneNumberId}/verify_code?code=000000`, { token });
  const { code } = simulator.inbox().at(-1) ?? { code: '' };
  const answer = await graph(simulator, `POST /${phoneNumberId}/verify_code?code=${code}`, { token });
  expect(answer.body).toMatchObject({ success: true });
});

describe('new customers', () => {
  test.each([10, 200])(
    'are %i in any seven days; known ones do not count again',
    async (onboardingsPerWeek) => {
      const simulator = await playground({ onboardingsPerWeek });
      const own = (next: number) => ({ ownNumber: `+1631555${String(next).padStart(4, '0')}` });
      for (let next = 0; next < onboardingsPerWeek; next += 1) {
        simulator.signUp({ ...own(next), person: `customer ${next}` });
      }
      expect(() => simulator.signUp(own(9000))).toThrow(/onboardingsPerWeek/);
      simulator.signUp({ ...own(9001), person: 'customer 0' });
      simulator.advance('P7D');
      simulator.signUp(own(9002));
    },
  );

  test('count from their first sign-up, one by one', async () => {
    const simulator = await playground({ onboardingsPerWeek: 2 });
    simulator.signUp({ ownNumber: '+16315550001' });
    simulator.advance('P4D');
    simulator.signUp({ ownNumber: '+16315550002' });
    simulator.advance('P3D');
    simulator.signUp({ ownNumber: '+16315550003' });
    expect(() => simulator.signUp({ ownNumber: '+16315550004' })).toThrow(SignUpImpossibleError);
  });
});

test('an own number may have its two-step PIN already: another one is refused', async () => {
  const simulator = await playground();
  const { phoneNumberId } = simulator.signUp({ ownNumber: OWN, pin: '424242' });
  const register = (pin: string) =>
    graph(simulator, `POST /${phoneNumberId}/register`, {
      token: simulator.systemUserToken,
      json: { messaging_product: 'whatsapp', pin },
    });
  expect((await register('123456')).body).toMatchObject({ error: { code: 133005 } });
  expect((await register('424242')).body).toEqual({ success: true });
});
