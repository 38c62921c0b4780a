import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at, errorOf, graph, queryOf, text } from '../support/graph-client.ts';
import { onboarded, playground } from '../support/playground.ts';

const call = (simulator: Simulator, request: string, token = simulator.systemUserToken) =>
  graph(simulator, request, { token });

async function creditLineOf(simulator: Simulator): Promise<string> {
  const { body } = await call(simulator, `GET /v26.0/${simulator.businessId}/extendedcredits`);
  return text(body, 'data', 0, 'id');
}

async function assign(simulator: Simulator, wabaId: string, tasks = "['MANAGE']") {
  const users = await call(simulator, `GET /v26.0/${simulator.businessId}/system_users`);
  const query = queryOf({ user: text(users.body, 'data', 0, 'id'), tasks });
  await call(simulator, `POST /v26.0/${wabaId}/assigned_users?${query}`);
}

async function attach(simulator: Simulator, waba_id: string, waba_currency = 'USD') {
  const line = await creditLineOf(simulator);
  const query = queryOf({ waba_currency, waba_id });
  return call(simulator, `POST /v26.0/${line}/whatsapp_credit_sharing_and_attach?${query}`);
}

async function fundingOf(simulator: Simulator, wabaId: string, token: string): Promise<unknown> {
  const { body } = await call(simulator, `GET /v26.0/${wabaId}?fields=primary_funding_id`, token);
  return at(body, 'primary_funding_id');
}

async function credentialOf(simulator: Simulator, allocationId: string): Promise<string> {
  const { body } = await call(simulator, `GET /v26.0/${allocationId}?fields=receiving_credential`);
  return text(body, 'receiving_credential', 'id');
}

test('the partner has a credit line', async () => {
  const simulator = await playground();
  const path = `GET /v26.0/${simulator.businessId}/extendedcredits`;
  const { body } = await call(simulator, path);
  expect(at(body, 'data')).toEqual([{ id: expect.stringMatching(/^\d+$/) }]);
  const named = await call(simulator, `${path}?fields=id,legal_entity_name`);
  expect(at(named.body, 'data', 0, 'legal_entity_name')).toBe('Simulated Solution Partner');
  const line = await call(simulator, `GET /v26.0/${await creditLineOf(simulator)}?fields=owner_business`);
  expect(at(line.body, 'owner_business', 'id')).toBe(simulator.businessId);
  expect(errorOf(await call(simulator, `${path}?fields=nonsense`))).toEqual({ status: 400, code: 100 });
});

describe('sharing and attaching in one call', () => {
  test('pays for the account: receiving credential and funding are the same', async () => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    await assign(simulator, wabaId);
    expect(await fundingOf(simulator, wabaId, token)).toBeUndefined();
    const { status, body } = await attach(simulator, wabaId, 'EUR');
    expect(status).toBe(200);
    expect(body).toEqual({ allocation_config_id: expect.stringMatching(/^\d+$/), waba_id: wabaId });
    const credential = await credentialOf(simulator, text(body, 'allocation_config_id'));
    expect(await fundingOf(simulator, wabaId, token)).toBe(credential);
    const account = await call(simulator, `GET /v26.0/${wabaId}?fields=currency`, token);
    expect(at(account.body, 'currency')).toBe('EUR');
  });

  test.each([
    ['live', { status: 403, code: 200 }],
    ['openapi', { status: 403, code: 200, subcode: 1349174 }],
  ] as const)('needs the system user on the account, with billing (%s)', async (profile, refused) => {
    const simulator = await playground({ profile });
    const { wabaId } = await onboarded(simulator);
    expect(errorOf(await attach(simulator, wabaId))).toEqual(refused);
    await assign(simulator, wabaId, "['DEVELOP','MANAGE_PHONE']");
    expect(errorOf(await attach(simulator, wabaId))).toEqual(refused);
    await assign(simulator, wabaId, "['MANAGE_BILLING']");
    expect((await attach(simulator, wabaId)).status).toBe(200);
  });

  test.each(['live', 'openapi'] as const)(
    'knows six currencies and the accounts shared (%s)',
    async (profile) => {
      const simulator = await playground({ profile });
      const { wabaId } = await onboarded(simulator);
      await assign(simulator, wabaId);
      const bad = { status: 400, code: 100 };
      for (const currency of ['', 'CHF', 'usd']) {
        expect(errorOf(await attach(simulator, wabaId, currency))).toEqual(bad);
      }
      expect(errorOf(await attach(simulator, ''))).toEqual(bad);
      expect(errorOf(await attach(simulator, '999'))).toEqual(bad);
      for (const currency of ['AUD', 'EUR', 'GBP', 'IDR', 'INR', 'USD']) {
        const customer = await onboarded(simulator);
        await assign(simulator, customer.wabaId);
        expect((await attach(simulator, customer.wabaId, currency)).status).toBe(200);
      }
    },
  );

  test('cannot be changed; the same again is answered the same, or refused, as assumed', async () => {
    for (const creditAttachedAgain of ['accepted', 'refused'] as const) {
      const simulator = await playground({ assume: { creditAttachedAgain } });
      const { wabaId } = await onboarded(simulator);
      await assign(simulator, wabaId);
      const first = await attach(simulator, wabaId);
      expect(errorOf(await attach(simulator, wabaId, 'EUR'))).toEqual({ status: 400, code: 100 });
      const again = await attach(simulator, wabaId);
      if (creditAttachedAgain === 'accepted') expect(again).toMatchObject({ status: 200, body: first.body });
      else expect(errorOf(again)).toEqual({ status: 400, code: 100 });
    }
  });
});

describe('the alternate method', () => {
  test('shares with the business first, then attaches with the customer’s token', async () => {
    const simulator = await playground();
    const { wabaId, businessId, token } = await onboarded(simulator);
    const line = await creditLineOf(simulator);
    const attachQuery = queryOf({ waba_currency: 'INR', waba_id: wabaId });
    const attachPath = `POST /v26.0/${line}/whatsapp_credit_attach?${attachQuery}`;
    expect(errorOf(await call(simulator, attachPath, token)).subcode).toBe(33);
    const query = queryOf({ receiving_business_id: businessId });
    const shared = await call(simulator, `POST /v26.0/${line}/whatsapp_credit_sharing?${query}`);
    const allocation_config_id = text(shared.body, 'allocation_config_id');
    expect(shared).toMatchObject({ status: 200, body: { success: true, allocation_config_id } });
    expect(await fundingOf(simulator, wabaId, token)).toBeUndefined();
    const attached = await call(simulator, attachPath, token);
    expect(attached).toMatchObject({
      status: 200,
      body: { success: true, waba_id: wabaId, allocation_config_id },
    });
    expect(await fundingOf(simulator, wabaId, token)).toBe(
      await credentialOf(simulator, allocation_config_id),
    );
  });

  test('refuses strangers’ businesses and accounts', async () => {
    const simulator = await playground();
    const one = await onboarded(simulator);
    const other = await onboarded(simulator);
    const line = await creditLineOf(simulator);
    const bad = { status: 400, code: 100 };
    const share = (id: string) =>
      call(simulator, `POST /${line}/whatsapp_credit_sharing?receiving_business_id=${id}`);
    expect(errorOf(await share(''))).toEqual(bad);
    expect(errorOf(await share('999'))).toEqual(bad);
    await share(one.businessId);
    const query = queryOf({ waba_currency: 'USD', waba_id: other.wabaId });
    expect(
      errorOf(await call(simulator, `POST /${line}/whatsapp_credit_attach?${query}`, one.token)),
    ).toEqual(bad);
  });
});

test('a shared line is found, taken back from all accounts of the business, and stays readable', async () => {
  const simulator = await playground();
  const one = await onboarded(simulator, 'nora');
  const two = await onboarded(simulator, 'nora');
  for (const { wabaId } of [one, two]) {
    await assign(simulator, wabaId);
    await attach(simulator, wabaId);
  }
  const line = await creditLineOf(simulator);
  const query = queryOf({ receiving_business_id: one.businessId, fields: 'id,receiving_business' });
  const list = async () => {
    const path = `GET /v26.0/${line}/owning_credit_allocation_configs?${query}`;
    return at((await call(simulator, path)).body, 'data');
  };
  const found = await list();
  const receiving_business = { id: one.businessId, name: 'Berg Flower Shop' };
  expect(found).toEqual([{ id: expect.any(String), receiving_business }]);
  const id = text(found, 0, 'id');
  expect((await call(simulator, `DELETE /v26.0/${id}`)).body).toEqual({ success: true });
  expect(await list()).toEqual([]);
  for (const { wabaId, token } of [one, two]) {
    expect(await fundingOf(simulator, wabaId, token)).toBeUndefined();
  }
  const revoked = await call(simulator, `GET /v26.0/${id}?fields=receiving_business,request_status`);
  expect(revoked.body).toEqual({ id, receiving_business, request_status: 'DELETED' });
});

test('other partners see neither line nor shares', async () => {
  const simulator = await playground();
  const { wabaId } = await onboarded(simulator);
  await assign(simulator, wabaId);
  const allocation = text((await attach(simulator, wabaId)).body, 'allocation_config_id');
  const { systemUserToken } = simulator.addPartner();
  for (const id of [await creditLineOf(simulator), allocation]) {
    expect(errorOf(await call(simulator, `GET /${id}`, systemUserToken)).subcode).toBe(33);
  }
});
