import { describe, expect, test } from 'vitest';
import { at, errorOf, graph, queryOf } from '../support/graph-client.ts';
import { onboarded, playground } from '../support/playground.ts';

describe.each([
  ['expired', 463],
  ['app_removed', 458],
  ['password_changed', 460],
  ['logged_out', 467],
] as const)('a token that was ended as %s', (reason, subcode) => {
  test.each(['live', 'openapi'] as const)('is 190 with its subcode and a challenge (%s)', async (profile) => {
    const simulator = await playground({ profile });
    const { businessId, wabaId, token } = await onboarded(simulator);
    const other = await onboarded(simulator);
    expect(simulator.revokeToken({ businessId, reason })).toBe(1);
    const answer = await graph(simulator, `GET /v26.0/${wabaId}`, { token });
    expect(errorOf(answer)).toEqual({ status: 401, code: 190, subcode });
    expect(answer.headers.get('www-authenticate')).toMatch(/"invalid_token"/);
    expect((await graph(simulator, `GET /v26.0/${other.wabaId}`, other)).status).toBe(200);
  });

  test('is told about by debug_token', async () => {
    const simulator = await playground();
    const { businessId, token } = await onboarded(simulator);
    simulator.revokeToken({ businessId, reason });
    const answer = await graph(simulator, `GET /debug_token?input_token=${token}`, {
      token: simulator.systemUserToken,
    });
    expect(answer.status).toBe(200);
    expect(at(answer.body, 'data')).toEqual({
      is_valid: false,
      error: { code: 190, message: expect.any(String), subcode },
      scopes: [],
    });
  });
});

test('signing up again brings a good token', async () => {
  const simulator = await playground();
  const { businessId } = await onboarded(simulator, 'nora');
  simulator.revokeToken({ businessId });
  const again = await onboarded(simulator, 'nora');
  expect(again.businessId).toBe(businessId);
  expect((await graph(simulator, `GET /${again.wabaId}`, again)).status).toBe(200);
});

test('ending tokens over HTTP says how many there were, and refuses what cannot be', async () => {
  const simulator = await playground();
  const { businessId, wabaId, token } = await onboarded(simulator);
  const revoke = (json: unknown) => graph(simulator, 'POST /__simulator/tokens/revoke', { json });
  for (const bad of [{}, { businessId: '1' }, { businessId, reason: 'boredom' }, { businessId, why: 'x' }]) {
    expect(await revoke(bad)).toMatchObject({ status: 400, body: { error: expect.any(String) } });
  }
  expect((await graph(simulator, `GET /${wabaId}`, { token })).status).toBe(200);
  expect(await revoke({ businessId })).toMatchObject({ status: 200, body: { revoked: 1 } });
  expect(errorOf(await graph(simulator, `GET /${wabaId}`, { token })).subcode).toBe(458);
  expect((await revoke({ businessId })).status).toBe(400);
});

test('a partner is added over HTTP', async () => {
  const simulator = await playground();
  const { status, body } = await graph(simulator, 'POST /__simulator/partners', { json: { name: 'P' } });
  expect(status).toBe(201);
  const token = String(at(body, 'systemUserToken'));
  const seen = await graph(simulator, `GET /${String(at(body, 'businessId'))}`, { token });
  expect(at(seen.body, 'name')).toBe('P');
  for (const json of [{ name: 1 }, { inSolution: 'yes' }, { token: 'x' }]) {
    expect((await graph(simulator, 'POST /__simulator/partners', { json })).status).toBe(400);
  }
  expect(simulator.state().partners).toHaveLength(1);
});

describe('the targets of a token', () => {
  test.each([
    ['listed', [expect.any(String)]],
    ['absent', undefined],
    ['empty', []],
  ] as const)('are %s as assumed', async (tokenTargets, expected) => {
    const simulator = await playground({ assume: { tokenTargets } });
    const { token } = await onboarded(simulator);
    const query = queryOf({ input_token: token, access_token: `${simulator.appId}|${simulator.appSecret}` });
    const { body } = await graph(simulator, `GET /v26.0/debug_token?${query}`);
    expect(at(body, 'data', 'granular_scopes', 0, 'scope')).toBe('whatsapp_business_management');
    expect(at(body, 'data', 'granular_scopes', 0, 'target_ids')).toEqual(expected);
  });
});

describe('the redirect of a popup code', () => {
  const page = 'https://bsp.example/start';
  const signUp = (simulator: Awaited<ReturnType<typeof playground>>, redirectUri?: string) =>
    simulator.signUp({ numberId: simulator.seedNumbers({ count: 1 })[0]?.id, redirectUri }).code ?? '';
  const redeem = async (
    simulator: Awaited<ReturnType<typeof playground>>,
    code: string,
    redirect_uri?: string,
  ) => {
    const { appId: client_id, appSecret: client_secret } = simulator;
    const query = queryOf({ client_id, client_secret, code, ...(redirect_uri && { redirect_uri }) });
    return errorOf(await graph(simulator, `GET /oauth/access_token?${query}`));
  };
  const fine = { status: 200 };
  const mismatch = { status: 400, code: 100, subcode: 36008 };

  test('is refused by default, unless it is the fallback of the log-in', async () => {
    const simulator = await playground();
    expect(await redeem(simulator, signUp(simulator), page)).toEqual(mismatch);
    expect(await redeem(simulator, signUp(simulator, page), `${page}?x`)).toEqual(mismatch);
    expect(await redeem(simulator, signUp(simulator, page), page)).toEqual(fine);
    expect(await redeem(simulator, signUp(simulator))).toEqual(fine);
  });

  test('can be required', async () => {
    const simulator = await playground({ assume: { redirectUriOfPopupCode: 'required' } });
    expect(await redeem(simulator, signUp(simulator))).toEqual(mismatch);
    expect(await redeem(simulator, signUp(simulator, page))).toEqual(mismatch);
    expect(await redeem(simulator, signUp(simulator, page), `${page}/other`)).toEqual(mismatch);
    expect(await redeem(simulator, signUp(simulator, page), page)).toEqual(fine);
    expect(await redeem(simulator, signUp(simulator), page)).toEqual(fine);
  });

  test('can be ignored', async () => {
    const simulator = await playground({ assume: { redirectUriOfPopupCode: 'ignored' } });
    expect(await redeem(simulator, signUp(simulator), page)).toEqual(fine);
    expect(await redeem(simulator, signUp(simulator, page))).toEqual(fine);
  });

  test('a mismatch uses the code up, or keeps it, as assumed', async () => {
    const strict = await playground();
    const lost = signUp(strict);
    await redeem(strict, lost, page);
    expect(await redeem(strict, lost)).toEqual({ status: 400, code: 100, subcode: 36009 });
    const lenient = await playground({ assume: { codeAfterOtherRedirect: 'kept' } });
    const kept = signUp(lenient);
    await redeem(lenient, kept, page);
    expect(await redeem(lenient, kept)).toEqual(fine);
  });
});
