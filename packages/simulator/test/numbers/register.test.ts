import { describe, expect, test } from 'vitest';
import { errorOf } from '../support/graph-client.ts';
import { onboarded, playground } from '../support/playground.ts';
import { calls, numberOf, wordsOf } from './support/number-calls.ts';

describe.each(['live', 'openapi'] as const)('in the %s profile', (profile) => {
  test('five wrong PINs lock register for twelve hours, for the right PIN too', async () => {
    const simulator = await playground({ profile });
    const { phoneNumberId, token } = await onboarded(simulator);
    const { register } = calls(simulator, token);
    await register(phoneNumberId);
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      expect(errorOf(await register(phoneNumberId, { pin: '654321' }))).toEqual({
        status: 400,
        code: 133005,
      });
    }
    const locked = await register(phoneNumberId);
    expect(errorOf(locked)).toEqual({ status: 400, code: 133008 });
    expect(wordsOf(locked).details).toContain('720 minutes');
    simulator.advance('PT11H59M');
    const nearly = await register(phoneNumberId);
    expect(errorOf(nearly)).toEqual({ status: 400, code: 133008 });
    expect(wordsOf(nearly).details).toContain('1 minute.');
    simulator.advance('PT1M');
    expect((await register(phoneNumberId)).status).toBe(200);
  });

  test('a PIN too soon after a wrong one is not looked at, when the switch says so', async () => {
    const simulator = await playground({ profile, assume: { pinGuessPauseSeconds: 30, pinGuessLimit: 2 } });
    const { phoneNumberId, token } = await onboarded(simulator);
    const { register } = calls(simulator, token);
    await register(phoneNumberId);
    await register(phoneNumberId, { pin: '654321' });
    expect(errorOf(await register(phoneNumberId))).toEqual({ status: 400, code: 133009 });
    expect(errorOf(await register(phoneNumberId, { pin: '654321' }))).toEqual({ status: 400, code: 133009 });
    simulator.advance('PT29S');
    expect(errorOf(await register(phoneNumberId)).code).toBe(133009);
    simulator.advance('PT1S');
    expect((await register(phoneNumberId)).status).toBe(200);
  });
});

test('the right PIN forgives the wrong ones before it', async () => {
  const simulator = await playground({ assume: { pinGuessLimit: 2 } });
  const { phoneNumberId, token } = await onboarded(simulator);
  const { register } = calls(simulator, token);
  for (let round = 1; round <= 3; round += 1) {
    expect((await register(phoneNumberId)).status).toBe(200);
    expect(errorOf(await register(phoneNumberId, { pin: '654321' })).code).toBe(133005);
  }
});

test('a PIN set before is the one that register wants', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const { call, register } = calls(simulator, token);
  await call(`POST /v26.0/${phoneNumberId}`, { pin: '424242' });
  expect(errorOf(await register(phoneNumberId, { pin: '123456' })).code).toBe(133005);
  expect((await register(phoneNumberId, { pin: '424242' })).status).toBe(200);
});

test('a registered number can send: its fields say so', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const { read, register } = calls(simulator, token);
  const fields = 'quality_rating,throughput,health_status{can_send_message}';
  expect((await read(phoneNumberId, fields)).body).toMatchObject({
    quality_rating: 'UNKNOWN',
    throughput: { level: 'NOT_APPLICABLE' },
    health_status: { can_send_message: 'BLOCKED' },
  });
  await register(phoneNumberId);
  expect((await read(phoneNumberId, fields)).body).toMatchObject({
    quality_rating: 'GREEN',
    throughput: { level: 'STANDARD' },
    health_status: { can_send_message: 'AVAILABLE' },
  });
  expect(numberOf(simulator, phoneNumberId)?.registerCalls).toBe(1);
  simulator.advance('P4D');
  expect(numberOf(simulator, phoneNumberId)?.registerCalls).toBe(0);
});

test('PINs are not told by state or ledger', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  await calls(simulator, token).register(phoneNumberId, { pin: '864209' });
  await calls(simulator, token).call(`POST /v26.0/${phoneNumberId}?pin=864208`);
  const told = JSON.stringify([simulator.state(), simulator.requests()]);
  expect(told).not.toMatch(/86420[89]/);
});
