import { assert, asyncProperty, integer } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Simulator } from '../src/index.ts';
import { at, errorOf, graph, queryOf, text } from './support/graph-client.ts';
import { NOON, playground, seedOne } from './support/playground.ts';

const call = (simulator: Simulator, request: string) =>
  graph(simulator, request, { token: simulator.systemUserToken });

const list = (simulator: Simulator, query = '') =>
  call(simulator, `GET /v26.0/${simulator.businessId}/preverified_numbers${query}`);

const add = (simulator: Simulator, phoneNumber: string) =>
  call(
    simulator,
    `POST /v26.0/${simulator.businessId}/add_phone_numbers?${queryOf({ phone_number: phoneNumber })}`,
  );

function idsOf(body: unknown): unknown[] {
  const data = at(body, 'data');
  return Array.isArray(data) ? data.map((item) => at(item, 'id')) : [];
}

describe('the list of the pool', () => {
  test('an empty pool is an empty list', async () => {
    expect((await list(await playground())).body).toEqual({ data: [] });
  });

  test('it is filtered by status and by number, in any notation', async () => {
    const simulator = await playground();
    const verified = seedOne(simulator);
    const expired = seedOne(simulator, { count: 1, status: 'EXPIRED' });
    const added = seedOne(simulator, { phoneNumbers: ['+44 20 7946 0958'], status: 'NOT_VERIFIED' });
    expect(idsOf((await list(simulator)).body)).toEqual([verified.id, expired.id, added.id]);
    const filtered = async (query: string) => idsOf((await list(simulator, query)).body);
    expect(await filtered('?code_verification_status=VERIFIED')).toEqual([verified.id]);
    expect(await filtered('?code_verification_status=EXPIRED')).toEqual([expired.id]);
    expect(await filtered('?code_verification_status=NOT_VERIFIED')).toEqual([added.id]);
    expect(await filtered('?phone_number=%2B44%202079460958')).toEqual([added.id]);
    expect(errorOf(await list(simulator, '?code_verification_status=CLAIMED')).code).toBe(100);
  });

  test('pages have cursors and absolute addresses, and end without a next one', async () => {
    const simulator = await playground();
    const ids = simulator.seedNumbers({ count: 5 }).map(({ id }) => id);
    const first = await list(simulator, '?limit=2&fields=id');
    expect(idsOf(first.body)).toEqual(ids.slice(0, 2));
    const next = text(first.body, 'paging', 'next');
    expect(next).toBe(
      `${simulator.url}/v26.0/${simulator.businessId}/preverified_numbers?limit=2&fields=id&after=` +
        text(first.body, 'paging', 'cursors', 'after'),
    );
    const second = await call(simulator, `GET ${next.slice(simulator.url.length)}`);
    expect(idsOf(second.body)).toEqual(ids.slice(2, 4));
    const previous = text(second.body, 'paging', 'previous').slice(simulator.url.length);
    expect(idsOf((await call(simulator, `GET ${previous}`)).body)).toEqual(ids.slice(0, 2));
    const last = await list(simulator, `?limit=2&after=${text(second.body, 'paging', 'cursors', 'after')}`);
    expect(idsOf(last.body)).toEqual(ids.slice(4));
    expect(at(last.body, 'paging', 'next')).toBeUndefined();
  });

  test('a cursor stays good when its number is claimed', async () => {
    const simulator = await playground();
    const ids = simulator.seedNumbers({ count: 4 }).map(({ id }) => id);
    const first = await list(simulator, '?limit=2');
    simulator.signUp({ numberId: ids[1] });
    const rest = await list(simulator, `?after=${text(first.body, 'paging', 'cursors', 'after')}`);
    expect(idsOf(rest.body)).toEqual(ids.slice(2));
  });

  test('a page has 25 numbers unless asked for others, and at most 100', async () => {
    const live = await playground({ numbers: 120 });
    const openapi = await playground({ profile: 'openapi' });
    expect(idsOf((await list(live)).body)).toHaveLength(25);
    expect(idsOf((await list(live, '?limit=500')).body)).toHaveLength(100);
    expect(errorOf(await list(openapi, '?limit=500'))).toEqual({ status: 400, code: 100 });
    expect(errorOf(await list(live, '?limit=0')).code).toBe(100);
    expect(errorOf(await list(live, '?after=!')).code).toBe(100);
  });

  test('following next visits every number once, whatever the page size', async () => {
    const simulator = await playground({ numbers: 30 });
    const all = simulator.state().preverifiedNumbers.map(({ id }) => id);
    await assert(
      asyncProperty(integer({ min: 1, max: 40 }), async (limit) => {
        const seen: unknown[] = [];
        let next: unknown = `${simulator.url}/${simulator.businessId}/preverified_numbers?limit=${limit}`;
        while (typeof next === 'string') {
          const { body } = await call(simulator, `GET ${next.slice(simulator.url.length)}`);
          seen.push(...idsOf(body));
          next = at(body, 'paging', 'next');
        }
        expect(seen).toEqual(all);
      }),
      { numRuns: 8 },
    );
  });
});

describe('one number of the pool', () => {
  const everything =
    'id,code_verification_status,code_verification_time,owner_business,phone_number,verification_expiry_time';

  test.each([
    ['iso', 'display', '2026-11-20T12:00:00+0000', '2027-02-18T12:00:00+0000', '+1 555-010-0001'],
    ['unix', 'e164', NOON / 1000, NOON / 1000 + 90 * 86_400, '+15550100001'],
  ] as const)('has its times as %s and its number as %s', async (times, numberForm, from, to, written) => {
    const simulator = await playground({ times, numberForm });
    const { id } = seedOne(simulator);
    expect((await call(simulator, `GET /v26.0/${id}?fields=${everything}`)).body).toEqual({
      id,
      phone_number: written,
      code_verification_status: 'VERIFIED',
      code_verification_time: from,
      verification_expiry_time: to,
      owner_business: { id: simulator.businessId, name: 'Simulated Solution Partner' },
    });
  });

  test('has no times before it is verified', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
    expect((await call(simulator, `GET /v26.0/${id}?fields=${everything}`)).body).toEqual({
      id,
      phone_number: '+1 555-010-0001',
      code_verification_status: 'NOT_VERIFIED',
      owner_business: { id: simulator.businessId, name: 'Simulated Solution Partner' },
    });
  });

  test('can be narrowed inside a field', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const { body } = await call(simulator, `GET /v26.0/${id}?fields=owner_business%7Bname%7D`);
    expect(body).toEqual({ id, owner_business: { id: simulator.businessId, name: expect.any(String) } });
  });

  test('is gone for good once deleted', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    expect((await call(simulator, `DELETE /v26.0/${id}`)).body).toEqual({ success: true });
    expect(errorOf(await call(simulator, `GET /v26.0/${id}`)).subcode).toBe(33);
    expect((await list(simulator)).body).toEqual({ data: [] });
  });
});

describe('adding a number', () => {
  test('any notation will do', async () => {
    const simulator = await playground();
    const { body } = await add(simulator, '+1 (555) 078-3881');
    expect(simulator.state().preverifiedNumbers).toMatchObject([
      { id: text(body, 'id'), phoneNumber: '+15550783881', status: 'NOT_VERIFIED', addedAt: NOON },
    ]);
  });

  test('what is no number, or is taken, is refused', async () => {
    const simulator = await playground();
    await add(simulator, '15550783881');
    for (const phoneNumber of ['', '12345', 'five', '+1 555 078 3881']) {
      expect(errorOf(await add(simulator, phoneNumber))).toEqual({ status: 400, code: 100 });
    }
  });

  test('a number that is never verified leaves the pool after 90 days', async () => {
    const simulator = await playground();
    const { body } = await add(simulator, '15550783881');
    simulator.advance('P89D');
    expect((await call(simulator, `GET /v26.0/${text(body, 'id')}`)).status).toBe(200);
    simulator.advance('P1D');
    expect((await call(simulator, `GET /v26.0/${text(body, 'id')}`)).status).toBe(400);
    expect((await add(simulator, '15550783881')).status).toBe(200);
  });
});
