import { expect, test } from 'vitest';
import { at, errorOf, graph } from '../support/graph-client.ts';
import { onboarded, playground } from '../support/playground.ts';

test.each([
  ['live', { status: 400, code: 100, subcode: 33 }],
  ['openapi', { status: 404, code: 803 }],
] as const)('an account the customer took back is hidden from every token (%s)', async (profile, hidden) => {
  const simulator = await playground({ profile });
  const kept = await onboarded(simulator, 'nora');
  const lost = await onboarded(simulator, 'nora');
  simulator.emit({ kind: 'partner-removed', wabaId: lost.wabaId });
  const paths = [
    `GET /${lost.wabaId}`,
    `GET /${lost.wabaId}/phone_numbers`,
    `GET /${lost.wabaId}/subscribed_apps`,
    `POST /${lost.wabaId}/subscribed_apps`,
    `GET /${lost.wabaId}/assigned_users?business=${simulator.businessId}`,
    `GET /${lost.phoneNumberId}`,
  ];
  for (const token of [lost.token, simulator.systemUserToken, simulator.userToken]) {
    for (const path of paths) expect(errorOf(await graph(simulator, path, { token }))).toEqual(hidden);
    expect((await graph(simulator, `GET /${kept.wabaId}`, { token })).status).toBe(200);
  }
});

test('its tokens no longer name it, and name nothing when it was the last', async () => {
  const simulator = await playground();
  const kept = await onboarded(simulator, 'nora');
  const lost = await onboarded(simulator, 'nora');
  const scopes = async () => {
    const token = simulator.systemUserToken;
    const { body } = await graph(simulator, `GET /debug_token?input_token=${lost.token}`, { token });
    return at(body, 'data', 'granular_scopes');
  };
  simulator.emit({ kind: 'partner-removed', wabaId: lost.wabaId });
  expect(at(await scopes(), 0, 'target_ids')).toEqual([kept.wabaId]);
  simulator.emit({ kind: 'partner-removed', wabaId: kept.wabaId });
  expect(await scopes()).toEqual([]);
});

test('the partner loses the customer’s business and finds the account in no list', async () => {
  const simulator = await playground();
  const { wabaId, businessId } = await onboarded(simulator);
  const token = simulator.systemUserToken;
  expect((await graph(simulator, `GET /${businessId}`, { token })).status).toBe(200);
  simulator.emit({ kind: 'partner-removed', wabaId });
  expect(errorOf(await graph(simulator, `GET /${businessId}`, { token })).subcode).toBe(33);
  const path = `GET /${simulator.businessId}/client_whatsapp_business_accounts`;
  expect((await graph(simulator, path, { token })).body).toEqual({ data: [] });
});
