import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Simulator, SimulatorOptions } from '../../src/index.ts';
import { calls } from '../numbers/support/number-calls.ts';
import { at, errorOf, graph, queryOf } from '../support/graph-client.ts';
import { NOON, onboarded, playground, seedOne } from '../support/playground.ts';

const ALL = ['business_management', 'whatsapp_business_management', 'whatsapp_business_messaging'];
const CODE = 'code_method=SMS&language=en_US';

/** What debug_token says of the system user's token; asked with that token itself unless told. */
const debug = (simulator: Simulator, token = simulator.systemUserToken) =>
  graph(simulator, `GET /v26.0/debug_token?${queryOf({ input_token: simulator.systemUserToken })}`, {
    token,
  });

const appToken = ({ appId, appSecret }: Simulator) => `${appId}|${appSecret}`;

test('the system user’s token is of the app, good for everything, and for ever', async () => {
  const simulator = await playground();
  for (const token of [simulator.systemUserToken, appToken(simulator)]) {
    expect(at((await debug(simulator, token)).body, 'data')).toEqual({
      app_id: simulator.appId,
      application: 'Simulated app',
      type: 'SYSTEM_USER',
      is_valid: true,
      expires_at: 0,
      data_access_expires_at: 0,
      scopes: ALL,
      granular_scopes: ALL.map((scope) => ({ scope })),
      user_id: expect.stringMatching(/^\d+$/),
    });
  }
});

describe('a system user’s token that ends', () => {
  test('says when, and is refused from then on', async () => {
    const simulator = await playground({ systemUserTokenExpiresAt: NOON + 60_000 });
    expect(at((await debug(simulator)).body, 'data')).toMatchObject({
      is_valid: true,
      expires_at: NOON / 1000 + 60,
    });
    simulator.advance('PT1M');
    const { call } = calls(simulator);
    expect(errorOf(await call(`GET /v26.0/${simulator.businessId}`))).toEqual({
      status: 401,
      code: 190,
      subcode: 463,
    });
    const told = at((await debug(simulator, appToken(simulator))).body, 'data');
    expect(told).toMatchObject({ is_valid: false, error: { code: 190, subcode: 463 } });
  });

  test('is the only one that does', async () => {
    const simulator = await playground({ systemUserTokenExpiresAt: NOON - 1 });
    const { businessId, systemUserToken } = simulator.addPartner();
    const pool = (id: string, token: string) =>
      graph(simulator, `GET /v26.0/${id}/preverified_numbers`, { token });
    expect((await pool(businessId, systemUserToken)).status).toBe(200);
    expect((await pool(simulator.businessId, simulator.userToken)).status).toBe(200);
    expect((await pool(simulator.businessId, simulator.systemUserToken)).status).toBe(401);
  });

  test('leaves those of others without an end', async () => {
    const simulator = await playground({ systemUserTokenExpiresAt: NOON + 60_000 });
    for (const input_token of [simulator.addPartner().systemUserToken, simulator.userToken]) {
      const path = `GET /v26.0/debug_token?${queryOf({ input_token })}`;
      const { body } = await graph(simulator, path, { token: appToken(simulator) });
      expect(at(body, 'data', 'expires_at')).toBe(0);
    }
  });
});

describe.each(['live', 'openapi'] as const)('in the %s profile a token without', (profile) => {
  const refused = { status: 403, code: 200, subcode: profile === 'live' ? undefined : 1349176 };
  const without = (scope: string) =>
    playground({ profile, systemUserScopes: ALL.filter((one) => one !== scope) });

  test('business_management has no pool', async () => {
    const simulator = await without('business_management');
    expect(at((await debug(simulator)).body, 'data', 'scopes')).toEqual(ALL.slice(1));
    const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
    const { businessId } = simulator;
    const { call } = calls(simulator);
    const shared = queryOf({ preverified_id: id, partner_business_id: simulator.addPartner().businessId });
    for (const request of [
      `GET /v26.0/${businessId}/preverified_numbers`,
      `POST /v26.0/${businessId}/add_phone_numbers?phone_number=15550783881`,
      `POST /v26.0/${businessId}/share_preverified_numbers?${shared}`,
      `GET /v26.0/${id}`,
      `POST /v26.0/${id}/request_code?${CODE}`,
      `DELETE /v26.0/${id}`,
    ]) {
      expect(errorOf(await call(request))).toEqual(refused);
    }
    expect(simulator.state().preverifiedNumbers).toHaveLength(1);
    expect(simulator.inbox()).toEqual([]);
    const { wabaId } = await onboarded(simulator);
    expect((await call(`GET /v26.0/${wabaId}`)).status).toBe(200);
  });

  test('whatsapp_business_management has no accounts and numbers on them', async () => {
    const simulator = await without('whatsapp_business_management');
    const { wabaId, phoneNumberId } = await onboarded(simulator);
    const { businessId } = simulator;
    const { call } = calls(simulator);
    for (const request of [
      `GET /v26.0/${wabaId}/phone_numbers`,
      `GET /v26.0/${phoneNumberId}`,
      `POST /v26.0/${phoneNumberId}/register?messaging_product=whatsapp&pin=123456`,
      `GET /v26.0/${businessId}/client_whatsapp_business_accounts`,
    ]) {
      expect(errorOf(await call(request))).toEqual(refused);
    }
    expect((await call(`GET /v26.0/${businessId}/preverified_numbers`)).status).toBe(200);
  });

  test('whatsapp_business_messaging sends no messages', async () => {
    const simulator = await without('whatsapp_business_messaging');
    const { phoneNumberId } = await onboarded(simulator);
    const { call } = calls(simulator);
    expect(errorOf(await call(`POST /v26.0/${phoneNumberId}/messages`, {}))).toEqual(refused);
    expect((await call(`GET /v26.0/${phoneNumberId}`)).status).toBe(200);
  });
});

describe('a system user’s token of another app', () => {
  const OTHER = '987654321098765';

  test('names that app to itself, and cannot be looked at by ours', async () => {
    const simulator = await playground({ systemUserTokenAppId: OTHER });
    expect(at((await debug(simulator)).body, 'data')).toMatchObject({ app_id: OTHER, is_valid: true });
    const answer = await debug(simulator, appToken(simulator));
    expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
    expect(at(answer.body, 'error', 'message')).toBe(
      '(#100) The App_id in the input_token did not match the Viewing App',
    );
  });

  test('cannot look at the tokens of ours', async () => {
    const simulator = await playground({ systemUserTokenAppId: OTHER });
    const { systemUserToken: token, userToken } = simulator;
    const answer = await graph(simulator, `GET /debug_token?input_token=${userToken}`, { token });
    expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
  });

  test.each([false, true])(
    'fits no proof made with our secret; required: %s',
    async (requireAppSecretProof) => {
      const simulator = await playground({ systemUserTokenAppId: OTHER, requireAppSecretProof });
      const { appSecret, businessId, systemUserToken } = simulator;
      const proof = createHmac('sha256', appSecret).update(systemUserToken).digest('hex');
      const { call } = calls(simulator);
      const refused = await call(`GET /v26.0/${businessId}?appsecret_proof=${proof}`);
      expect(at(refused.body, 'error', 'message')).toBe(
        'Invalid appsecret_proof provided in the API argument',
      );
      expect((await call(`GET /v26.0/${businessId}`)).status).toBe(200);
    },
  );
});

describe('a business that may have no pre-verified numbers', () => {
  test.each([
    ['live', { status: 403, code: 200 }, '(#200) Permissions error'],
    ['openapi', { status: 422, code: 100 }, 'Business is not eligible for pre-verified phone number access'],
  ] as const)(
    'can neither list nor add nor share them in the %s profile',
    async (profile, refused, words) => {
      const simulator = await playground({ profile, poolEligible: false });
      const { id } = seedOne(simulator);
      const { businessId, systemUserToken, userToken } = simulator;
      const partner = simulator.addPartner();
      const shared = queryOf({ preverified_id: id, partner_business_id: partner.businessId });
      for (const token of [systemUserToken, userToken]) {
        const { call } = calls(simulator, token);
        for (const request of [
          `GET /v26.0/${businessId}/preverified_numbers`,
          `POST /v26.0/${businessId}/add_phone_numbers?phone_number=15550783881`,
          `POST /v26.0/${businessId}/share_preverified_numbers?${shared}`,
        ]) {
          const answer = await call(request);
          expect(errorOf(answer)).toEqual(refused);
          expect(at(answer.body, 'error', 'message')).toBe(words);
        }
      }
      expect(simulator.state().preverifiedNumbers).toHaveLength(1);
      const theirs = await graph(simulator, `GET /v26.0/${partner.businessId}/preverified_numbers`, {
        token: partner.systemUserToken,
      });
      expect(theirs.status).toBe(200);
    },
  );
});

test.each([
  [{ systemUserScopes: 'business_management' }, /systemUserScopes must list/],
  [{ systemUserScopes: [''] }, /systemUserScopes must list/],
  [{ systemUserTokenExpiresAt: 1.5 }, /systemUserTokenExpiresAt must be a time in whole ms/],
  [{ systemUserTokenAppId: 'app' }, /systemUserTokenAppId must be a string of digits/],
  [{ poolEligible: 'no' }, /poolEligible must be true or false/],
])('%j is refused', async (options, problem) => {
  await expect(playground(options as unknown as SimulatorOptions)).rejects.toThrow(problem);
});
