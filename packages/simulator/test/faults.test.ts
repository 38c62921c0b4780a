import { expect, test } from 'vitest';
import { at, errorOf, graph } from './support/graph-client.ts';
import { onboarded, playground, seedOne } from './support/playground.ts';

test('a scripted error is answered as Meta would, so often as asked, without doing the work', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  const token = simulator.systemUserToken;
  const error = {
    code: 2,
    message: 'Service temporarily unavailable',
    is_transient: true,
    error_subcode: 99,
  };
  simulator.setFaults([
    { match: { method: 'DELETE', path: '/*' }, times: 2, fault: { kind: 'error', status: 503, error } },
  ]);
  for (let call = 1; call <= 2; call += 1) {
    const answer = await graph(simulator, `DELETE /v26.0/${id}`, { token });
    expect(answer.status).toBe(503);
    expect(at(answer.body, 'error')).toMatchObject({ ...error, type: 'OAuthException' });
    expect(simulator.state().preverifiedNumbers).toHaveLength(1);
  }
  expect((await graph(simulator, `DELETE /v26.0/${id}`, { token })).status).toBe(200);
});

test('a reset breaks the connection before anything is done', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const path = `/v26.0/${phoneNumberId}/register`;
  const json = { messaging_product: 'whatsapp', pin: '123456' };
  simulator.setFaults([{ match: { method: 'post', path: '*/register' }, fault: { kind: 'reset' } }]);
  await expect(graph(simulator, `POST ${path}`, { token, json })).rejects.toThrow('fetch failed');
  expect(simulator.state().phoneNumbers[0]).toMatchObject({ hasPin: false, registerCalls: 0 });
});

test('a lost answer breaks the connection after everything is done', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const json = { messaging_product: 'whatsapp', pin: '123456' };
  simulator.setFaults([{ match: { path: `/${phoneNumberId}/register` }, fault: { kind: 'lost' } }]);
  await expect(graph(simulator, `POST /${phoneNumberId}/register`, { token, json })).rejects.toThrow(
    'fetch failed',
  );
  expect(simulator.state().phoneNumbers[0]).toMatchObject({ hasPin: true, registerCalls: 1 });
  expect(simulator.requests().at(-1)).toMatchObject({ fault: 'lost', status: undefined });
});

test('a slow answer is late, but the work is done at once', async () => {
  const waits: number[] = [];
  const simulator = await playground({
    async delay(ms) {
      waits.push(ms);
      expect(simulator.state().preverifiedNumbers).toEqual([]);
    },
  });
  const { id } = seedOne(simulator);
  simulator.setFaults([{ match: {}, fault: { kind: 'slow', ms: 5000 } }]);
  const answer = await graph(simulator, `DELETE /${id}`, { token: simulator.systemUserToken });
  expect(answer.status).toBe(200);
  expect(waits).toEqual([5000]);
});

test('other calls go by, and a new script replaces the old one', async () => {
  const simulator = await playground();
  const token = simulator.systemUserToken;
  const fault = { kind: 'error', status: 400, error: { code: 4, message: 'limit' } } as const;
  simulator.setFaults([{ match: { path: '/oauth/access_token' }, times: 99, fault }]);
  expect((await graph(simulator, `GET /${simulator.businessId}`, { token })).status).toBe(200);
  expect(errorOf(await graph(simulator, 'GET /v26.0/oauth/access_token'))).toEqual({ status: 400, code: 4 });
  simulator.setFaults([]);
  expect(errorOf(await graph(simulator, 'GET /v26.0/oauth/access_token')).code).toBe(100);
});
