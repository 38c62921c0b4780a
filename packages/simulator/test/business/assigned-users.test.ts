import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at, errorOf, graph, queryOf, text } from '../support/graph-client.ts';
import { onboarded, playground } from '../support/playground.ts';

async function systemUserOf(simulator: Simulator): Promise<string> {
  const { body } = await graph(simulator, `GET /v26.0/${simulator.businessId}/system_users`, {
    token: simulator.systemUserToken,
  });
  return text(body, 'data', 0, 'id');
}

function assigned(
  simulator: Simulator,
  method: 'GET' | 'POST' | 'DELETE',
  wabaId: string,
  query: Readonly<Record<string, string>> = {},
) {
  return graph(simulator, `${method} /v26.0/${wabaId}/assigned_users?${queryOf(query)}`, {
    token: simulator.systemUserToken,
  });
}

test('a partner learns the id of its system user, as debug_token has it', async () => {
  const simulator = await playground();
  const { body } = await graph(simulator, `GET /v26.0/${simulator.businessId}/system_users`, {
    token: simulator.systemUserToken,
  });
  expect(at(body, 'data')).toEqual([
    { id: expect.stringMatching(/^\d+$/), name: expect.any(String), role: 'ADMIN' },
  ]);
  const query = queryOf({ input_token: simulator.systemUserToken });
  const debugged = await graph(simulator, `GET /debug_token?${query}`, { token: simulator.systemUserToken });
  expect(at(debugged.body, 'data', 'user_id')).toBe(await systemUserOf(simulator));
});

describe('a system user on a customer’s account', () => {
  test('is added, listed, given other tasks, and taken off', async () => {
    const simulator = await playground();
    const { wabaId } = await onboarded(simulator);
    const user = await systemUserOf(simulator);
    const list = async () =>
      at((await assigned(simulator, 'GET', wabaId, { business: simulator.businessId })).body, 'data');
    expect(await list()).toEqual([]);
    const added = await assigned(simulator, 'POST', wabaId, { user, tasks: "['MANAGE']" });
    expect(added).toMatchObject({ status: 200, body: { success: true } });
    expect(await list()).toEqual([{ id: user, name: expect.any(String), tasks: ['MANAGE'] }]);
    await assigned(simulator, 'POST', wabaId, { user, tasks: '["DEVELOP","VIEW_COST"]' });
    expect(await list()).toEqual([{ id: user, name: expect.any(String), tasks: ['DEVELOP', 'VIEW_COST'] }]);
    const removed = await assigned(simulator, 'DELETE', wabaId, { user });
    expect(removed).toMatchObject({ status: 200, body: { success: true } });
    expect(await list()).toEqual([]);
  });

  test('may be added by a JSON body', async () => {
    const simulator = await playground();
    const { wabaId } = await onboarded(simulator);
    const json = { user: await systemUserOf(simulator), tasks: ['MANAGE'] };
    const answer = await graph(simulator, `POST /${wabaId}/assigned_users`, {
      token: simulator.systemUserToken,
      json,
    });
    expect(answer.status).toBe(200);
  });

  test.each(['live', 'openapi'] as const)('is refused when something is wrong (%s)', async (profile) => {
    const simulator = await playground({ profile });
    const { wabaId } = await onboarded(simulator);
    const user = await systemUserOf(simulator);
    const bad = { status: 400, code: 100 };
    for (const query of [
      {},
      { user },
      { tasks: "['MANAGE']" },
      { user, tasks: "['RULE']" },
      { user, tasks: '[]' },
      { user: '1', tasks: "['MANAGE']" },
    ]) {
      expect(errorOf(await assigned(simulator, 'POST', wabaId, query))).toEqual(bad);
    }
    expect(errorOf(await assigned(simulator, 'DELETE', wabaId, { user }))).toEqual(bad);
    expect(errorOf(await assigned(simulator, 'DELETE', wabaId))).toEqual(bad);
    expect(errorOf(await assigned(simulator, 'GET', wabaId))).toEqual(bad);
    expect(errorOf(await assigned(simulator, 'GET', wabaId, { business: '1' }))).toEqual(bad);
    const query = { business: simulator.businessId, fields: 'nonsense' };
    expect(errorOf(await assigned(simulator, 'GET', wabaId, query))).toEqual(bad);
  });

  test('is listed with the account’s id as business too, as the page prints it', async () => {
    const simulator = await playground();
    const { wabaId } = await onboarded(simulator);
    expect((await assigned(simulator, 'GET', wabaId, { business: wabaId })).body).toEqual({ data: [] });
  });
});

test('a system user who sees no shared account until it is assigned can assign itself', async () => {
  const simulator = await playground({ assume: { sharedAccountsVisibleToSystemUser: false } });
  const { wabaId, phoneNumberId } = await onboarded(simulator);
  const user = await systemUserOf(simulator);
  const statuses = async () => {
    const token = simulator.systemUserToken;
    const paths = [`/${wabaId}`, `/${wabaId}/phone_numbers`, `/${phoneNumberId}`];
    return Promise.all(paths.map(async (path) => (await graph(simulator, `GET ${path}`, { token })).status));
  };
  expect(await statuses()).toEqual([400, 400, 400]);
  expect((await assigned(simulator, 'POST', wabaId, { user, tasks: "['DEVELOP']" })).status).toBe(200);
  expect(await statuses()).toEqual([200, 200, 200]);
  await assigned(simulator, 'DELETE', wabaId, { user });
  expect(await statuses()).toEqual([400, 400, 400]);
});
