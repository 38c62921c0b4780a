import { describe, expect, test } from 'vitest';
import type { SimulatorOptions } from '../../src/index.ts';
import { at, errorOf, graph, queryOf, text } from '../support/graph-client.ts';
import { playground } from '../support/playground.ts';
import { calls, customerWithOwnNumber } from './support/number-calls.ts';

/** A customer with two numbers, the second an hour younger. */
async function withTwo(options: SimulatorOptions = {}) {
  const simulator = await playground(options);
  const { wabaId, phoneNumberId: first, token } = await customerWithOwnNumber(simulator);
  const { call, create, register } = calls(simulator, token);
  simulator.advance('PT1H');
  const json = { cc: '1', phone_number: '5550783882', verified_name: 'Second' };
  const second = text((await create(wabaId, json)).body, 'id');
  const list = (query: Readonly<Record<string, string>> = {}) =>
    call(`GET /v26.0/${wabaId}/phone_numbers?${queryOf({ fields: 'id', ...query })}`);
  const ids = async (query: Readonly<Record<string, string>> = {}) => {
    const data = at((await list(query)).body, 'data');
    return Array.isArray(data) ? data.map((item) => at(item, 'id')) : data;
  };
  return { simulator, first, second, list, ids, register };
}

test.each([
  ["['last_onboarded_time_ascending']", 'oldest'],
  ['["last_onboarded_time_ascending"]', 'oldest'],
  ["['last_onboarded_time_descending']", 'newest'],
  ['last_onboarded_time.asc', 'oldest'],
  ['last_onboarded_time.desc', 'newest'],
  ['creation_time.asc', 'oldest'],
  ['creation_time.desc', 'newest'],
])('sorted by %s the %s comes first', async (sort, which) => {
  const { first, second, ids } = await withTwo();
  expect(await ids({ sort })).toEqual(which === 'oldest' ? [first, second] : [second, first]);
});

test('it is filtered by what a field says', async () => {
  const { first, second, ids } = await withTwo();
  const filter = (field: string, value: unknown) =>
    ids({ filtering: JSON.stringify([{ field, operator: 'EQUAL', value }]) });
  expect(await filter('account_mode', 'LIVE')).toEqual([second, first]);
  expect(await filter('account_mode', 'SANDBOX')).toEqual([]);
  expect(await filter('messaging_limit_tier', 'TIER_250')).toEqual([second, first]);
  expect(await filter('messaging_limit_tier', 'TIER_2K')).toEqual([]);
  expect(await filter('is_official_business_account', false)).toEqual([second, first]);
  expect(await filter('is_official_business_account', 'true')).toEqual([]);
});

test('a total is counted over all pages', async () => {
  const { list } = await withTwo();
  const { body } = await list({ summary: 'total_count', limit: '1' });
  expect(at(body, 'summary')).toEqual({ total_count: 2 });
  expect(at(body, 'data')).toHaveLength(1);
  expect(at((await list()).body, 'summary')).toBeUndefined();
});

test('pages follow each other', async () => {
  const { first, second, list, ids } = await withTwo();
  const page = await list({ limit: '1' });
  expect(at(page.body, 'data')).toEqual([{ id: second }]);
  expect(await ids({ limit: '1', after: text(page.body, 'paging', 'cursors', 'after') })).toEqual([first]);
});

describe.each([
  { sort: 'name.asc' },
  { filtering: 'account_mode' },
  { filtering: '{}' },
  { filtering: '[1]' },
  { filtering: '[{"field":"status","operator":"EQUAL","value":"CONNECTED"}]' },
  { filtering: '[{"field":"account_mode","operator":"LIKE","value":"LIVE"}]' },
  { summary: 'everything' },
  { limit: '0' },
  { limit: 'many' },
  { after: '!' },
  { fields: 'colour' },
] as Record<string, string>[])('asked for %o', (query) => {
  test.each(['live', 'openapi'] as const)('it refuses in the %s profile', async (profile) => {
    const { list } = await withTwo({ profile });
    expect(errorOf(await list(query))).toEqual({ status: 400, code: 100 });
  });
});

test('a new number is listed only after a while, when the switch says so, but answers at once', async () => {
  const { simulator, first, second, ids } = await withTwo({ assume: { listedAfterSeconds: 60 } });
  expect(await ids()).toEqual([first]);
  expect((await calls(simulator).read(second)).status).toBe(200);
  simulator.advance('PT59S');
  expect(await ids()).toEqual([first]);
  simulator.advance('PT1S');
  expect(await ids()).toEqual([second, first]);
});

test('the next page begins where it should, also when the number before it is gone', async () => {
  const simulator = await playground();
  const first = simulator.signUp({ ownNumber: '+16315550101', person: 'nora' });
  const { wabaId = '' } = first;
  simulator.signUp({ ownNumber: '+16315550102', person: 'nora', accountId: wabaId });
  const token = simulator.systemUserToken;
  const { body } = await graph(simulator, `GET /v26.0/${wabaId}/phone_numbers?limit=1`, { token });
  simulator.deletePhoneNumber(text(body, 'data', 0, 'id'));
  const next = new URL(text(body, 'paging', 'next'));
  const rest = await graph(simulator, `GET ${next.pathname}${next.search}`, { token });
  expect(text(rest.body, 'data', 0, 'id')).toBe(first.phoneNumberId);
});

test('an unknown field is refused on an empty list too', async () => {
  const simulator = await playground();
  const { wabaId } = simulator.signUp({ outcome: 'only_waba' });
  const token = simulator.systemUserToken;
  const answer = await graph(simulator, `GET /${wabaId}/phone_numbers?fields=bogus`, { token });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 100 } } });
});
