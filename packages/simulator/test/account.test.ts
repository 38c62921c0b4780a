import { describe, expect, test } from 'vitest';
import { at, errorOf, graph, text } from './support/graph-client.ts';
import { NOON, onboarded, playground, seedOne } from './support/playground.ts';

test('an account says who owns it', async () => {
  const simulator = await playground();
  const { wabaId, businessId, token } = await onboarded(simulator, 'wei');
  const { body } = await graph(simulator, `GET /v26.0/${wabaId}?fields=id,name,owner_business_info`, {
    token,
  });
  expect(body).toEqual({
    id: wabaId,
    name: 'Chen Noodle House',
    owner_business_info: { id: businessId, name: 'Chen Noodle House' },
  });
});

test.each([
  ['iso', '2026-11-20T12:00:00+0000'],
  ['unix', NOON / 1000],
] as const)('a number on an account is written with its times as %s', async (times, onboardedAt) => {
  const simulator = await playground({ times });
  const { wabaId, phoneNumberId, token } = await onboarded(simulator, 'wei');
  const listed = await graph(simulator, `GET /v26.0/${wabaId}/phone_numbers`, { token });
  expect(at(listed.body, 'data', 0)).toEqual({
    verified_name: 'Chen Noodle House',
    code_verification_status: 'VERIFIED',
    display_phone_number: '+1 555-010-0001',
    quality_rating: 'UNKNOWN',
    platform_type: 'NOT_APPLICABLE',
    throughput: { level: 'NOT_APPLICABLE' },
    last_onboarded_time: onboardedAt,
    webhook_configuration: {},
    id: phoneNumberId,
  });
});

test('the numbers of an account come newest first, or as asked, and one of them by its number', async () => {
  const simulator = await playground();
  const { wabaId, phoneNumberId: first, token } = await onboarded(simulator);
  const { id: preverified_id } = seedOne(simulator);
  const attached = await graph(simulator, `POST /v26.0/${wabaId}/phone_numbers`, {
    token,
    json: { preverified_id, cc: '1', phone_number: '5550100002', verified_name: 'Second' },
  });
  const second = text(attached.body, 'id');
  const ids = async (query: string) => {
    const { body } = await graph(simulator, `GET /v26.0/${wabaId}/phone_numbers?fields=id${query}`, {
      token,
    });
    return at(body, 'data');
  };
  expect(await ids('')).toEqual([{ id: second }, { id: first }]);
  expect(await ids("&sort=['last_onboarded_time_ascending']")).toEqual([{ id: first }, { id: second }]);
  expect(await ids('&sort=last_onboarded_time.asc')).toEqual([{ id: first }, { id: second }]);
  expect(await ids('&display_phone_number=15550100001')).toHaveLength(1);
  expect(await ids('&display_phone_number=19995550000')).toEqual([]);
});

describe('subscribing the app', () => {
  test('can be repeated, listed and undone', async () => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    const path = `/v26.0/${wabaId}/subscribed_apps`;
    expect((await graph(simulator, `GET ${path}`, { token })).body).toEqual({ data: [] });
    await graph(simulator, `POST ${path}`, { token });
    expect((await graph(simulator, `POST ${path}`, { token })).body).toEqual({ success: true });
    const { body } = await graph(simulator, `GET ${path}`, { token });
    expect(at(body, 'data')).toEqual([
      {
        whatsapp_business_api_data: {
          id: simulator.appId,
          name: expect.any(String),
          link: expect.any(String),
        },
      },
    ]);
    await graph(simulator, `DELETE ${path}`, { token });
    expect((await graph(simulator, `GET ${path}`, { token })).body).toEqual({ data: [] });
  });

  test('an override needs a plain subscription first, and a verify token', async () => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    const path = `/v26.0/${wabaId}/subscribed_apps`;
    const json = { override_callback_uri: 'https://bsp.example/hook', verify_token: 'x' };
    expect(errorOf(await graph(simulator, `POST ${path}`, { token, json })).code).toBe(100);
    await graph(simulator, `POST ${path}`, { token });
    expect((await graph(simulator, `POST ${path}`, { token, json })).status).toBe(200);
    const unproven = { override_callback_uri: 'https://bsp.example/hook' };
    expect((await graph(simulator, `POST ${path}`, { token, json: unproven })).status).toBe(400);
    const { body } = await graph(simulator, `GET ${path}`, { token });
    expect(at(body, 'data', 0, 'override_callback_uri')).toBe('https://bsp.example/hook');
  });
});

describe('attaching a pool number to an account without the popup', () => {
  test.each([
    ['today’s names', { cc: '1', phone_number: '5550783881' }],
    ['the names of 2024', { country_dial_code: '1', display_phone_number: '5550783881' }],
  ])('works with %s, also as JSON in text/plain', async (_names, named) => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    const { id } = seedOne(simulator, { phoneNumbers: ['15550783881'] });
    const answer = await graph(simulator, `POST /v21.0/${wabaId}/phone_numbers`, {
      token,
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ preverified_id: id, ...named, verified_name: 'Lucky Shrub' }),
    });
    const phoneNumberId = text(answer.body, 'id');
    expect(phoneNumberId).not.toBe(id);
    expect(simulator.state().preverifiedNumbers).toEqual([]);
    expect(simulator.state().phoneNumbers.at(-1)).toMatchObject({
      id: phoneNumberId,
      wabaId,
      phoneNumber: '+15550783881',
      status: 'VERIFIED',
      isPreverified: true,
      verifiedName: 'Lucky Shrub',
    });
  });

  test('is refused for another number, or one that is gone', async () => {
    const simulator = await playground();
    const { wabaId, number, token } = await onboarded(simulator);
    const { id } = seedOne(simulator, { phoneNumbers: ['15550783881'] });
    const json = { preverified_id: id, cc: '1', phone_number: '5550000000', verified_name: 'X' };
    const path = `POST /v26.0/${wabaId}/phone_numbers`;
    expect(errorOf(await graph(simulator, path, { token, json })).code).toBe(100);
    const gone = { ...json, preverified_id: number.id };
    expect(errorOf(await graph(simulator, path, { token, json: gone })).code).toBe(100);
  });
});
