import { expect, test } from 'vitest';
import { at, errorOf, graph, queryOf } from './support/graph-client.ts';
import { NOON, onboarded, playground } from './support/playground.ts';

test('the system user may ask what a token is good for: its accounts, newest first', async () => {
  const simulator = await playground({ times: 'unix' });
  const first = await onboarded(simulator, 'nora');
  const second = await onboarded(simulator, 'nora');
  const answer = await graph(simulator, `GET /debug_token?input_token=${second.token}`, {
    token: simulator.systemUserToken,
  });
  const target_ids = [second.wabaId, first.wabaId];
  expect(at(answer.body, 'data')).toEqual({
    app_id: simulator.appId,
    application: 'Simulated app',
    type: 'SYSTEM_USER',
    is_valid: true,
    issued_at: NOON / 1000,
    expires_at: 0,
    data_access_expires_at: 0,
    scopes: ['whatsapp_business_management', 'whatsapp_business_messaging'],
    granular_scopes: [
      { scope: 'whatsapp_business_management', target_ids },
      { scope: 'whatsapp_business_messaging', target_ids },
    ],
    user_id: expect.stringMatching(/^\d+$/),
  });
});

test('an invalid token is not an error but an answer', async () => {
  const simulator = await playground();
  const answer = await graph(simulator, 'GET /v26.0/debug_token?input_token=EAAnonsense', {
    token: `${simulator.appId}|${simulator.appSecret}`,
  });
  expect(answer.status).toBe(200);
  expect(at(answer.body, 'data')).toEqual({
    is_valid: false,
    error: { code: 190, message: 'Invalid OAuth access token.' },
    scopes: [],
  });
});

test('an expired token is told from an unknown one', async () => {
  const simulator = await playground({ businessTokenLifetime: 1000 });
  const { token } = await onboarded(simulator);
  simulator.advance('PT1S');
  const { systemUserToken } = simulator;
  const answer = await graph(simulator, `GET /debug_token?input_token=${token}`, { token: systemUserToken });
  expect(at(answer.body, 'data', 'error')).toMatchObject({ code: 190, subcode: 463 });
});

test('app and system user tokens can be looked at too', async () => {
  const simulator = await playground();
  const app = `${simulator.appId}|${simulator.appSecret}`;
  const ask = async (input: string) => {
    const query = queryOf({ input_token: input });
    return at((await graph(simulator, `GET /debug_token?${query}`, { token: app })).body, 'data');
  };
  expect(await ask(app)).toMatchObject({ type: 'APP', is_valid: true });
  expect(await ask(simulator.systemUserToken)).toMatchObject({
    type: 'SYSTEM_USER',
    expires_at: 0,
    granular_scopes: [{ scope: 'business_management' }, {}, {}],
  });
});

test('a customer may not debug tokens', async () => {
  const simulator = await playground();
  const { token } = await onboarded(simulator);
  expect(errorOf(await graph(simulator, `GET /debug_token?input_token=${token}`, { token }))).toEqual({
    status: 400,
    code: 100,
  });
});
