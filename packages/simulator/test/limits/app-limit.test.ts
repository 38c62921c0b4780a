import { expect, test } from 'vitest';
import { createSimulator } from '../../src/index.ts';
import { errorOf, graph, type Answer } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';

const usageOf = ({ headers }: Answer): unknown => JSON.parse(headers.get('x-app-usage') ?? 'null');

test('without a figure nothing is counted and no usage is told', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  const answer = await graph(simulator, `GET /${id}`, { token: simulator.systemUserToken });
  expect(usageOf(answer)).toBeNull();
});

test.each([
  ['live', 400, undefined],
  ['openapi', 429, 2446079],
] as const)(
  'in the %s profile the app is refused with %i and code 4 once its calls are spent',
  async (...row) => {
    const [profile, status, subcode] = row;
    const simulator = await playground({ profile, appCallsPerHour: 4 });
    const { id } = seedOne(simulator);
    const { businessId, systemUserToken: token, appId, appSecret } = simulator;
    const usages: unknown[] = [];
    for (const call of [`GET /${id}`, `GET /${businessId}/preverified_numbers`, 'GET /1', 'GET /nonsense']) {
      usages.push(usageOf(await graph(simulator, call, { token })));
    }
    expect(usages).toMatchObject([
      { call_count: 25, total_cputime: 6, total_time: 6 },
      { call_count: 50 },
      { call_count: 75 },
      { call_count: 100, total_cputime: 25, total_time: 25 },
    ]);
    const refused = await graph(simulator, `DELETE /${id}`, { token });
    expect(errorOf(refused)).toEqual({ status, code: 4, subcode });
    expect(usageOf(refused)).toMatchObject({ call_count: 100 });
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(simulator.state().preverifiedNumbers).toHaveLength(1);
    const debug = await graph(simulator, `GET /debug_token?input_token=${token}`, {
      token: `${appId}|${appSecret}`,
    });
    expect(errorOf(debug).code).toBe(4);
    simulator.advance('PT1H2M');
    expect((await graph(simulator, `DELETE /${id}`, { token })).status).toBe(200);
  },
);

test('calls that count against an account do not count against the app, and the other way round', async () => {
  const simulator = await playground({ appCallsPerHour: 2 });
  const { wabaId, token } = await onboarded(simulator);
  for (let call = 0; call < 5; call += 1) {
    const answer = await graph(simulator, `GET /${wabaId}`, { token });
    expect([answer.status, usageOf(answer)]).toEqual([200, null]);
  }
});

test('a call without a valid token counts against nobody', async () => {
  const simulator = await playground({ appCallsPerHour: 1 });
  for (let call = 0; call < 3; call += 1) {
    expect((await graph(simulator, 'GET /1', { token: 'EAAnobody' })).status).toBe(401);
  }
});

test.each([0, -1, 1.5, Number.NaN])('%d calls per hour are refused as an option', (appCallsPerHour) => {
  expect(() => createSimulator({ appCallsPerHour })).toThrow(/appCallsPerHour/);
});
