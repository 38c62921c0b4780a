import { describe, expect, test } from 'vitest';
import type { SignUpRequest, Simulator } from '../../src/index.ts';
import { at, graph } from '../support/graph-client.ts';
import { NOON, exchange, playground, seedOne } from '../support/playground.ts';

const OWN = '+1 631-555-0100';

/** The session-logging message of a sign-up, parsed. */
function messageOf(simulator: Simulator, request: SignUpRequest): unknown {
  const { messages } = simulator.signUp(request);
  expect(messages).toHaveLength(1);
  return JSON.parse(messages[0] ?? 'null');
}

async function fieldsOf(simulator: Simulator, phoneNumberId = '', fields = '') {
  const token = simulator.systemUserToken;
  return (await graph(simulator, `GET /v26.0/${phoneNumberId}?fields=${fields}`, { token })).body;
}

describe('a sign-up ends', () => {
  test('with a verified number: FINISH with number, account and business', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const { messages, code, ...ids } = simulator.signUp({ numberId: id });
    expect(JSON.parse(messages[0] ?? '')).toEqual({
      type: 'WA_EMBEDDED_SIGNUP',
      event: 'FINISH',
      data: { phone_number_id: ids.phoneNumberId, waba_id: ids.wabaId, business_id: ids.businessId },
    });
    expect(await exchange(simulator, code)).toMatch(/^EAA/);
  });

  test('by the X of the last screen: that is a finish too', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const { messages, code } = simulator.signUp({ numberId: id, outcome: 'closed_on_last_screen' });
    expect(messages[0]).toContain('"FINISH"');
    expect(code).toBeDefined();
  });

  test('by the X before the end: nothing is posted and nothing happens', async () => {
    const simulator = await playground();
    const before = simulator.state();
    expect(simulator.signUp({ outcome: 'closed' })).toEqual({ messages: [] });
    expect(simulator.state()).toEqual(before);
  });

  test('with a number that is not verified yet: it must be verified before it can be registered', async () => {
    const simulator = await playground();
    const {
      code,
      phoneNumberId = '',
      messages,
    } = simulator.signUp({ ownNumber: OWN, outcome: 'unverified' });
    expect(messages[0]).toContain('"FINISH"');
    expect(simulator.inbox()).toEqual([]);
    const token = await exchange(simulator, code);
    expect(await fieldsOf(simulator, phoneNumberId, 'code_verification_status')).toEqual({
      id: phoneNumberId,
      code_verification_status: 'NOT_VERIFIED',
    });
    const json = { messaging_product: 'whatsapp', pin: '123456' };
    const refused = await graph(simulator, `POST /${phoneNumberId}/register`, { token, json });
    expect(at(refused.body, 'error', 'code')).toBe(133006);
  });

  test('with a lapsed pool number whose code nobody entered', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator, { count: 1, status: 'EXPIRED' });
    simulator.signUp({ numberId: id, outcome: 'unverified' });
    expect(simulator.state().phoneNumbers).toMatchObject([{ status: 'NOT_VERIFIED', isPreverified: true }]);
  });

  test('without a number: the account alone is named', async () => {
    const simulator = await playground();
    const { messages, wabaId, phoneNumberId, code } = simulator.signUp({ outcome: 'only_waba' });
    expect(JSON.parse(messages[0] ?? '')).toMatchObject({
      event: 'FINISH_ONLY_WABA',
      data: { waba_id: wabaId },
    });
    expect(Object.keys(JSON.parse(messages[0] ?? '').data)).toEqual(['waba_id']);
    expect(phoneNumberId).toBeUndefined();
    expect(simulator.state().phoneNumbers).toEqual([]);
    expect(await exchange(simulator, code)).toMatch(/^EAA/);
  });

  test('with a number that stays on the WhatsApp Business app', async () => {
    const simulator = await playground();
    const request = { ownNumber: OWN, outcome: 'coexistence' } as const;
    const { messages, wabaId, phoneNumberId = '' } = simulator.signUp(request);
    expect(JSON.parse(messages[0] ?? '')).toEqual({
      type: 'WA_EMBEDDED_SIGNUP',
      event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
      data: { waba_id: wabaId },
    });
    expect(simulator.inbox()).toEqual([]);
    const fields = 'is_on_biz_app,platform_type,status,code_verification_status';
    expect(await fieldsOf(simulator, phoneNumberId, fields)).toMatchObject({
      is_on_biz_app: true,
      platform_type: 'CLOUD_API',
      status: 'CONNECTED',
      code_verification_status: 'VERIFIED',
    });
  });

  test('with the number named too, as another page of Meta’s has it', async () => {
    const simulator = await playground({ assume: { partialFinishNamesNumber: true } });
    const { messages, phoneNumberId } = simulator.signUp({ ownNumber: OWN, outcome: 'coexistence' });
    expect(at(JSON.parse(messages[0] ?? ''), 'data', 'phone_number_id')).toBe(phoneNumberId);
  });

  test('without a number, but naming the one the account has, as one sample does', async () => {
    const simulator = await playground({ assume: { partialFinishNamesNumber: true } });
    const { wabaId: accountId, phoneNumberId } = simulator.signUp({ ownNumber: OWN, person: 'nora' });
    const message = messageOf(simulator, { person: 'nora', accountId, outcome: 'only_waba' });
    expect(message).toMatchObject({ data: { phone_number_id: phoneNumberId, waba_id: accountId } });
  });

  test('as a migration on behalf of another partner', async () => {
    const simulator = await playground();
    const message = messageOf(simulator, { ownNumber: OWN, outcome: 'obo_migration' });
    expect(at(message, 'event')).toBe('FINISH_OBO_MIGRATION');
    expect(Object.keys(Object(at(message, 'data')))).toEqual(['phone_number_id', 'waba_id', 'business_id']);
  });

  test('by installing the app on what the business has', async () => {
    const simulator = await playground();
    const first = simulator.signUp({ ownNumber: OWN, person: 'nora' });
    const { wabaId: accountId } = first;
    const message = messageOf(simulator, { person: 'nora', outcome: 'app_only' });
    expect(message).toMatchObject({
      event: 'FINISH_GRANT_ONLY_API_ACCESS',
      data: { phone_number_id: first.phoneNumberId, waba_id: accountId, business_id: first.businessId },
    });
    expect(simulator.state().accounts).toHaveLength(1);
    expect(simulator.state().phoneNumbers).toHaveLength(1);
  });

  test.each([
    'BUSINESS_ACCOUNT_SELECTION',
    'WABA_PHONE_PROFILE_PICKER',
    'WHATSAPP_BUSINESS_PROFILE_SETUP',
    'PHONE_NUMBER_SETUP',
    'PHONE_NUMBER_VERIFICATION',
    'PERMISSIONS',
  ] as const)('by a cancel at %s', async (step) => {
    const simulator = await playground();
    const before = simulator.state();
    expect(messageOf(simulator, { outcome: 'cancel', step })).toEqual({
      type: 'WA_EMBEDDED_SIGNUP',
      event: 'CANCEL',
      data: { current_step: step },
    });
    expect(simulator.state()).toEqual(before);
  });
});

describe('a reported problem', () => {
  test('is a CANCEL with code, sentence, session and time in seconds', async () => {
    const simulator = await playground();
    const errorMessage = 'No code came.';
    expect(messageOf(simulator, { outcome: 'error', errorCode: '2494158', errorMessage })).toEqual({
      type: 'WA_EMBEDDED_SIGNUP',
      event: 'CANCEL',
      data: {
        error_message: errorMessage,
        error_code: '2494158',
        session_id: expect.stringMatching(/^\w+$/),
        timestamp: String(NOON / 1000),
      },
    });
  });

  test('comes in the older form, as ERROR, and beside the data', async () => {
    const simulator = await playground();
    const request = {
      outcome: 'error',
      errorEvent: 'ERROR',
      errorMember: 'error_id',
      errorBesideData: true,
    } as const;
    expect(messageOf(simulator, request)).toMatchObject({ event: 'ERROR', error_id: '2388091', data: {} });
  });
});

describe('what is shared', () => {
  test('is listed only when the customer picked it', async () => {
    const simulator = await playground();
    const assets = { pageIds: ['111'], adAccountIds: ['222', '333'] };
    const message = messageOf(simulator, { ownNumber: OWN, assets });
    expect(at(message, 'data')).toMatchObject({ page_ids: ['111'], ad_account_ids: ['222', '333'] });
    expect(Object.keys(Object(at(message, 'data')))).toHaveLength(5);
  });

  test.each(['v3', 'v2'] as const)('is reported in the form of %s with its version 3', async (form) => {
    const simulator = await playground();
    expect(messageOf(simulator, { ownNumber: OWN, form })).toMatchObject({ event: 'FINISH', version: 3 });
    expect(messageOf(simulator, { outcome: 'cancel', form })).toMatchObject({ event: 'CANCEL', version: 3 });
  });

  test('is in the form that the simulator was set to', async () => {
    const simulator = await playground({ sessionLog: 'v3' });
    expect(messageOf(simulator, { ownNumber: OWN })).toMatchObject({ version: 3 });
    expect(messageOf(simulator, { outcome: 'cancel', form: 'v4' })).not.toHaveProperty('version');
  });

  test('can be an account that was shared before and taken back', async () => {
    const simulator = await playground();
    const { wabaId: accountId = '' } = simulator.signUp({ ownNumber: OWN, person: 'nora' });
    simulator.emit({ kind: 'partner-removed', wabaId: accountId });
    const token = simulator.systemUserToken;
    expect((await graph(simulator, `GET /${accountId}`, { token })).status).toBe(400);
    simulator.signUp({ ownNumber: '+1 631-555-0101', person: 'nora', accountId });
    expect((await graph(simulator, `GET /${accountId}`, { token })).status).toBe(200);
    expect(simulator.state().accounts).toHaveLength(1);
  });
});
