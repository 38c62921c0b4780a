import { expect, test } from 'vitest';
import type { RecordedRequest } from '../src/index.ts';
import { graph } from './support/graph-client.ts';
import { NOON, onboarded, playground, seedOne } from './support/playground.ts';

test('every call is kept with its method, path, token kind and status', async () => {
  const heard: RecordedRequest[] = [];
  const simulator = await playground({ onRequest: (request) => heard.push(request) });
  const { phoneNumberId, token } = await onboarded(simulator);
  const answer = await graph(simulator, `POST /v25.0/${phoneNumberId}/register?a=b`, {
    token,
    json: { messaging_product: 'whatsapp', pin: '12' },
  });
  expect(simulator.requests().at(-1)).toEqual({
    at: NOON,
    method: 'POST',
    path: `/${phoneNumberId}/register`,
    version: 'v25.0',
    query: { a: 'b' },
    body: { messaging_product: 'whatsapp', pin: '***' },
    token: 'business',
    status: 400,
    errorCode: 100,
    traceId: answer.headers.get('x-fb-trace-id'),
  });
  expect(heard).toEqual(simulator.requests());
});

test('each kind of token is told from the others', async () => {
  const simulator = await playground();
  const tokens = [
    undefined,
    'EAAnobody',
    simulator.systemUserToken,
    `${simulator.appId}|${simulator.appSecret}`,
  ];
  for (const token of tokens) await graph(simulator, 'GET /v26.0/1', token === undefined ? {} : { token });
  expect(simulator.requests().map(({ token }) => token)).toEqual(['none', 'unknown', 'system_user', 'app']);
});

test('no secret is in the ledger, wherever it was sent', async () => {
  const simulator = await playground();
  const { wabaId, phoneNumberId, token } = await onboarded(simulator);
  const { code = '' } = simulator.signUp({ numberId: seedOne(simulator).id });
  const { appSecret, systemUserToken } = simulator;
  await graph(simulator, `GET /oauth/access_token?client_id=1&client_secret=${appSecret}&code=${code}`);
  await graph(simulator, `GET /debug_token?input_token=${token}&access_token=${systemUserToken}`);
  await graph(simulator, `GET /${wabaId}?appsecret_proof=proofproof`, { token });
  await graph(simulator, `POST /${phoneNumberId}/register`, {
    form: new URLSearchParams({ access_token: token, pin: '918273', messaging_product: 'whatsapp' }),
  });
  await graph(simulator, `POST /${phoneNumberId}/register`, {
    token,
    json: { pin: 918273, backup: { data: 'kept', password: 'hunter2hunter2' } },
  });
  await graph(simulator, `POST /${wabaId}/subscribed_apps`, {
    token,
    json: { verify_token: 'verifyverify' },
  });

  const kept = JSON.stringify(await (await fetch(`${simulator.url}/__simulator/requests`)).json());
  expect(kept).toContain('kept');
  const secrets = [
    appSecret,
    code,
    token,
    systemUserToken,
    'proofproof',
    '918273',
    'hunter2hunter2',
    'verifyverify',
  ];
  for (const secret of secrets) expect(kept).not.toContain(secret);
});
