import { describe, expect, test } from 'vitest';
import type { Simulator } from '../src/index.ts';
import { at, errorOf, graph } from './support/graph-client.ts';
import { onboarded, playground } from './support/playground.ts';

interface Customer {
  readonly phoneNumberId: string;
  readonly token: string;
}

function register(
  simulator: Simulator,
  { phoneNumberId, token }: Customer,
  changes: Record<string, unknown> = {},
) {
  const json = { messaging_product: 'whatsapp', pin: '123456', ...changes };
  return graph(simulator, `POST /v26.0/${phoneNumberId}/register`, { token, json });
}

describe.each(['live', 'openapi'] as const)('in the %s profile', (profile) => {
  test('a verified number becomes connected, and stays so when registered again with its PIN', async () => {
    const simulator = await playground({ profile });
    const customer = await onboarded(simulator);
    expect((await register(simulator, customer)).body).toEqual({ success: true });
    expect((await register(simulator, customer)).body).toEqual({ success: true });
    const fields = 'status,platform_type,throughput,is_pin_enabled,quality_rating';
    const { body } = await graph(simulator, `GET /${customer.phoneNumberId}?fields=${fields}`, customer);
    expect(body).toEqual({
      id: customer.phoneNumberId,
      status: 'CONNECTED',
      platform_type: 'CLOUD_API',
      throughput: { level: 'STANDARD' },
      is_pin_enabled: true,
      quality_rating: 'GREEN',
    });
  });

  test('the first PIN is remembered: another one is 133005', async () => {
    const simulator = await playground({ profile });
    const customer = await onboarded(simulator);
    await register(simulator, customer);
    const answer = await register(simulator, customer, { pin: '654321' });
    expect(errorOf(answer)).toEqual({ status: 400, code: 133005 });
    expect(at(answer.body, 'error', 'error_data')).toEqual({
      messaging_product: 'whatsapp',
      details: expect.any(String),
    });
  });

  test('an eleventh call within 72 hours is 133016, and the number is blocked for 72 more', async () => {
    const simulator = await playground({ profile });
    const customer = await onboarded(simulator);
    for (let call = 1; call <= 10; call += 1) {
      expect((await register(simulator, customer)).status).toBe(200);
      simulator.advance('PT7H');
    }
    expect(errorOf(await register(simulator, customer))).toEqual({ status: 400, code: 133016 });
    simulator.advance('PT71H');
    expect(errorOf(await register(simulator, customer)).code).toBe(133016);
    simulator.advance('PT1H');
    expect((await register(simulator, customer)).status).toBe(200);
  });

  test('ten calls in a moving window of 72 hours are allowed for ever', async () => {
    const simulator = await playground({ profile });
    const customer = await onboarded(simulator);
    for (let call = 1; call <= 25; call += 1) {
      expect((await register(simulator, customer)).status).toBe(200);
      simulator.advance('PT7H12M');
    }
  });

  test('a number that lapsed before it was registered is 133006', async () => {
    const simulator = await playground({ profile });
    const customer = await onboarded(simulator);
    simulator.advance('P90D');
    expect(errorOf(await register(simulator, customer))).toEqual({ status: 400, code: 133006 });
  });

  test('once registered, a number stays verified', async () => {
    const simulator = await playground({ profile });
    const customer = await onboarded(simulator);
    await register(simulator, customer);
    simulator.advance('P1Y');
    expect(simulator.state().phoneNumbers[0]?.status).toBe('VERIFIED');
  });

  test.each([
    { pin: '12345' },
    { pin: 'abcdef' },
    { pin: undefined },
    { messaging_product: undefined },
    { messaging_product: 'sms' },
    { data_localization_region: 'XX' },
  ])('%o is an invalid parameter, and still counts', async (changes) => {
    const simulator = await playground({ profile });
    const customer = await onboarded(simulator);
    expect(errorOf(await register(simulator, customer, changes))).toEqual({ status: 400, code: 100 });
    expect(simulator.state().phoneNumbers[0]).toMatchObject({ registerCalls: 1, hasPin: false });
  });
});
