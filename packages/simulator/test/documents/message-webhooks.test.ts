import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at, graph, text } from '../support/graph-client.ts';
import { playground } from '../support/playground.ts';
import { PHONE_NUMBERS_GUIDE } from './samples/phone-numbers-guide.ts';
import { runCurl } from './support/printed-call.ts';
import { expectShape } from './support/shape.ts';
import { messagingNumber, subscribedCallback } from './support/webhook-receiver.ts';

const { curl, json, formats } = PHONE_NUMBERS_GUIDE;

/** A number with the identity check switched on by the printed command; samples have `conversation`, so v23.0. */
async function withIdentityCheck(simulator: Simulator) {
  const callback = await subscribedCallback(simulator, 'v23.0');
  const number = await messagingNumber(simulator);
  const table = { '106850078877666': number.phoneNumberId, 'EAAJB...': number.token };
  await runCurl(simulator, curl.checkIdentity, table);
  await callback.received();
  return { ...number, table, ...callback };
}

/** What the customer's identity hash is told as when they write. */
async function hashOf(
  simulator: Simulator,
  phoneNumberId: string,
  received: () => Promise<readonly unknown[]>,
) {
  simulator.emit({
    kind: 'message',
    phoneNumberId,
    from: '+16505551234',
    name: 'Pablo Morales',
    text: 'Hello',
  });
  return text(changeOf(await received(), 0), 'contacts', 0, 'identity_key_hash');
}

function changeOf(bodies: readonly unknown[], place: number): unknown {
  return at(bodies[place], 'entry', 0, 'changes', 0, 'value');
}

test('an incoming message is reported as printed', async () => {
  const simulator = await playground();
  const { number, wabaId, phoneNumberId, received } = await withIdentityCheck(simulator);
  simulator.emit({
    kind: 'message',
    phoneNumberId,
    from: '+16505551234',
    name: 'Pablo Morales',
    text: 'Your latest statement is attached. See... ',
  });
  const [body] = await received();
  expectShape(body, json.incomingMessage);
  expect(body).toMatchObject({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: wabaId,
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: number.phoneNumber.slice(1), phone_number_id: phoneNumberId },
              contacts: [{ profile: { name: 'Pablo Morales' }, wa_id: '16505551234' }],
              messages: [
                {
                  from: '16505551234',
                  id: expect.stringMatching(/^wamid\./),
                  timestamp: expect.stringMatching(/^\d{10}$/),
                  text: { body: 'Your latest statement is attached. See... ' },
                  type: 'text',
                },
              ],
            },
          },
        ],
      },
    ],
  });
});

test('the printed message is delivered when the hash is the present one', async () => {
  const simulator = await playground();
  const { phoneNumberId, table, received } = await withIdentityCheck(simulator);
  const hash = await hashOf(simulator, phoneNumberId, received);
  const sent = await runCurl(simulator, curl.sendWithCheck, { ...table, 'DF2lS5v2W6x=': hash });
  expect(sent).toMatchObject({
    status: 200,
    body: {
      messaging_product: 'whatsapp',
      contacts: [{ input: '+16505551234', wa_id: '16505551234' }],
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    },
  });
  const statuses = (await received()).map((body) =>
    at(body, 'entry', 0, 'changes', 0, 'value', 'statuses', 0),
  );
  expect(statuses.map((status) => at(status, 'status'))).toEqual(['sent', 'delivered']);
});

test('a delivery is reported as printed, with the hash, when the message had none', async () => {
  const simulator = await playground();
  const { phoneNumberId, token, received } = await withIdentityCheck(simulator);
  const hash = await hashOf(simulator, phoneNumberId, received);
  const message = {
    messaging_product: 'whatsapp',
    to: '+16505551234',
    type: 'text',
    text: { body: 'Hello' },
  };
  const sent = await graph(simulator, `POST /v19.0/${phoneNumberId}/messages`, { token, json: message });
  const bodies = await received();
  const delivered = bodies.find(
    (_body, place) => at(changeOf(bodies, place), 'statuses', 0, 'status') === 'delivered',
  );
  expectShape(delivered, json.delivered);
  expect(at(delivered, 'entry', 0, 'changes', 0, 'value', 'statuses', 0)).toMatchObject({
    id: text(sent.body, 'messages', 0, 'id'),
    recipient_id: '16505551234',
    recipient_identity_key_hash: hash,
    conversation: { origin: { type: 'service' } },
    pricing: { billable: true, category: 'service' },
  });
});

test('the printed message fails as printed when the customer has another identity', async () => {
  const simulator = await playground();
  const { phoneNumberId, table, received } = await withIdentityCheck(simulator);
  const hash = await hashOf(simulator, phoneNumberId, received);
  simulator.emit({ kind: 'identity-changed', waId: '16505551234' });
  const sent = await runCurl(simulator, curl.sendWithCheck, { ...table, 'DF2lS5v2W6x=': hash });
  expect(sent.status).toBe(200);
  const bodies = await received();
  expect(bodies).toHaveLength(1);
  expectShape(bodies[0], json.failed);
  expect(at(changeOf(bodies, 0), 'statuses', 0)).toMatchObject({
    id: text(sent.body, 'messages', 0, 'id'),
    status: 'failed',
    recipient_id: '16505551234',
    errors: at(JSON.parse(json.failed), 'entry', 0, 'changes', 0, 'value', 'statuses', 0, 'errors'),
  });
});

test.each(formats)('from India, $sent goes to $deliveredTo', async ({ sent, deliveredTo }) => {
  const simulator = await playground();
  const { phoneNumberId, token } = await indianNumber(simulator);
  const message = { messaging_product: 'whatsapp', to: sent, type: 'text', text: { body: 'Hello' } };
  const answer = await graph(simulator, `POST /v19.0/${phoneNumberId}/messages`, { token, json: message });
  expect(answer.status).toBe(200);
  expect(at(answer.body, 'contacts', 0)).toEqual({ input: sent, wa_id: deliveredTo.slice(1) });
});

async function indianNumber(simulator: Simulator) {
  const { phoneNumberId = '' } = simulator.signUp({ ownNumber: '+919876543210' });
  const token = simulator.systemUserToken;
  const registration = { messaging_product: 'whatsapp', pin: '271828' };
  await graph(simulator, `POST /${phoneNumberId}/register`, { token, json: registration });
  return { phoneNumberId, token };
}
