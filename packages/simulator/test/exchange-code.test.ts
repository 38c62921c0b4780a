import { describe, expect, test } from 'vitest';
import type { Simulator } from '../src/index.ts';
import { at, errorOf, graph, text } from './support/graph-client.ts';
import { onboarded, playground, seedOne } from './support/playground.ts';

function exchangeWith(simulator: Simulator, changes: Record<string, string | undefined> = {}) {
  const all = { client_id: simulator.appId, client_secret: simulator.appSecret, ...changes };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) if (value !== undefined) query.set(name, value);
  return graph(simulator, `GET /v26.0/oauth/access_token?${query.toString()}`);
}

function signUp(simulator: Simulator, redirectUri?: string): string {
  return simulator.signUp({ numberId: seedOne(simulator).id, redirectUri }).code ?? '';
}

describe.each(['live', 'openapi'] as const)('in the %s profile', (profile) => {
  test('a code is exchanged for a bearer token that never expires', async () => {
    const simulator = await playground({ profile });
    const { status, body } = await exchangeWith(simulator, { code: signUp(simulator) });
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: expect.stringMatching(/^EAAS\w+$/), token_type: 'bearer' });
  });

  test('a code lives for 30 seconds, and not a moment longer', async () => {
    const simulator = await playground({ profile });
    const code = signUp(simulator);
    const late = signUp(simulator);
    simulator.advance('PT29.999S');
    expect((await exchangeWith(simulator, { code })).status).toBe(200);
    simulator.advance('PT0.001S');
    const refused = await exchangeWith(simulator, { code: late });
    expect(errorOf(refused)).toEqual({ status: 400, code: 100, subcode: 36007 });
  });

  test('a code is good for one exchange', async () => {
    const simulator = await playground({ profile });
    const code = signUp(simulator);
    await exchangeWith(simulator, { code });
    const again = await exchangeWith(simulator, { code });
    expect(errorOf(again)).toEqual({ status: 400, code: 100, subcode: 36009 });
    expect(text(again.body, 'error', 'message')).toBe('This authorization code has been used.');
    expect(again.headers.get('www-authenticate')).toMatch(/^OAuth "Facebook Platform" "invalid_code" "/);
  });

  test('a wrong app, a wrong secret and a malformed code each have their own error, and use no code up', async () => {
    const simulator = await playground({ profile });
    const code = signUp(simulator);
    expect(errorOf(await exchangeWith(simulator, { code, client_id: '1' })).code).toBe(101);
    expect(errorOf(await exchangeWith(simulator, { code, client_secret: 'x' })).code).toBe(1);
    expect(errorOf(await exchangeWith(simulator, { code: 'nonsense' }))).toEqual({ status: 400, code: 100 });
    expect(errorOf(await exchangeWith(simulator))).toEqual({ status: 400, code: 100 });
    expect((await exchangeWith(simulator, { code })).status).toBe(200);
  });
});

test('naming a redirect is refused, unless the log-in had that very fallback', async () => {
  const simulator = await playground();
  const page = 'https://bsp.example/start';
  const refused = await exchangeWith(simulator, { code: signUp(simulator), redirect_uri: page });
  expect(errorOf(refused)).toEqual({ status: 400, code: 100, subcode: 36008 });
  const accepted = await exchangeWith(simulator, { code: signUp(simulator, page), redirect_uri: page });
  expect(accepted.status).toBe(200);
});

test('when customers tokens expire, the exchange says so and the token ends by the clock', async () => {
  const simulator = await playground({ businessTokenLifetime: 60 * 86_400_000 });
  const { body } = await exchangeWith(simulator, { code: signUp(simulator) });
  expect(at(body, 'expires_in')).toBe(5_184_000);
  simulator.advance('P60D');
  const { phoneNumberId } = await onboarded(simulator);
  const late = await graph(simulator, `GET /v26.0/${phoneNumberId}`, { token: text(body, 'access_token') });
  expect(errorOf(late)).toEqual({ status: 401, code: 190, subcode: 463 });
});
