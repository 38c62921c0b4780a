import { describe, expect, test } from 'vitest';
import { at, errorOf, graph, queryOf, text } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';
import { calls, customerWithOwnNumber, newestCode, numberOf, wordsOf } from './support/number-calls.ts';

const lucky = { cc: '1', phone_number: '5550783881', verified_name: 'Lucky Shrub' };

describe('an ordinary number', () => {
  test('is added unverified, and is then verified and registered', async () => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    const { create, read, requestCode, verifyCode, register } = calls(simulator, token);
    const added = await create(wabaId, lucky);
    expect(added.status).toBe(200);
    const id = text(added.body, 'id');
    const fields = 'code_verification_status,status,platform_type,is_preverified_number,display_phone_number';
    expect((await read(id, fields)).body).toEqual({
      id,
      code_verification_status: 'NOT_VERIFIED',
      status: 'UNVERIFIED',
      platform_type: 'NOT_APPLICABLE',
      is_preverified_number: false,
      display_phone_number: '+1 555-078-3881',
    });
    expect(errorOf(await register(id)).code).toBe(133006);
    expect((await requestCode(id)).status).toBe(200);
    expect((await verifyCode(id, newestCode(simulator))).body).toEqual({ success: true, id });
    expect(at((await read(id, 'status')).body, 'status')).toBe('PENDING');
    expect((await register(id)).status).toBe(200);
    expect((await read(id, 'status,platform_type')).body).toEqual({
      id,
      status: 'CONNECTED',
      platform_type: 'CLOUD_API',
    });
  });

  test.each([
    ['without its calling code', '1', '(555) 078-3881'],
    ['with its calling code', '1', '15550783881'],
    ['with a plus', '1', '+1 555 078 3881'],
  ])('may be named %s', async (_how, cc, phone_number) => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    const { body } = await calls(simulator, token).create(wabaId, { ...lucky, cc, phone_number });
    expect(numberOf(simulator, text(body, 'id'))?.phoneNumber).toBe('+15550783881');
  });

  test('that begins like its calling code keeps all its digits', async () => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    const { body } = await calls(simulator, token).create(wabaId, {
      ...lucky,
      cc: '7',
      phone_number: '7012345678',
    });
    expect(numberOf(simulator, text(body, 'id'))?.phoneNumber).toBe('+77012345678');
  });

  test('may be named as in 2024, and in the query', async () => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    const named = { country_dial_code: '44', display_phone_number: '2079460958', verified_name: 'Shop' };
    const path = `POST /v26.0/${wabaId}/phone_numbers?${queryOf(named)}`;
    const { body } = await graph(simulator, path, { token });
    expect(numberOf(simulator, text(body, 'id'))?.phoneNumber).toBe('+442079460958');
  });

  test.each([
    [{ cc: undefined }, 'cc'],
    [{ cc: 'US' }, 'cc'],
    [{ cc: '1234' }, 'cc'],
    [{ phone_number: undefined }, 'phone_number'],
    [{ phone_number: 'five' }, 'phone_number'],
    [{ phone_number: '12' }, 'phone_number'],
    [{ verified_name: undefined }, 'verified_name'],
    [{ verified_name: 'X' }, 'verified_name'],
    [{ verified_name: 'X'.repeat(76) }, 'verified_name'],
    [{ migrate_phone_number: true }, 'migrate_phone_number'],
  ])('with %o is refused, naming %s', async (changes, name) => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    const answer = await calls(simulator, token).create(wabaId, { ...lucky, ...changes });
    expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
    expect(wordsOf(answer).message).toContain(name);
    expect(simulator.state().phoneNumbers).toHaveLength(1);
  });

  test.each(['XX', 'X'.repeat(75)])('may be called %s', async (verified_name) => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    expect((await calls(simulator, token).create(wabaId, { ...lucky, verified_name })).status).toBe(200);
  });
});

describe.each([
  ['live', { status: 400, code: 100, subcode: 2388012 }, { status: 400, code: 100 }],
  ['openapi', { status: 409, code: 100 }, { status: 409, code: 100 }],
] as const)('a number that is taken, in the %s profile', (profile, sameAccount, elsewhere) => {
  test('is refused', async () => {
    const simulator = await playground({ profile });
    const { wabaId, token } = await customerWithOwnNumber(simulator, '+15550783881');
    await customerWithOwnNumber(simulator, '+15550783882', 'tomas');
    seedOne(simulator, { phoneNumbers: ['+15550783883'] });
    const add = (phone_number: string) => calls(simulator, token).create(wabaId, { ...lucky, phone_number });
    const listed = await add('5550783881');
    expect(errorOf(listed)).toEqual(sameAccount);
    expect(wordsOf(listed).words).toContain('already exists in your list of phone numbers');
    expect(errorOf(await add('5550783882'))).toEqual(elsewhere);
    expect(errorOf(await add('5550783883'))).toEqual(elsewhere);
    expect(simulator.state().phoneNumbers).toHaveLength(2);
  });
});

describe('a number of the pool', () => {
  test.each([
    ['VERIFIED', 'VERIFIED'],
    ['EXPIRED', 'NOT_VERIFIED'],
    ['NOT_VERIFIED', 'NOT_VERIFIED'],
  ] as const)('that is %s comes onto the account as %s', async (status, afterwards) => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    const pooled = seedOne(simulator, { phoneNumbers: ['15550783881'], status });
    const answer = await calls(simulator, token).create(wabaId, { preverified_id: pooled.id, ...lucky });
    expect(numberOf(simulator, text(answer.body, 'id'))).toMatchObject({
      status: afterwards,
      isPreverified: true,
    });
    expect(simulator.state().preverifiedNumbers).toEqual([]);
  });
});
