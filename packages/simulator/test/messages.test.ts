import { describe, expect, test } from 'vitest';
import { control } from './support/callback.ts';
import { at, errorOf, graph, text } from './support/graph-client.ts';
import { send, sender } from './support/messaging.ts';
import { NOON, onboarded, playground } from './support/playground.ts';

test('a text is accepted with the id and the number it goes to', async () => {
  const simulator = await playground();
  const customer = await sender(simulator);
  const { status, body } = await send(simulator, customer, { to: '+1 (650) 555-1234' });
  expect(status).toBe(200);
  expect(body).toEqual({
    messaging_product: 'whatsapp',
    contacts: [{ input: '+1 (650) 555-1234', wa_id: '16505551234' }],
    messages: [{ id: expect.stringMatching(/^wamid\.[\w+/]+=*$/) }],
  });
  const id = text(body, 'messages', 0, 'id');
  expect(Buffer.from(id.replace('wamid.', ''), 'base64').toString('latin1')).toContain('16505551234');
});

test('what was sent can be looked at', async () => {
  const simulator = await playground();
  const customer = await sender(simulator);
  const { body } = await send(simulator, customer);
  const listed = await control(simulator, 'GET /messages');
  expect(at(listed.body, 'messages')).toEqual([
    {
      id: at(body, 'messages', 0, 'id'),
      direction: 'to-customer',
      phoneNumberId: customer.phoneNumberId,
      waId: '16505551234',
      type: 'text',
      content: { preview_url: false, body: 'Your latest statement is attached. See... ' },
      sentAt: NOON,
      tellsIdentity: false,
      status: 'delivered',
    },
  ]);
});

test.each([
  ['+16315551234', '16315551234'],
  ['+1 (631) 555-1234', '16315551234'],
  ['(631) 555-1234', '916315551234'],
  ['1 (631) 555-1234', '9116315551234'],
])('a business in India that writes to %s reaches +%s', async (to, reached) => {
  const simulator = await playground();
  const { code, phoneNumberId = '' } = simulator.signUp({ ownNumber: '+91 98765 43210' });
  expect(code).toBeDefined();
  const customer = { phoneNumberId, token: simulator.systemUserToken };
  const json = { messaging_product: 'whatsapp', pin: '123456' };
  await graph(simulator, `POST /v26.0/${phoneNumberId}/register`, { ...customer, json });
  const { body } = await send(simulator, customer, { to });
  expect(at(body, 'contacts')).toEqual([{ input: to, wa_id: reached }]);
});

test('templates and images are accepted, also in a form', async () => {
  const simulator = await playground();
  const customer = await sender(simulator);
  const template = { name: 'hello_world', language: { code: 'en_US' } };
  expect((await send(simulator, customer, { type: 'template', template })).status).toBe(200);
  expect((await send(simulator, customer, { type: 'image', image: { id: '123' } })).status).toBe(200);
  const form = new URLSearchParams({
    messaging_product: 'whatsapp',
    to: '+16505551234',
    text: JSON.stringify({ body: 'Hello' }),
  });
  const path = `POST /v26.0/${customer.phoneNumberId}/messages`;
  expect((await graph(simulator, path, { token: customer.token, form })).status).toBe(200);
  expect(simulator.messages().map(({ type }) => type)).toEqual(['template', 'image', 'text']);
});

describe.each(['live', 'openapi'] as const)('in the %s profile', (profile) => {
  test.each([
    [100, { messaging_product: undefined }],
    [100, { messaging_product: 'sms' }],
    [131008, { to: undefined }],
    [131008, { text: undefined }],
    [131008, { text: {} }],
    [131008, { text: { body: '' } }],
    [131008, { type: 'template', template: { name: 'x' } }],
    [131008, { type: 'image', image: {} }],
    [131009, { to: 'Pablo' }],
    [131009, { to: '+1' }],
    [131009, { text: 'Hello' }],
    [131009, { text: { body: 7 } }],
    [131009, { recipient_type: 'group' }],
    [131051, { type: 'carrier_pigeon' }],
    [131021, { to: '+15550100001' }],
  ])('error %i answers %o, and nothing is sent', async (code, changes) => {
    const simulator = await playground({ profile });
    const customer = await sender(simulator);
    const answer = await send(simulator, customer, changes);
    expect(errorOf(answer)).toEqual({ status: 400, code });
    if (code !== 100) {
      expect(at(answer.body, 'error', 'error_data')).toEqual({
        messaging_product: 'whatsapp',
        details: expect.any(String),
      });
    }
    expect(simulator.messages()).toEqual([]);
  });

  test.each([
    [133_010, 400],
    [131_045, 500],
  ] as const)('a number that is not registered is refused with %i', async (code, status) => {
    const simulator = await playground({ profile, assume: { unregisteredSenderCode: code } });
    const customer = await onboarded(simulator);
    expect(errorOf(await send(simulator, customer))).toEqual({ status, code });
    expect(simulator.messages()).toEqual([]);
  });
});

test('another customer’s number cannot be sent from', async () => {
  const simulator = await playground();
  const one = await sender(simulator);
  const other = await sender(simulator);
  const answer = await send(simulator, { phoneNumberId: one.phoneNumberId, token: other.token });
  expect(errorOf(answer)).toEqual({ status: 400, code: 100, subcode: 33 });
});
