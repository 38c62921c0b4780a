import { describe, expect, test } from 'vitest';
import { at, errorOf, graph } from './support/graph-client.ts';
import { NOON, playground, seedOne } from './support/playground.ts';

const TIME = NOON / 1000;

describe('since v26.0', () => {
  test.each(['/v26.0', ''])('date_format is an error with %j before the path', async (version) => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const token = simulator.systemUserToken;
    const answer = await graph(simulator, `GET ${version}/${id}?date_format=U`, { token });
    expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
  });

  test('several objects cannot be read at once', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const answer = await graph(simulator, `GET /v26.0/?ids=${id}`, { token: simulator.systemUserToken });
    expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
  });

  test('pretty and debug change nothing', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const token = simulator.systemUserToken;
    const plain = await graph(simulator, `GET /v26.0/${id}`, { token });
    const dressed = await graph(simulator, `GET /v26.0/${id}?pretty=1&debug=all`, { token });
    expect(dressed).toMatchObject({ status: 200, body: plain.body });
  });
});

describe('before v26.0', () => {
  test('date_format=U writes times in seconds, other formats are passed over', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const token = simulator.systemUserToken;
    const time = async (query: string) => {
      const path = `/v25.0/${id}?fields=code_verification_time${query}`;
      return at((await graph(simulator, `GET ${path}`, { token })).body, 'code_verification_time');
    };
    expect(await time('&date_format=U')).toBe(TIME);
    expect(await time('&date_format=Y')).toBe('2026-11-20T12:00:00+0000');
    expect(await time('')).toBe('2026-11-20T12:00:00+0000');
  });

  test('several objects are read at once, by their ids', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const { businessId, systemUserToken: token } = simulator;
    for (const path of ['/v25.0', '/v25.0/']) {
      const answer = await graph(simulator, `GET ${path}?ids=${id},${businessId}&fields=id`, { token });
      expect(answer).toMatchObject({ status: 200, body: { [id]: { id }, [businessId]: { id: businessId } } });
    }
    const missing = await graph(simulator, `GET /v25.0/?ids=${id},1`, { token });
    expect(errorOf(missing)).toEqual({ status: 400, code: 100, subcode: 33 });
  });
});

test('a version that ended long ago is served by the oldest usable, which the answer names, errors too', async () => {
  const simulator = await playground();
  const { businessId, systemUserToken: token } = simulator;
  for (const [path, status] of [
    [`/v19.0/${businessId}`, 200],
    ['/v19.0/1', 400],
  ] as const) {
    const answer = await graph(simulator, `GET ${path}`, { token });
    expect([answer.status, answer.headers.get('facebook-api-version')]).toEqual([status, 'v21.0']);
  }
});

test.each([
  ['v22.0', 'v22.0'],
  ['v24.0', 'v26.0'],
  ['v9.0', 'v22.0'],
])('where v22.0 and v26.0 are usable, %s is served by %s', async (asked, served) => {
  const simulator = await playground({ graphVersions: ['v22.0', 'v26.0'] });
  const { headers } = await graph(simulator, `GET /${asked}/1`);
  expect(headers.get('facebook-api-version')).toBe(served);
});
