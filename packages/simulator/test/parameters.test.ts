import { describe, expect, test } from 'vitest';
import type { Simulator } from '../src/index.ts';
import { errorOf, graph, queryOf } from './support/graph-client.ts';
import { onboarded, playground, seedOne } from './support/playground.ts';
import { wire } from './faults/support/wire-client.ts';

type Values = Readonly<Record<string, string>>;

function multipart(values: Values): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

const PLACES: readonly (readonly [string, (values: Values) => [string, Parameters<typeof graph>[2]]])[] = [
  ['the query', (values) => [`?${queryOf(values)}`, {}]],
  ['an urlencoded form', (values) => ['', { form: new URLSearchParams(values) }]],
  ['a multipart form', (values) => ['', { form: multipart(values) }]],
  ['JSON', (values) => ['', { json: values }]],
  [
    'JSON sent as text',
    (values) => ['', { body: JSON.stringify(values), headers: { 'content-type': 'text/plain' } }],
  ],
];

describe.each(PLACES)('with parameters in %s', (_place, place) => {
  const post = (simulator: Simulator, path: string, token: string, values: Values) => {
    const [query, options] = place(values);
    return graph(simulator, `POST /v26.0/${path}${query}`, { ...options, token });
  };

  test('the whole main job can be done', async () => {
    const simulator = await playground();
    const { systemUserToken: partner, businessId } = simulator;
    await post(simulator, `${businessId}/add_phone_numbers`, partner, { phone_number: '+1 555-078-3881' });
    const id = simulator.state().preverifiedNumbers[0]?.id ?? '';
    await post(simulator, `${id}/request_code`, partner, { code_method: 'SMS', language: 'en_US' });
    await post(simulator, `${id}/verify_code`, partner, { code: simulator.inbox()[0]?.code ?? '' });
    expect(simulator.state().preverifiedNumbers[0]?.status).toBe('VERIFIED');

    const { phoneNumberId, wabaId, token } = await onboarded(simulator);
    expect((await post(simulator, `${wabaId}/subscribed_apps`, token, {})).status).toBe(200);
    const pin = { messaging_product: 'whatsapp', pin: '012345' };
    expect((await post(simulator, `${phoneNumberId}/register`, token, pin)).status).toBe(200);
    const attach = { preverified_id: id, cc: '1', phone_number: '5550783881', verified_name: 'Second' };
    expect((await post(simulator, `${wabaId}/phone_numbers`, token, attach)).status).toBe(200);
  });

  test('the token can be among them', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
    const values = { access_token: simulator.systemUserToken, code_method: 'SMS', language: 'en_US' };
    const [query, options] = place(values);
    expect((await graph(simulator, `POST /v26.0/${id}/request_code${query}`, options)).status).toBe(200);
  });
});

test('numbers in JSON are as good as text', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const json = { messaging_product: 'whatsapp', pin: 123456 };
  expect((await graph(simulator, `POST /${phoneNumberId}/register`, { token, json })).status).toBe(200);
});

test.each([
  ['application/json', '{"pin":'],
  ['application/json', '[1]'],
  ['multipart/form-data; boundary=x', 'nonsense'],
])('a body of %s that cannot be read is an invalid parameter: %s', async (contentType, body) => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const headers = { 'content-type': contentType };
  const answer = await graph(simulator, `POST /${phoneNumberId}/register`, { token, body, headers });
  expect(errorOf(answer)).toEqual({ status: 400, code: 100 });
});

test('a DELETE takes its parameters from the query or from any body', async () => {
  const simulator = await playground();
  for (const [, place] of PLACES) {
    const { id } = seedOne(simulator);
    const [query, options] = place({ access_token: simulator.systemUserToken });
    expect((await graph(simulator, `DELETE /v26.0/${id}${query}`, options)).status).toBe(200);
  }
  expect(simulator.state().preverifiedNumbers).toEqual([]);
});

test('an object may be JSON text in a query or form; what is no object is an invalid parameter', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  for (const [, place] of PLACES) {
    for (const [value, status] of [
      ['{"enable_identity_key_check":true}', 200],
      ['{"enable_identity_key_check":', 400],
      ['true', 400],
    ] as const) {
      const [query, options] = place({ user_identity_change: value });
      const answer = await graph(simulator, `POST /${phoneNumberId}/settings${query}`, { ...options, token });
      expect(answer.status).toBe(status);
    }
  }
});

test('a body on GET is passed over: Meta’s own samples send one', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  const seen = await wire(simulator, `GET /${id}`, {
    token: simulator.systemUserToken,
    headers: { 'content-type': 'application/json' },
    body: '{"fields":',
  });
  expect(seen.status).toBe(200);
});
