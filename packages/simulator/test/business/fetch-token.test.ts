import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at, errorOf, graph, text } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';

function proofOf({ appSecret, systemUserToken }: Simulator): string {
  return createHmac('sha256', appSecret).update(systemUserToken).digest('hex');
}

/** The request of the hosted Embedded Signup page. */
function fetchToken(
  simulator: Simulator,
  businessId: string,
  changes: Readonly<Record<string, string | undefined>> = {},
) {
  const all = { appsecret_proof: proofOf(simulator), fetch_only: 'true', ...changes };
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) if (value !== undefined) form.set(name, value);
  return graph(simulator, `POST /v26.0/${businessId}/system_user_access_tokens`, {
    token: simulator.systemUserToken,
    form,
  });
}

test('a customer’s token can be had without a code, and is the same each time', async () => {
  const simulator = await playground();
  const hosted = simulator.signUp({ numberId: seedOne(simulator).id });
  const first = await fetchToken(simulator, hosted.businessId ?? '');
  expect(first.status).toBe(200);
  expect(first.body).toEqual({ access_token: expect.stringMatching(/^EAAS\w+$/) });
  expect((await fetchToken(simulator, hosted.businessId ?? '')).body).toEqual(first.body);
  const token = text(first.body, 'access_token');
  const listed = await graph(simulator, `GET /${hosted.wabaId ?? ''}/phone_numbers`, { token });
  expect(at(listed.body, 'data', 0, 'id')).toBe(hosted.phoneNumberId);
});

test('after an exchange it is the token of the exchange', async () => {
  const simulator = await playground();
  const { businessId, token } = await onboarded(simulator);
  expect((await fetchToken(simulator, businessId)).body).toEqual({ access_token: token });
});

test('it lives as long as customers’ tokens do', async () => {
  const simulator = await playground({ businessTokenLifetime: 1000 });
  const { businessId = '', wabaId = '' } = simulator.signUp({ numberId: seedOne(simulator).id });
  const token = text((await fetchToken(simulator, businessId)).body, 'access_token');
  simulator.advance('PT1S');
  expect(errorOf(await graph(simulator, `GET /${wabaId}`, { token })).subcode).toBe(463);
});

test('the system user may be named, by the id that debug_token tells', async () => {
  const simulator = await playground();
  const { businessId, token } = await onboarded(simulator);
  const debugged = await graph(simulator, `GET /debug_token?input_token=${token}`, {
    token: simulator.systemUserToken,
  });
  const system_user_id = text(debugged.body, 'data', 'user_id');
  expect((await fetchToken(simulator, businessId, { system_user_id })).status).toBe(200);
  const other = await fetchToken(simulator, businessId, { system_user_id: '1' });
  expect(errorOf(other)).toEqual({ status: 400, code: 100 });
});

test.each(['live', 'openapi'] as const)('what is refused (%s)', async (profile) => {
  const simulator = await playground({ profile });
  const { businessId } = await onboarded(simulator);
  const bad = { status: 400, code: 100 };
  const refused = async (changes: Readonly<Record<string, string | undefined>>, id = businessId) =>
    errorOf(await fetchToken(simulator, id, changes));
  expect(await refused({ appsecret_proof: undefined })).toEqual(bad);
  expect(await refused({ appsecret_proof: '0'.repeat(64) })).toEqual(bad);
  expect(await refused({ fetch_only: undefined })).toEqual(bad);
  expect(await refused({ fetch_only: 'false' })).toEqual(bad);
  expect(await refused({}, simulator.businessId)).toEqual(bad);
  const hidden = profile === 'live' ? { ...bad, subcode: 33 } : { status: 404, code: 803 };
  expect(await refused({}, '999')).toEqual(hidden);
});

test('once the customer ended the token, only a new sign-up helps: 452', async () => {
  const simulator = await playground();
  const { businessId } = await onboarded(simulator, 'nora');
  simulator.revokeToken({ businessId });
  expect(errorOf(await fetchToken(simulator, businessId))).toEqual({ status: 400, code: 452 });
  const again = await onboarded(simulator, 'nora');
  expect((await fetchToken(simulator, businessId)).body).toEqual({ access_token: again.token });
});
