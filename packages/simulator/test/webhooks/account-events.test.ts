import { describe, expect, test } from 'vitest';
import { control } from '../support/callback.ts';
import { at, errorOf, graph } from '../support/graph-client.ts';
import { entryIn, heard, valueIn } from '../support/heard.ts';
import { NOON, onboarded, playground } from '../support/playground.ts';

describe('the other account updates', () => {
  test.each([
    ['ACCOUNT_DELETED', {}],
    ['ACCOUNT_OFFBOARDED', {}],
    ['ACCOUNT_RECONNECTED', {}],
    ['VOLUME_BASED_PRICING_TIER_UPDATE', {}],
    ['ACCOUNT_VIOLATION', { violation_info: { violation_type: 'SCAM' } }],
    [
      'ACCOUNT_RESTRICTION',
      {
        restriction_info: [
          {
            restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING',
            expiration: NOON / 1000 + 604_800,
          },
        ],
      },
    ],
    ['DISABLED_UPDATE', { ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: '2026-11-20' } }],
    [
      'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',
      {
        partner_client_certification_info: {
          client_business_id: 'business',
          status: 'APPROVED',
          rejection_reasons: [],
        },
      },
    ],
    [
      'PARTNER_CLIENT_CERTIFICATION_NEEDED',
      { partner_client_certification_needed_info: { client_business_id: 'business' } },
    ],
  ] as const)('%s has the account as its entry', async (event, rest) => {
    const { customer, bodiesOf } = await heard();
    const [body] = await bodiesOf({ kind: 'account-update', wabaId: customer.wabaId, event });
    const value = JSON.parse(
      JSON.stringify(valueIn(body)).replace(customer.businessId, 'business'),
    ) as unknown;
    expect(value).toEqual({ event, ...rest });
    expect(at(entryIn(body), 'id')).toBe(customer.wabaId);
  });

  test.each([
    ['AD_ACCOUNT_LINKED', { ad_account_linked: expect.stringMatching(/^\d+$/) }],
    ['MM_LITE_TERMS_SIGNED', {}],
  ] as const)('%s has a business as its entry', async (event, rest) => {
    const { simulator, customer, bodiesOf } = await heard();
    const { wabaId, businessId } = customer;
    const [body] = await bodiesOf({ kind: 'account-update', wabaId, event });
    expect(valueIn(body)).toEqual({
      event,
      waba_info: { waba_id: wabaId, owner_business_id: businessId, ...rest },
    });
    expect(at(entryIn(body), 'id')).toBe(simulator.businessId);
  });

  test('take other details, of the documented words', async () => {
    const { simulator, customer, bodiesOf } = await heard();
    const { wabaId } = customer;
    const event = { kind: 'account-update', wabaId, event: 'DISABLED_UPDATE' } as const;
    const [body] = await bodiesOf({ ...event, details: { waba_ban_state: 'REINSTATE' } });
    expect(at(valueIn(body), 'ban_info')).toMatchObject({ waba_ban_state: 'REINSTATE' });
    expect(() => simulator.emit({ ...event, details: { waba_ban_state: 'MAYBE' } })).toThrow(
      /SCHEDULE_FOR_DISABLE/,
    );
  });

  test('end access when the account is deleted', async () => {
    const { simulator, customer, bodiesOf } = await heard();
    const { wabaId, token } = customer;
    await bodiesOf({ kind: 'account-update', wabaId, event: 'ACCOUNT_DELETED' });
    expect(errorOf(await graph(simulator, `GET /v26.0/${wabaId}`, { token })).subcode).toBe(33);
  });
});

test.each([
  ['tier', 'TIER_2K'],
  ['number', 2000],
] as const)('a capability is written as a %s', async (capabilityLimitForm, limit) => {
  const { customer, bodiesOf } = await heard({ capabilityLimitForm });
  const { wabaId } = customer;
  const [body] = await bodiesOf({
    kind: 'business-capability-update',
    wabaId,
    tier: 'TIER_2K',
    maxPhoneNumbers: 20,
  });
  expect(valueIn(body)).toEqual({
    max_daily_conversations_per_business: limit,
    max_phone_numbers_per_business: 20,
  });
});

describe('events that cannot be', () => {
  test.each([
    {},
    { kind: 'explosion' },
    { kind: 'partner-removed' },
    { kind: 'partner-removed', wabaId: '1' },
    { kind: 'partner-added', wabaId: 5 },
    { kind: 'account-update', wabaId: '1', event: 'ACCOUNT_ENLARGED' },
    { kind: 'account-update', wabaId: '1', event: 'ACCOUNT_DELETED', colour: 'red' },
    { kind: 'security', phoneNumberId: '1', event: 'PIN_CHANGED' },
    { kind: 'raw', field: 'messages', entryId: '1' },
  ])('%o is refused with a sentence', async (event) => {
    const { simulator } = await heard();
    const answer = await control(simulator, 'POST /events', event);
    expect(answer.status).toBe(400);
    expect(at(answer.body, 'error')).toEqual(expect.any(String));
    expect(await simulator.deliver()).toEqual([]);
  });

  test('a number of another account does not remove the partner', async () => {
    const { simulator, customer } = await heard();
    const { phoneNumberId } = await onboarded(simulator);
    const { wabaId } = customer;
    expect(() => simulator.emit({ kind: 'partner-removed', wabaId, phoneNumberId })).toThrow(
      /not on account/,
    );
    expect((await graph(simulator, `GET /v26.0/${wabaId}`, customer)).status).toBe(200);
  });
});

test('a business that Meta verified may hold more numbers, and its partner is told', async () => {
  const simulator = await playground({ send: () => Promise.resolve({ status: 200 }) });
  const { businessId } = simulator.signUp({ ownNumber: '+16315550100' });
  await simulator.setWebhook({ url: 'http://bsp.example/hook', handshake: false });
  simulator.setBusinessVerified(businessId ?? '', true);
  simulator.setBusinessVerified(businessId ?? '', true);
  await simulator.deliver();
  const values = simulator.deliveries().map(({ body }) => at(body, 'entry', 0, 'changes', 0));
  expect(values).toMatchObject([
    { field: 'business_capability_update', value: { max_phone_numbers_per_business: 20 } },
  ]);
});
