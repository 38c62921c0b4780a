import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at, errorOf, graph, queryOf, text } from '../support/graph-client.ts';
import { NOON, onboarded, playground } from '../support/playground.ts';

function clients(simulator: Simulator, query: Readonly<Record<string, string>> = {}) {
  const path = `/v26.0/${simulator.businessId}/client_whatsapp_business_accounts?${queryOf(query)}`;
  return graph(simulator, `GET ${path}`, { token: simulator.systemUserToken });
}

const idsOf = (body: unknown) => {
  const data = at(body, 'data');
  return Array.isArray(data) ? data.map((item) => at(item, 'id')) : [];
};

describe('the accounts that customers share', () => {
  test('are listed with the documented fields', async () => {
    const simulator = await playground();
    const { wabaId } = await onboarded(simulator, 'wei');
    expect(at((await clients(simulator)).body, 'data')).toEqual([
      {
        id: wabaId,
        name: 'Chen Noodle House',
        currency: 'USD',
        timezone_id: '1',
        message_template_namespace: expect.any(String),
      },
    ]);
  });

  test('come by creation, up or down', async () => {
    const simulator = await playground();
    const one = await onboarded(simulator);
    const two = await onboarded(simulator);
    expect(idsOf((await clients(simulator)).body)).toEqual([one.wabaId, two.wabaId]);
    const down = ['creation_time_descending', "['creation_time_descending']"];
    for (const sort of down) {
      expect(idsOf((await clients(simulator, { sort })).body)).toEqual([two.wabaId, one.wabaId]);
    }
    expect(errorOf(await clients(simulator, { sort: 'name_ascending' }))).toEqual({ status: 400, code: 100 });
  });

  test('are filtered by creation and ownership', async () => {
    const simulator = await playground();
    const one = await onboarded(simulator);
    simulator.advance('PT1H');
    const two = await onboarded(simulator);
    const ids = async (...filters: readonly unknown[]) =>
      idsOf((await clients(simulator, { filtering: JSON.stringify(filters) })).body);
    const field = 'creation_time';
    const between = NOON / 1000 + 60;
    expect(await ids({ field, operator: 'LESS_THAN', value: between })).toEqual([one.wabaId]);
    expect(await ids({ field, operator: 'GREATER_THAN', value: String(between) })).toEqual([two.wabaId]);
    const range = { field, operator: 'IN_RANGE', value: [NOON / 1000, NOON / 1000 + 3600] };
    expect(await ids(range)).toHaveLength(2);
    expect(await ids(range, { field, operator: 'GREATER_THAN', value: between })).toEqual([two.wabaId]);
    const owned = { field: 'ownership_type', operator: 'IN', value: ['SELF'] };
    expect(await ids(owned)).toEqual([]);
    expect(await ids({ ...owned, value: ['SELF', 'CLIENT_OWNED'] })).toHaveLength(2);
    const printed = "[{'field':'ownership_type', 'operator': 'IN', 'value': ['SELF', 'CLIENT_OWNED']}]";
    expect(idsOf((await clients(simulator, { filtering: printed })).body)).toHaveLength(2);
    for (const filtering of ['x', '{}', '[1]', '[{"field":"name","operator":"IN","value":[]}]']) {
      expect(errorOf(await clients(simulator, { filtering }))).toEqual({ status: 400, code: 100 });
    }
  });

  test('are paged, and the empty list checks fields, limits and cursors too', async () => {
    const simulator = await playground();
    expect((await clients(simulator)).body).toEqual({ data: [] });
    for (const bad of [{ fields: 'nonsense' }, { limit: '0' }, { after: '!' }, { before: '!' }]) {
      expect(errorOf(await clients(simulator, bad))).toEqual({ status: 400, code: 100 });
    }
    const customers = [await onboarded(simulator), await onboarded(simulator), await onboarded(simulator)];
    const ids = customers.map(({ wabaId }) => wabaId);
    const first = await clients(simulator, { limit: '2' });
    expect(idsOf(first.body)).toEqual(ids.slice(0, 2));
    const next = text(first.body, 'paging', 'next').slice(simulator.url.length);
    const token = simulator.systemUserToken;
    expect(idsOf((await graph(simulator, `GET ${next}`, { token })).body)).toEqual(ids.slice(2));
  });

  test('are not what the partner owns', async () => {
    const simulator = await playground();
    await onboarded(simulator);
    const path = `GET /v26.0/${simulator.businessId}/owned_whatsapp_business_accounts`;
    expect((await graph(simulator, path, { token: simulator.systemUserToken })).body).toEqual({ data: [] });
  });

  test('are not another partner’s', async () => {
    const simulator = await playground();
    const { wabaId } = await onboarded(simulator);
    const { businessId, systemUserToken: token } = simulator.addPartner();
    const path = `GET /${businessId}/client_whatsapp_business_accounts`;
    expect((await graph(simulator, path, { token })).body).toEqual({ data: [] });
    expect(errorOf(await graph(simulator, `GET /${wabaId}`, { token })).subcode).toBe(33);
  });
});

test('an account has the documented fields, those without a value left out', async () => {
  const simulator = await playground();
  const { wabaId, businessId, token } = await onboarded(simulator);
  const fields =
    'name,currency,status,country,account_review_status,business_verification_status,ownership_type,creation_time,' +
    'owner_business_info{id},primary_funding_id,purchase_order_number,on_behalf_of_business_info,health_status';
  const { body } = await graph(simulator, `GET /v26.0/${wabaId}?fields=${fields}`, { token });
  expect(body).toEqual({
    id: wabaId,
    name: expect.any(String),
    currency: 'USD',
    status: 'ACTIVE',
    country: 'US',
    account_review_status: 'APPROVED',
    business_verification_status: 'not_verified',
    ownership_type: 'CLIENT_OWNED',
    creation_time: NOON / 1000,
    owner_business_info: { id: businessId },
    health_status: { can_send_message: 'AVAILABLE', entities: expect.any(Array) },
  });
});

test('a business has the documented fields', async () => {
  const simulator = await playground();
  const fields =
    'name,verification_status,created_time,updated_time,timezone_id,two_factor_type,primary_page';
  const { body } = await graph(simulator, `GET /v26.0/${simulator.businessId}?fields=${fields}`, {
    token: simulator.systemUserToken,
  });
  expect(body).toEqual({
    id: simulator.businessId,
    name: 'Simulated Solution Partner',
    verification_status: 'verified',
    created_time: '2022-01-01T00:00:00+0000',
    updated_time: '2022-01-01T00:00:00+0000',
    timezone_id: 1,
    two_factor_type: 'none',
  });
});
