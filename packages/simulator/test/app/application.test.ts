import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { callback, deliveredTo, subscribed } from '../support/callback.ts';
import { at, errorOf, graph } from '../support/graph-client.ts';
import { sender } from '../support/messaging.ts';
import { onboarded, playground } from '../support/playground.ts';

const appToken = ({ appId, appSecret }: Simulator) => `${appId}|${appSecret}`;

const subscriptions = (simulator: Simulator, token = appToken(simulator)) =>
  graph(simulator, `GET /v26.0/${simulator.appId}/subscriptions`, { token });

describe('the app’s subscriptions', () => {
  test('are none before there is a webhook, and once it is ended', async () => {
    const simulator = await playground();
    expect(await subscriptions(simulator)).toMatchObject({ status: 200, body: { data: [] } });
    await simulator.setWebhook({ url: (await callback()).url });
    simulator.removeWebhook();
    expect((await subscriptions(simulator)).body).toEqual({ data: [] });
  });

  test('name the callback and every field, account_update among them', async () => {
    const simulator = await playground();
    const { url } = await callback();
    await simulator.setWebhook({ url });
    const { body } = await subscriptions(simulator);
    expect(body).toEqual({
      data: [
        { object: 'whatsapp_business_account', callback_url: url, active: true, fields: expect.any(Array) },
      ],
    });
    expect(at(body, 'data', 0, 'fields')).toContainEqual({ name: 'account_update', version: 'v26.0' });
    expect(at(body, 'data', 0, 'fields')).toContainEqual({ name: 'messages', version: 'v26.0' });
  });

  test('have every field that the simulator tells by itself or by an event', async () => {
    const simulator = await playground();
    const { phoneNumberId, wabaId } = await sender(simulator);
    await subscribed(simulator);
    const events = [
      simulator.emit({ kind: 'partner-added', wabaId }),
      simulator.emit({ kind: 'account-review-update', wabaId, decision: 'APPROVED' }),
      simulator.emit({ kind: 'business-capability-update', wabaId }),
      simulator.emit({ kind: 'phone-number-quality-update', phoneNumberId, event: 'ONBOARDING' }),
      simulator.emit({ kind: 'phone-number-name-update', phoneNumberId, decision: 'APPROVED' }),
      simulator.emit({ kind: 'security', phoneNumberId, event: 'PIN_CHANGED' }),
      simulator.emit({
        kind: 'partner-solution',
        event: 'SOLUTION_CREATED',
        solutionId: '1',
        status: 'ACTIVE',
      }),
      simulator.emit({ kind: 'message', phoneNumberId, from: '+16505551234', text: 'Hi' }),
    ].flat();
    const names = [...new Set(events.map(({ field }) => field))].toSorted();
    const { body } = await subscriptions(simulator);
    const fields = at(body, 'data', 0, 'fields');
    expect(fields).toEqual(names.map((name) => ({ name, version: 'v26.0' })));
  });

  test('leave out what is not ticked, and that is not told either', async () => {
    const simulator = await playground({ numbers: 1 });
    const app = await callback();
    await simulator.setWebhook({ url: app.url, fields: ['messages', 'security'], version: 'v24.0' });
    simulator.setDelivery({ auto: false });
    const { body } = await subscriptions(simulator);
    expect(at(body, 'data', 0, 'fields')).toEqual([
      { name: 'messages', version: 'v24.0' },
      { name: 'security', version: 'v24.0' },
    ]);
    simulator.signUp({ numberId: simulator.state().preverifiedNumbers[0]?.id });
    expect(await deliveredTo(simulator, app)).toEqual([]);
    expect(simulator.deliveries()).toEqual([]);
  });

  test('are told to the app alone', async () => {
    const simulator = await playground();
    const { token: customerToken } = await onboarded(simulator);
    const { systemUserToken, userToken } = simulator;
    for (const token of [systemUserToken, userToken, customerToken, simulator.addPartner().systemUserToken]) {
      const answer = await subscriptions(simulator, token);
      expect(errorOf(answer)).toEqual({ status: 400, code: 15 });
      expect(at(answer.body, 'error', 'message')).toBe(
        '(#15) This method must be called with an app access_token.',
      );
    }
    const wrong = await subscriptions(simulator, `${simulator.appId}|another-secret`);
    expect(errorOf(wrong)).toEqual({ status: 401, code: 190 });
  });
});

describe('the app', () => {
  test('tells its id and name', async () => {
    const simulator = await playground();
    const { appId } = simulator;
    for (const query of ['', '?fields=id,name']) {
      const { body } = await graph(simulator, `GET /v26.0/${appId}${query}`, { token: appToken(simulator) });
      expect(body).toEqual({ id: appId, name: 'Simulated app' });
    }
    const strange = await graph(simulator, `GET /${appId}?fields=secret`, { token: appToken(simulator) });
    expect(errorOf(strange)).toEqual({ status: 400, code: 100 });
  });

  test('has no other edges, and an app token sees nothing else', async () => {
    const simulator = await playground();
    const token = appToken(simulator);
    const { appId, businessId } = simulator;
    expect(errorOf(await graph(simulator, `GET /${appId}/roles`, { token }))).toEqual({
      status: 400,
      code: 100,
    });
    expect(errorOf(await graph(simulator, `DELETE /${appId}/subscriptions`, { token })).subcode).toBe(33);
    expect(errorOf(await graph(simulator, `GET /${businessId}`, { token })).subcode).toBe(33);
    expect(errorOf(await graph(simulator, 'GET /204518776034592', { token })).subcode).toBe(33);
  });
});
