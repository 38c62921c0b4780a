import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { deliveredTo, subscribed } from '../support/callback.ts';
import { at, errorOf, graph } from '../support/graph-client.ts';
import { entryIn, heard, valueIn } from '../support/heard.ts';
import { sender, send } from '../support/messaging.ts';
import { NOON, onboarded, playground } from '../support/playground.ts';

const accountsOf = (simulator: Simulator, token: string) =>
  graph(
    simulator,
    `GET /v26.0/debug_token?input_token=${token}&access_token=${simulator.appId}|${simulator.appSecret}`,
  );

describe('a finished sign-up', () => {
  test('is reported as PARTNER_ADDED, and the new account’s capability before it', async () => {
    const simulator = await playground();
    const app = await subscribed(simulator);
    const { wabaId, businessId } = await onboarded(simulator);
    expect(await deliveredTo(simulator, app)).toEqual([
      {
        object: 'whatsapp_business_account',
        entry: [
          {
            id: wabaId,
            time: NOON / 1000,
            changes: [
              {
                value: {
                  max_daily_conversations_per_business: 'TIER_250',
                  max_phone_numbers_per_business: 2,
                },
                field: 'business_capability_update',
              },
            ],
          },
        ],
      },
      {
        object: 'whatsapp_business_account',
        entry: [
          {
            id: simulator.businessId,
            time: NOON / 1000,
            changes: [
              {
                value: {
                  event: 'PARTNER_ADDED',
                  waba_info: { waba_id: wabaId, owner_business_id: businessId },
                },
                field: 'account_update',
              },
            ],
          },
        ],
      },
    ]);
  });

  test('can be reported again, for a Multi-Partner Solution with its members', async () => {
    const { customer, bodiesOf } = await heard();
    const { wabaId, businessId } = customer;
    const [body] = await bodiesOf({
      kind: 'partner-added',
      wabaId,
      solutionId: '5',
      solutionPartnerBusinessIds: ['6', '7'],
    });
    expect(valueIn(body)).toEqual({
      event: 'PARTNER_ADDED',
      waba_info: {
        waba_id: wabaId,
        owner_business_id: businessId,
        solution_id: '5',
        solution_partner_business_ids: ['6', '7'],
      },
    });
  });

  test('names the customer’s business as its entry when that is assumed', async () => {
    const { customer, bodiesOf } = await heard({ partnerEventEntry: 'customer' });
    const [body] = await bodiesOf({ kind: 'partner-added', wabaId: customer.wabaId });
    expect(at(entryIn(body), 'id')).toBe(customer.businessId);
  });
});

describe('a customer who removes the partner', () => {
  test('is reported with the account, and with the reason if there is one', async () => {
    const { simulator, customer, bodiesOf } = await heard();
    const { wabaId, businessId } = customer;
    const waba_info = { waba_id: wabaId, owner_business_id: businessId };
    const [plain] = await bodiesOf({ kind: 'partner-removed', wabaId });
    expect(valueIn(plain)).toEqual({ event: 'PARTNER_REMOVED', waba_info });
    expect(at(entryIn(plain), 'id')).toBe(simulator.businessId);
    const [told] = await bodiesOf({ kind: 'partner-removed', wabaId, reason: 'ACCOUNT_DISCONNECTED' });
    expect(valueIn(told)).toEqual({
      event: 'PARTNER_REMOVED',
      waba_info,
      disconnection_info: { reason: 'ACCOUNT_DISCONNECTED', initiated_by: 'USER' },
    });
  });

  test('is reported with the number alone in coexistence', async () => {
    const { customer, bodiesOf } = await heard();
    const { wabaId, phoneNumberId } = customer;
    const [body] = await bodiesOf({ kind: 'partner-removed', wabaId, phoneNumberId });
    expect(valueIn(body)).toEqual({ event: 'PARTNER_REMOVED', phone_number: '15550100001' });
    expect(at(entryIn(body), 'id')).toBe(wabaId);
  });

  test.each(['partner-removed', 'partner-app-uninstalled'] as const)(
    'takes the account from every token: %s',
    async (kind) => {
      const simulator = await playground();
      const customer = await sender(simulator);
      const { wabaId, phoneNumberId, token } = customer;
      simulator.emit({ kind, wabaId });
      for (const node of [wabaId, phoneNumberId]) {
        for (const bearer of [token, simulator.systemUserToken]) {
          const answer = await graph(simulator, `GET /v26.0/${node}`, { token: bearer });
          expect(errorOf(answer)).toEqual({ status: 400, code: 100, subcode: 33 });
        }
      }
      expect(errorOf(await send(simulator, customer)).subcode).toBe(33);
      const { body } = await accountsOf(simulator, token);
      expect(JSON.stringify(body)).not.toContain(wabaId);
    },
  );
});

describe('an app that is installed alone', () => {
  const info = (simulator: Simulator, { wabaId, businessId }: { wabaId: string; businessId: string }) => ({
    waba_id: wabaId,
    owner_business_id: businessId,
    partner_app_id: simulator.appId,
  });
  const misplaced = { field: 'account_update', object: 'whatsapp_business_account' };

  test('is reported with field and object on the entry, as in the example', async () => {
    const { simulator, customer, bodiesOf } = await heard();
    const { wabaId } = customer;
    const value = { event: 'PARTNER_APP_INSTALLED', waba_info: info(simulator, customer) };
    const [body] = await bodiesOf({ kind: 'partner-app-installed', wabaId });
    const entry = { id: simulator.businessId, time: NOON / 1000 };
    expect(body).toEqual({ entry: [{ ...entry, changes: [{ value }], ...misplaced }] });
    const [regular] = await bodiesOf({ kind: 'partner-app-installed', wabaId, shape: 'regular' });
    expect(regular).toEqual({
      object: misplaced.object,
      entry: [{ ...entry, changes: [{ value, field: misplaced.field }] }],
    });
  });

  test('is reported gone with field and object inside the value, or without waba_info', async () => {
    const { simulator, customer, bodiesOf } = await heard();
    const { wabaId } = customer;
    const value = { event: 'PARTNER_APP_UNINSTALLED', waba_info: info(simulator, customer) };
    const [body] = await bodiesOf({ kind: 'partner-app-uninstalled', wabaId });
    const entry = { id: simulator.businessId, time: NOON / 1000 };
    expect(body).toEqual({ entry: [{ ...entry, changes: [{ value: { ...value, ...misplaced } }] }] });
    const [bare] = await bodiesOf({ kind: 'partner-app-uninstalled', wabaId, shape: 'without-waba-info' });
    expect(valueIn(bare)).toEqual({ event: 'PARTNER_APP_UNINSTALLED' });
    expect(at(entryIn(bare), 'id')).toBe(simulator.businessId);
  });

  test('is reported like everything else when that is assumed', async () => {
    const { customer, bodiesOf } = await heard({ partnerAppEventShape: 'regular' });
    const [body] = await bodiesOf({ kind: 'partner-app-installed', wabaId: customer.wabaId });
    expect(at(entryIn(body), 'changes', 0, 'field')).toBe('account_update');
  });

  test('never shares a body with other events', async () => {
    const { simulator, customer, app } = await heard();
    const { wabaId } = customer;
    simulator.setDelivery({ batch: 1000 });
    simulator.emit({ kind: 'partner-added', wabaId });
    simulator.emit({ kind: 'partner-app-installed', wabaId });
    simulator.emit({ kind: 'partner-added', wabaId });
    expect(await deliveredTo(simulator, app)).toHaveLength(3);
  });
});
