import { expect, test } from 'vitest';
import { at, errorOf, graph, queryOf } from '../support/graph-client.ts';
import { onboarded, playground } from '../support/playground.ts';
import { calls, numberOf } from './support/number-calls.ts';

const override = { override_callback_uri: 'https://bsp.example/hook', verify_token: 'my-verify-token' };

test('a PIN is set and changed', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const { call, read, register } = calls(simulator, token);
  expect(at((await read(phoneNumberId, 'is_pin_enabled')).body, 'is_pin_enabled')).toBe(false);
  expect((await call(`POST /v26.0/${phoneNumberId}`, { pin: '111111' })).body).toEqual({ success: true });
  expect(at((await read(phoneNumberId, 'is_pin_enabled')).body, 'is_pin_enabled')).toBe(true);
  await call(`POST /v26.0/${phoneNumberId}?pin=222222`);
  expect(errorOf(await register(phoneNumberId, { pin: '111111' })).code).toBe(133005);
  expect((await register(phoneNumberId, { pin: '222222' })).status).toBe(200);
});

test.each([
  ['JSON', { json: { webhook_configuration: override } }],
  ['a form', { form: new URLSearchParams({ webhook_configuration: JSON.stringify(override) }) }],
])('a number gets a webhook address of its own, sent as %s, and loses it again', async (_as, body) => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const path = `POST /v26.0/${phoneNumberId}`;
  const configuration = async () => {
    const answer = await calls(simulator, token).read(phoneNumberId, 'webhook_configuration');
    return at(answer.body, 'webhook_configuration', 'phone_number');
  };
  expect((await graph(simulator, path, { token, ...body })).body).toEqual({ success: true });
  expect(await configuration()).toBe('https://bsp.example/hook');
  expect(numberOf(simulator, phoneNumberId)?.webhookOverride).toBe('https://bsp.example/hook');
  const told = JSON.stringify([simulator.state(), simulator.requests()]);
  expect(told).not.toContain('my-verify-token');

  const json = { webhook_configuration: { override_callback_uri: '' } };
  expect((await graph(simulator, path, { token, json })).status).toBe(200);
  expect(await configuration()).toBeUndefined();
});

test('the address may come as JSON text in the query', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const query = queryOf({ webhook_configuration: JSON.stringify(override) });
  expect((await graph(simulator, `POST /v26.0/${phoneNumberId}?${query}`, { token })).status).toBe(200);
  expect(numberOf(simulator, phoneNumberId)?.webhookOverride).toBe('https://bsp.example/hook');
  expect(JSON.stringify(simulator.requests())).not.toContain('my-verify-token');
});

test.each([
  {},
  { pin: '12345' },
  { pin: 'abcdef' },
  { webhook_configuration: 'https://bsp.example' },
  { webhook_configuration: { override_callback_uri: 'https://bsp.example' } },
  { webhook_configuration: { verify_token: 'x' } },
  { webhook_configuration: { ...override, override_callback_uri: `https://${'x'.repeat(193)}` } },
  { pin: '111111', webhook_configuration: { verify_token: 'x' } },
  { pin: '1', webhook_configuration: override },
])('%o changes nothing', async (json) => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const answer = await calls(simulator, token).call(`POST /v26.0/${phoneNumberId}`, json);
  expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
  expect(numberOf(simulator, phoneNumberId)).toMatchObject({ hasPin: false });
  expect(numberOf(simulator, phoneNumberId)?.webhookOverride).toBeUndefined();
});
