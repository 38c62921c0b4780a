import { describe, expect, test } from 'vitest';
import { at, errorOf } from '../support/graph-client.ts';
import { NOON, onboarded, playground } from '../support/playground.ts';
import { calls, numberOf } from './support/number-calls.ts';

test('a deregistered number stays verified and with its PIN, and can be registered again', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const { read, register, deregister } = calls(simulator, token);
  await register(phoneNumberId, { data_localization_region: 'DE' });
  simulator.advance('P1Y');
  expect((await deregister(phoneNumberId)).body).toEqual({ success: true });
  const fields = 'status,platform_type,code_verification_status,is_pin_enabled,throughput';
  expect((await read(phoneNumberId, fields)).body).toEqual({
    id: phoneNumberId,
    status: 'DISCONNECTED',
    platform_type: 'NOT_APPLICABLE',
    code_verification_status: 'VERIFIED',
    is_pin_enabled: true,
    throughput: { level: 'NOT_APPLICABLE' },
  });
  expect(numberOf(simulator, phoneNumberId)).toMatchObject({ deregisteredAt: simulator.now() });
  expect(numberOf(simulator, phoneNumberId)).not.toHaveProperty('registeredAt');
  expect(errorOf(await register(phoneNumberId, { pin: '654321' })).code).toBe(133005);
  expect((await register(phoneNumberId)).status).toBe(200);
  expect(at((await read(phoneNumberId, 'status')).body, 'status')).toBe('CONNECTED');
  expect(simulator.now()).toBeGreaterThan(NOON);
});

test('it ends local storage', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const { call, register, deregister } = calls(simulator, token);
  const region = async () => {
    const { body } = await call(`GET /v26.0/${phoneNumberId}/settings`);
    return at(body, 'storage_configuration', 'data_localization_region');
  };
  await register(phoneNumberId, { data_localization_region: 'DE' });
  expect(await region()).toBe('DE');
  await deregister(phoneNumberId);
  expect(await region()).toBeUndefined();
});

test('left unregistered for 90 days, it must be verified again', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const { register, deregister } = calls(simulator, token);
  await register(phoneNumberId);
  await deregister(phoneNumberId);
  simulator.advance('P89D');
  expect(numberOf(simulator, phoneNumberId)?.status).toBe('VERIFIED');
  simulator.advance('P1D');
  expect(errorOf(await register(phoneNumberId)).code).toBe(133006);
});

test.each([
  ['live', { status: 400, code: 100 }],
  ['openapi', { status: 400, code: 100, subcode: 2207051 }],
] as const)(
  'in the %s profile a number that is not registered cannot be deregistered',
  async (profile, refused) => {
    const simulator = await playground({ profile });
    const { phoneNumberId, token } = await onboarded(simulator);
    expect(errorOf(await calls(simulator, token).deregister(phoneNumberId))).toEqual(refused);
  },
);

describe.each(['live', 'openapi'] as const)('in the %s profile', (profile) => {
  test('ten calls in 72 hours are allowed, counted apart from those of register', async () => {
    const simulator = await playground({ profile });
    const { phoneNumberId, token } = await onboarded(simulator);
    const { register, deregister } = calls(simulator, token);
    for (let call = 1; call <= 10; call += 1) {
      expect((await register(phoneNumberId)).status).toBe(200);
      expect((await deregister(phoneNumberId)).status).toBe(200);
    }
    expect(numberOf(simulator, phoneNumberId)).toMatchObject({ registerCalls: 10, deregisterCalls: 10 });
    expect(errorOf(await deregister(phoneNumberId))).toEqual({ status: 400, code: 133016 });
    expect(errorOf(await register(phoneNumberId))).toEqual({ status: 400, code: 133016 });
    simulator.advance('PT71H59M');
    expect(errorOf(await deregister(phoneNumberId)).code).toBe(133016);
    simulator.advance('PT1M');
    expect((await register(phoneNumberId)).status).toBe(200);
    expect((await deregister(phoneNumberId)).status).toBe(200);
  });
});
