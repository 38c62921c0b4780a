import { describe, expect, test } from 'vitest';
import { at, errorOf } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';
import { calls, newestCode } from './support/number-calls.ts';

describe.each([90, 14] as const)('with %i days to register', (daysToRegister) => {
  test('a claimed number lapses then, and is verified again for as long', async () => {
    const simulator = await playground({ assume: { daysToRegister } });
    const { call, read, requestCode, verifyCode, register } = calls(simulator);
    const { phoneNumberId } = await onboarded(simulator);
    const status = async () => {
      const { body } = await read(phoneNumberId, 'code_verification_status,status');
      return [at(body, 'code_verification_status'), at(body, 'status')];
    };
    simulator.advance(`P${daysToRegister - 1}DT23H59M59S`);
    expect(await status()).toEqual(['VERIFIED', 'PENDING']);
    simulator.advance('PT1S');
    expect(await status()).toEqual(['EXPIRED', 'UNVERIFIED']);
    expect(errorOf(await register(phoneNumberId)).code).toBe(133006);

    await requestCode(phoneNumberId);
    await verifyCode(phoneNumberId, newestCode(simulator));
    simulator.advance(`P${daysToRegister - 1}D`);
    expect(await status()).toEqual(['VERIFIED', 'PENDING']);
    expect((await register(phoneNumberId)).status).toBe(200);
    simulator.advance('P1Y');
    expect(await status()).toEqual(['VERIFIED', 'CONNECTED']);
    expect((await call(`GET /v26.0/${phoneNumberId}`)).status).toBe(200);
  });
});

describe.each(['EXPIRED', 'NOT_VERIFIED', 'UNVERIFIED'] as const)('with %s as the word', (lapsedStatus) => {
  test('a lapsed verification is written so, in the pool and on an account', async () => {
    const simulator = await playground({ assume: { lapsedStatus } });
    const { read } = calls(simulator);
    const pooled = seedOne(simulator, { count: 1, status: 'EXPIRED' });
    const { phoneNumberId } = await onboarded(simulator);
    simulator.advance('P90D');
    for (const id of [pooled.id, phoneNumberId]) {
      expect(at((await read(id, 'code_verification_status')).body, 'code_verification_status')).toBe(
        lapsedStatus,
      );
    }
  });

  test('the list of the pool is filtered by it', async () => {
    const simulator = await playground({ assume: { lapsedStatus } });
    const { id } = seedOne(simulator, { count: 1, status: 'EXPIRED' });
    const path = `GET /v26.0/${simulator.businessId}/preverified_numbers?fields=id&code_verification_status=`;
    const found = async (word: string) => at((await calls(simulator).call(path + word)).body, 'data');
    expect(await found(lapsedStatus)).toEqual([{ id }]);
    expect(await found('VERIFIED')).toEqual([]);
    if (lapsedStatus !== 'EXPIRED') expect(await found('EXPIRED')).toEqual([]);
  });
});

test('a number that was never verified is not a lapsed one', async () => {
  const simulator = await playground({ assume: { lapsedStatus: 'UNVERIFIED' } });
  const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
  const { body } = await calls(simulator).read(id, 'code_verification_status');
  expect(at(body, 'code_verification_status')).toBe('NOT_VERIFIED');
});
