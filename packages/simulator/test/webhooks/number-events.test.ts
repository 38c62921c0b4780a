import { describe, expect, test } from 'vitest';
import type { SimulatorEvent } from '../../src/index.ts';
import { control, deliveredTo, subscribed } from '../support/callback.ts';
import { at, graph } from '../support/graph-client.ts';
import { sender } from '../support/messaging.ts';
import { playground } from '../support/playground.ts';

async function heard() {
  const simulator = await playground();
  const customer = await sender(simulator);
  const app = await subscribed(simulator);
  const changeBy = async (event: SimulatorEvent) => {
    simulator.emit(event);
    const [body] = await deliveredTo(simulator, app);
    return { entryId: at(body, 'entry', 0, 'id'), ...change(at(body, 'entry', 0, 'changes', 0)) };
  };
  const read = async (fields: string) => {
    const { body } = await graph(
      simulator,
      `GET /v26.0/${customer.phoneNumberId}?fields=${fields}`,
      customer,
    );
    return body;
  };
  return { simulator, changeBy, read, ...customer };
}

const change = (found: unknown) => ({ field: at(found, 'field'), value: at(found, 'value') });

test('a throughput upgrade makes the number’s throughput high', async () => {
  const { changeBy, read, wabaId, phoneNumberId } = await heard();
  const event = 'THROUGHPUT_UPGRADE';
  expect(
    await changeBy({ kind: 'phone-number-quality-update', phoneNumberId, event, tier: 'TIER_UNLIMITED' }),
  ).toEqual({
    entryId: wabaId,
    field: 'phone_number_quality_update',
    value: {
      display_phone_number: '15550100001',
      event,
      max_daily_conversations_per_business: 'TIER_UNLIMITED',
    },
  });
  expect(await read('throughput,messaging_limit_tier')).toMatchObject({
    throughput: { level: 'HIGH' },
    messaging_limit_tier: 'TIER_UNLIMITED',
  });
});

describe('the review of a display name', () => {
  test.each([
    ['APPROVED', 'APPROVED', null, 'Lucky Shrub'],
    ['REJECTED', 'DECLINED', 'NAME_FORMAT_UNACCEPTABLE', undefined],
    ['PENDING', 'PENDING_REVIEW', null, undefined],
    ['DEFERRED', 'PENDING_REVIEW', null, undefined],
  ] as const)('that ends %s leaves the number %s', async (decision, nameStatus, rejection_reason, name) => {
    const { changeBy, read, phoneNumberId } = await heard();
    const before = at(await read('verified_name'), 'verified_name');
    const { field, value } = await changeBy({
      kind: 'phone-number-name-update',
      phoneNumberId,
      decision,
      requestedName: 'Lucky Shrub',
      rejectionReason: 'NAME_FORMAT_UNACCEPTABLE',
    });
    expect(field).toBe('phone_number_name_update');
    expect(value).toEqual({
      display_phone_number: '15550100001',
      decision,
      requested_verified_name: 'Lucky Shrub',
      rejection_reason,
    });
    expect(await read('name_status,verified_name')).toMatchObject({
      name_status: nameStatus,
      verified_name: name ?? before,
    });
  });
});

test.each([
  ['PIN_CHANGED', undefined],
  ['PIN_RESET_REQUEST', '61555822107539'],
  ['PIN_REQUEST_SUCCESS', undefined],
] as const)('what happens to a PIN elsewhere is told: %s', async (event, requester) => {
  const { changeBy, phoneNumberId } = await heard();
  expect(await changeBy({ kind: 'security', phoneNumberId, event, requester })).toMatchObject({
    field: 'security',
    value: { display_phone_number: '15550100001', event, ...(requester && { requester }) },
  });
});

test('reviews of accounts and solutions are told', async () => {
  const { simulator, changeBy, wabaId } = await heard();
  expect(await changeBy({ kind: 'account-review-update', wabaId, decision: 'REJECTED' })).toEqual({
    entryId: wabaId,
    field: 'account_review_update',
    value: { decision: 'REJECTED' },
  });
  expect(
    await changeBy({
      kind: 'partner-solution',
      event: 'SOLUTION_CREATED',
      solutionId: '5',
      status: 'INITIATED',
    }),
  ).toEqual({
    entryId: simulator.businessId,
    field: 'partner_solutions',
    value: { event: 'SOLUTION_CREATED', solution_id: '5', solution_status: 'INITIATED' },
  });
});

test('anything else is told word for word', async () => {
  const simulator = await playground();
  const app = await subscribed(simulator);
  const value = { flow: { id: 7, events: [null, true] } };
  const answer = await control(simulator, 'POST /events', {
    kind: 'raw',
    field: 'flows',
    entryId: '42',
    value,
  });
  expect(answer).toMatchObject({
    status: 201,
    body: { events: [{ field: 'flows', entryId: '42', value, url: app.url }] },
  });
  expect(await deliveredTo(simulator, app)).toMatchObject([
    { entry: [{ id: '42', changes: [{ field: 'flows', value }] }] },
  ]);
});
