import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { control, deliveredTo, subscribed } from '../support/callback.ts';
import { at, graph, text } from '../support/graph-client.ts';
import { valueIn } from '../support/heard.ts';
import { send, sender, sent, type Sender } from '../support/messaging.ts';
import { NOON, playground } from '../support/playground.ts';

async function checkIdentity(simulator: Simulator, { phoneNumberId, token }: Sender, enabled = true) {
  const json = { user_identity_change: { enable_identity_key_check: enabled } };
  const answer = await graph(simulator, `POST /v26.0/${phoneNumberId}/settings`, { token, json });
  expect(answer.body).toEqual({ success: true });
}

const statusIn = (body: unknown) => at(valueIn(body), 'statuses', 0);

/** A number with its identity check on, and the hash that the first delivery of a message told. */
async function withHash(simulator: Simulator) {
  const customer = await sender(simulator);
  await checkIdentity(simulator, customer);
  const app = await subscribed(simulator);
  await send(simulator, customer);
  const [, delivered] = await deliveredTo(simulator, app);
  return { customer, app, hash: text(statusIn(delivered), 'recipient_identity_key_hash') };
}

describe('with the identity check on', () => {
  test('the statuses of a message without a hash tell the customer’s', async () => {
    const simulator = await playground();
    const { customer, app, hash } = await withHash(simulator);
    expect(hash).toMatch(/^\w{11}=$/);
    const messageId = await sent(simulator, customer);
    simulator.emit({ kind: 'message-status', messageId, status: 'read' });
    const bodies = await deliveredTo(simulator, app);
    expect(bodies.map((body) => at(statusIn(body), 'status'))).toEqual(['sent', 'delivered', 'read']);
    for (const body of bodies) {
      expect(at(statusIn(body), 'recipient_identity_key_hash')).toBe(hash);
    }
  });

  test('a message with the right hash is delivered, and its statuses do not repeat it', async () => {
    const simulator = await playground();
    const { customer, app, hash } = await withHash(simulator);
    await send(simulator, customer, { recipient_identity_key_hash: hash });
    const bodies = await deliveredTo(simulator, app);
    expect(bodies.map((body) => at(statusIn(body), 'status'))).toEqual(['sent', 'delivered']);
    expect(statusIn(bodies[1])).not.toHaveProperty('recipient_identity_key_hash');
  });

  test('a message with another hash is accepted, and then fails with 137000', async () => {
    const simulator = await playground();
    const { customer, app, hash } = await withHash(simulator);
    await control(simulator, 'POST /events', { kind: 'identity-changed', waId: '+16505551234' });
    const id = await sent(simulator, customer, { recipient_identity_key_hash: hash });
    const bodies = await deliveredTo(simulator, app);
    expect(bodies.map(valueIn)).toEqual([
      {
        messaging_product: 'whatsapp',
        metadata: { display_phone_number: '15550100001', phone_number_id: customer.phoneNumberId },
        statuses: [
          {
            id,
            status: 'failed',
            timestamp: String(NOON / 1000),
            recipient_id: '16505551234',
            errors: [
              {
                code: 137000,
                title:
                  'Confirm the correct Recipient Identity Key Hash or send without any identity key hash',
              },
            ],
          },
        ],
      },
    ]);
    expect(simulator.messages().at(-1)?.status).toBe('failed');
    await send(simulator, customer);
    const [again] = await deliveredTo(simulator, app);
    const newHash = at(statusIn(again), 'recipient_identity_key_hash');
    expect(newHash).toEqual(expect.any(String));
    expect(newHash).not.toBe(hash);
  });

  test('what a customer writes comes with their hash', async () => {
    const simulator = await playground();
    const { customer, app, hash } = await withHash(simulator);
    const { phoneNumberId, wabaId } = customer;
    const event = {
      kind: 'message',
      phoneNumberId,
      from: '+1 650 555 1234',
      text: 'Hi',
      name: 'Pablo Morales',
    };
    expect((await control(simulator, 'POST /events', event)).status).toBe(201);
    expect(await deliveredTo(simulator, app)).toEqual([
      {
        object: 'whatsapp_business_account',
        entry: [
          {
            id: wabaId,
            changes: [
              {
                value: {
                  messaging_product: 'whatsapp',
                  metadata: { display_phone_number: '15550100001', phone_number_id: phoneNumberId },
                  contacts: [
                    { profile: { name: 'Pablo Morales' }, wa_id: '16505551234', identity_key_hash: hash },
                  ],
                  messages: [
                    {
                      from: '16505551234',
                      id: simulator.messages().at(-1)?.id,
                      timestamp: String(NOON / 1000),
                      text: { body: 'Hi' },
                      type: 'text',
                    },
                  ],
                },
                field: 'messages',
              },
            ],
          },
        ],
      },
    ]);
  });
});

describe('with the identity check off', () => {
  test('no hash is told, in neither direction', async () => {
    const simulator = await playground();
    const { customer, app } = await withHash(simulator);
    await checkIdentity(simulator, customer, false);
    await send(simulator, customer);
    const { phoneNumberId } = customer;
    simulator.emit({ kind: 'message', phoneNumberId, from: '+16505551234', text: 'Hi' });
    const bodies = await deliveredTo(simulator, app);
    expect(bodies).toHaveLength(3);
    expect(JSON.stringify(bodies)).not.toContain('identity_key_hash');
  });

  test.each([
    ['ignored', 'delivered'],
    ['compared', 'failed'],
  ] as const)('a wrong hash is %s: the message is %s', async (identityHashWithoutCheck, status) => {
    const simulator = await playground({ assume: { identityHashWithoutCheck } });
    const customer = await sender(simulator);
    await send(simulator, customer, { recipient_identity_key_hash: 'DF2lS5v2W6x=' });
    expect(simulator.messages()).toMatchObject([{ status }]);
  });
});
