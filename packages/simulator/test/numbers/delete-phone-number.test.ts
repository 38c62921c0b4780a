import { expect, test } from 'vitest';
import { at, errorOf, graph, text } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';
import { calls, customerWithOwnNumber, newestCode, wordsOf } from './support/number-calls.ts';

test.each(['live', 'openapi'] as const)('in the %s profile a deleted number is code 33', async (profile) => {
  const simulator = await playground({ profile });
  const { wabaId, phoneNumberId, token } = await onboarded(simulator);
  const { call, read, register } = calls(simulator, token);
  const deleted = await graph(simulator, `DELETE /__simulator/phone-numbers/${phoneNumberId}`);
  expect(deleted).toMatchObject({ status: 200, body: { deleted: phoneNumberId } });
  const answer = await read(phoneNumberId);
  expect(errorOf(answer)).toEqual({ status: 400, code: 33 });
  expect(wordsOf(answer).details).toContain('deleted');
  expect(errorOf(await register(phoneNumberId)).code).toBe(33);
  expect(at((await call(`GET /v26.0/${wabaId}/phone_numbers`)).body, 'data')).toEqual([]);
});

test('others see no trace of it', async () => {
  const simulator = await playground();
  const { phoneNumberId } = await customerWithOwnNumber(simulator);
  const stranger = await customerWithOwnNumber(simulator, '+15550783882', 'tomas');
  simulator.deletePhoneNumber(phoneNumberId);
  expect(errorOf(await calls(simulator, stranger.token).read(phoneNumberId)).subcode).toBe(33);
});

test.each(['live', 'openapi'] as const)(
  'in the %s profile it can be added again at once, but registered only after five minutes',
  async (profile) => {
    const simulator = await playground({ profile });
    const { wabaId, phoneNumberId, token } = await customerWithOwnNumber(simulator);
    const { create, requestCode, verifyCode, register } = calls(simulator, token);
    simulator.deletePhoneNumber(phoneNumberId);
    const json = { cc: '1', phone_number: '5550783881', verified_name: 'Again' };
    const again = text((await create(wabaId, json)).body, 'id');
    expect(again).not.toBe(phoneNumberId);
    await requestCode(again);
    await verifyCode(again, newestCode(simulator));
    expect(errorOf(await register(again))).toEqual({ status: 400, code: 133015 });
    simulator.advance('PT4M59S');
    expect(errorOf(await register(again)).code).toBe(133015);
    simulator.advance('PT1S');
    expect((await register(again)).status).toBe(200);
  },
);

test('it can go back into the pool and be claimed again', async () => {
  const simulator = await playground();
  const { number, phoneNumberId } = await onboarded(simulator);
  simulator.deletePhoneNumber(phoneNumberId);
  const { id } = seedOne(simulator, { phoneNumbers: [number.phoneNumber] });
  expect(simulator.signUp({ numberId: id }).phoneNumberId).not.toBe(phoneNumberId);
});

test('deleting what is not there is refused with a sentence', async () => {
  const simulator = await playground();
  const { wabaId } = await onboarded(simulator);
  expect(() => simulator.deletePhoneNumber(wabaId)).toThrow(`There is no phone number "${wabaId}"`);
  expect((await graph(simulator, 'DELETE /__simulator/phone-numbers/1')).status).toBe(400);
  expect(simulator.state().phoneNumbers).toHaveLength(1);
});

test('a code sent before it was deleted is worth nothing afterwards', async () => {
  const simulator = await playground();
  const { wabaId, token } = await customerWithOwnNumber(simulator);
  const { create, requestCode, verifyCode } = calls(simulator, token);
  const json = { cc: '1', phone_number: '5550783882', verified_name: 'Second' };
  const first = text((await create(wabaId, json)).body, 'id');
  await requestCode(first);
  simulator.deletePhoneNumber(first);
  const again = text((await create(wabaId, json)).body, 'id');
  expect(errorOf(await verifyCode(again, newestCode(simulator))).code).toBe(136025);
});
