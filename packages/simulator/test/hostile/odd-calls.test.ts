import { describe, expect, test, vi } from 'vitest';
import { graph } from '../support/graph-client.ts';
import { NOON, onboarded, playground, seedOne } from '../support/playground.ts';

describe('no secret is in the ledger', () => {
  test('of JSON that came without its content type', async () => {
    const simulator = await playground();
    const { phoneNumberId, token } = await onboarded(simulator);
    const body = '{"messaging_product":"whatsapp","pin":"123987"}';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await graph(simulator, `POST /${phoneNumberId}/register`, { token, body, headers });
    expect(JSON.stringify(simulator.requests())).not.toContain('123987');
  });

  test.each([
    ['in another case', (secret: string) => `GET /v26.0/1?Pin=${secret}`],
    ['with blanks around its name', (secret: string) => `GET /v26.0/1?access_token%20=${secret}`],
    ['as the path', (secret: string) => `GET /v26.0/${secret}`],
  ])('%s', async (_how, request) => {
    const simulator = await playground();
    const { token } = await onboarded(simulator);
    await graph(simulator, request(token));
    expect(JSON.stringify(simulator.requests())).not.toContain(token);
  });
});

describe('an odd call', () => {
  test('nested without end is answered and in the ledger', async () => {
    const simulator = await playground();
    const body = `{"phone_number":"+16315550100","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const headers = { 'content-type': 'application/json' };
    const path = `/${simulator.businessId}/add_phone_numbers`;
    const answer = await graph(simulator, `POST ${path}`, {
      token: simulator.systemUserToken,
      body,
      headers,
    });
    expect(answer.status).toBe(200);
    expect(simulator.requests({ path })).toMatchObject([{ status: 200 }]);
  });

  test('that meets a defect of ours is Meta’s unknown error, and in the ledger', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    // A date that cannot be written in the answer.
    simulator.setClock(8.64e15 - 1000);
    seedOne(simulator, { phoneNumbers: ['+16315550100'], status: 'NOT_VERIFIED' });
    await graph(simulator, `POST /${id}/request_code?code_method=SMS&language=en`, {
      token: simulator.systemUserToken,
    });
    const { code } = simulator.inbox().at(-1) ?? { code: '' };
    const token = simulator.systemUserToken;
    await graph(simulator, `POST /${id}/verify_code?code=${code}`, { token });
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const answer = await graph(simulator, `GET /${id}`, { token });
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 1 } } });
    expect(warned).toHaveBeenCalledOnce();
    expect(simulator.requests({ path: `/${id}` })).toMatchObject([{ status: 500, errorCode: 1 }]);
  });
});

describe('a listener that throws', () => {
  test('harms no call', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const fail = () => {
      throw new Error('listener');
    };
    const simulator = await playground({ onRequest: fail, onCode: fail, onAnswer: fail });
    const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
    const token = simulator.systemUserToken;
    const answer = await graph(simulator, `POST /${id}/request_code?code_method=SMS&language=en`, { token });
    expect(answer.body).toEqual({ success: true });
    await vi.waitFor(() => expect(warned.mock.calls.length).toBeGreaterThanOrEqual(3));
  });
});

test.each([
  { count: -3 },
  { count: 100_001 },
  { count: 1, verifiedAt: Number.MAX_SAFE_INTEGER },
  { count: 1, verifiedAt: NOON + 0.5 },
])('numbers cannot be seeded with %o', async (seed) => {
  const simulator = await playground();
  expect(() => simulator.seedNumbers(seed)).toThrow(RangeError);
  expect(simulator.state().preverifiedNumbers).toEqual([]);
});

test.each([NaN, -5, 0.5, Infinity])(
  'customers’ tokens cannot live for %d ms',
  async (businessTokenLifetime) => {
    await expect(playground({ businessTokenLifetime })).rejects.toThrow(/businessTokenLifetime/);
  },
);
