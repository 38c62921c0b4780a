import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { calls, customerWithOwnNumber } from '../numbers/support/number-calls.ts';
import { text } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';

/** A simulator whose provider keeps texts until they are asked for. */
async function withProvider(): Promise<Simulator> {
  const simulator = await playground();
  simulator.setSms({ url: 'http://127.0.0.1:9/sms', auto: false });
  return simulator;
}

const receivers = (simulator: Simulator) => simulator.smsDeliveries().map(({ to }) => to);

describe('a code is handed in', () => {
  test('when it goes to a number of the pool, as it was sent', async () => {
    const simulator = await withProvider();
    const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
    await calls(simulator).requestCode(id);
    const [sent] = simulator.inbox('+15550100001');
    expect(simulator.smsDeliveries()).toEqual([
      {
        id: '1',
        to: '+15550100001',
        text: sent?.text,
        sentAt: sent?.sentAt,
        state: 'waiting',
        attempts: [],
        nextAt: sent?.sentAt,
      },
    ]);
  });

  test('when a customer asks for it in the popup, for a number of the pool that lapsed', async () => {
    const simulator = await withProvider();
    const { id } = seedOne(simulator, { count: 1, status: 'EXPIRED' });
    simulator.signUp({ numberId: id });
    expect(receivers(simulator)).toEqual(['+15550100001']);
  });

  test('when it goes to a number on an account', async () => {
    const simulator = await withProvider();
    const { phoneNumberId } = await onboarded(simulator);
    simulator.advance('P91D');
    await calls(simulator).requestCode(phoneNumberId);
    expect(receivers(simulator)).toEqual(['+15550100001']);
  });
});

describe('a code is handed in to nobody', () => {
  test('when it is told by a call', async () => {
    const simulator = await withProvider();
    const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
    await calls(simulator).call(`POST /v26.0/${id}/request_code?code_method=VOICE&language=en_US`);
    expect(simulator.inbox()).toHaveLength(1);
    expect(simulator.smsDeliveries()).toEqual([]);
  });

  test('when it goes to the number that a customer brings', async () => {
    const simulator = await withProvider();
    await customerWithOwnNumber(simulator);
    expect(simulator.inbox()).toHaveLength(1);
    expect(simulator.smsDeliveries()).toEqual([]);
  });

  test('when it goes to the pool of another partner', async () => {
    const simulator = await withProvider();
    const { businessId, systemUserToken } = simulator.addPartner();
    const { call, requestCode } = calls(simulator, systemUserToken);
    const { body } = await call(`POST /v26.0/${businessId}/add_phone_numbers?phone_number=15550783881`);
    expect((await requestCode(text(body, 'id'))).status).toBe(200);
    expect(simulator.inbox()).toHaveLength(1);
    expect(simulator.smsDeliveries()).toEqual([]);
  });

  test('when none is sent', async () => {
    const simulator = await withProvider();
    expect((await calls(simulator).requestCode(seedOne(simulator).id)).status).toBe(400);
    expect(simulator.smsDeliveries()).toEqual([]);
  });

  test('when there is no provider, nor later when there is one', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
    await calls(simulator).requestCode(id);
    simulator.setSms({ url: 'http://127.0.0.1:9/sms', auto: false });
    expect(simulator.smsDeliveries()).toEqual([]);
  });
});
