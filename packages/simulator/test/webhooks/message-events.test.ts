import { describe, expect, test } from 'vitest';
import { control, deliveredTo, subscribed } from '../support/callback.ts';
import { at } from '../support/graph-client.ts';
import { valueIn } from '../support/heard.ts';
import { send, sender, sent } from '../support/messaging.ts';
import { NOON, playground } from '../support/playground.ts';

const statusIn = (body: unknown) => at(valueIn(body), 'statuses', 0);

test('a message is reported as sent and as delivered', async () => {
  const simulator = await playground();
  const customer = await sender(simulator);
  const app = await subscribed(simulator);
  const id = await sent(simulator, customer);
  const bodies = await deliveredTo(simulator, app);
  expect(bodies.map((body) => at(statusIn(body), 'status'))).toEqual(['sent', 'delivered']);
  expect(bodies[1]).toEqual({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: customer.wabaId,
        changes: [
          {
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550100001', phone_number_id: customer.phoneNumberId },
              statuses: [
                {
                  id,
                  status: 'delivered',
                  timestamp: String(NOON / 1000),
                  recipient_id: '16505551234',
                  pricing: { billable: true, pricing_model: 'PMP', category: 'service' },
                },
              ],
            },
            field: 'messages',
          },
        ],
      },
    ],
  });
});

test.each([
  ['v23.0', { id: expect.stringMatching(/^[0-9a-f]{32}$/), origin: { type: 'service' } }],
  ['v24.0', undefined],
])('a webhook of %s has the conversation %o', async (version, conversation) => {
  const simulator = await playground();
  const customer = await sender(simulator);
  const app = await subscribed(simulator);
  await simulator.setWebhook({ url: app.url, version, handshake: false });
  await send(simulator, customer);
  const [, delivered] = await deliveredTo(simulator, app);
  expect(at(statusIn(delivered), 'conversation')).toEqual(conversation);
});

test('a message can fail for another reason, told in full', async () => {
  const simulator = await playground();
  const customer = await sender(simulator);
  const app = await subscribed(simulator);
  const messageId = await sent(simulator, customer);
  await simulator.deliver();
  const error = { code: 131047, title: 'Re-engagement message', details: 'More than 24 hours have passed.' };
  await control(simulator, 'POST /events', { kind: 'message-status', messageId, status: 'failed', error });
  await control(simulator, 'POST /events', { kind: 'message-status', messageId, status: 'failed' });
  const bodies = await deliveredTo(simulator, app);
  expect(bodies.map((body) => at(statusIn(body), 'errors'))).toEqual([
    [
      {
        code: 131047,
        title: 'Re-engagement message',
        message: 'Re-engagement message',
        error_data: { details: 'More than 24 hours have passed.' },
        href: expect.stringMatching(/^https:/),
      },
    ],
    [expect.objectContaining({ code: 131026 })],
  ]);
});

describe('a message that cannot be', () => {
  test.each([
    { kind: 'message', phoneNumberId: '1', from: '+16505551234', text: 'Hi' },
    { kind: 'message-status', messageId: 'wamid.x', status: 'read' },
    { kind: 'identity-changed', waId: 'Pablo' },
  ])('%o is refused with a sentence', async (event) => {
    const simulator = await playground();
    await sender(simulator);
    const answer = await control(simulator, 'POST /events', event);
    expect(answer.status).toBe(400);
    expect(at(answer.body, 'error')).toEqual(expect.any(String));
    expect(simulator.messages()).toEqual([]);
  });

  test('be written to a number before it is registered', async () => {
    const simulator = await playground();
    const { phoneNumberId = '' } = simulator.signUp({ ownNumber: '+15550000001' });
    const event = { kind: 'message', phoneNumberId, from: '+16505551234', text: 'Hi' } as const;
    expect(() => simulator.emit(event)).toThrow(/registered/);
  });
});
