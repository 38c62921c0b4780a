import { describe, expect, test } from 'vitest';
import type { Simulator } from '../src/index.ts';
import { errorOf, graph } from './support/graph-client.ts';
import { NOON, onboarded, playground, seedOne } from './support/playground.ts';

function requestCode(simulator: Simulator, id: string, query = 'code_method=SMS&language=en_US') {
  return graph(simulator, `POST /v26.0/${id}/request_code?${query}`, { token: simulator.systemUserToken });
}

function verifyCode(simulator: Simulator, id: string, code: string | undefined) {
  const query = code === undefined ? '' : `?code=${code}`;
  return graph(simulator, `POST /v26.0/${id}/verify_code${query}`, { token: simulator.systemUserToken });
}

const newestCode = (simulator: Simulator) => simulator.inbox().at(-1)?.code;
const statusOf = (simulator: Simulator) => simulator.state().preverifiedNumbers[0]?.status;

test('a code comes by text message with a hyphen, and is handed in without', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator, { phoneNumbers: ['+15550783881'], status: 'NOT_VERIFIED' });
  expect((await requestCode(simulator, id)).body).toEqual({ success: true });
  const [message] = simulator.inbox('1 555 078 3881');
  const { code = '' } = message ?? {};
  expect(message).toEqual({
    to: '+15550783881',
    method: 'SMS',
    text: `WhatsApp code ${code.slice(0, 3)}-${code.slice(3)}`,
    code: expect.stringMatching(/^\d{6}$/),
    language: 'en_US',
    sentAt: NOON,
  });
  expect((await verifyCode(simulator, id, code)).body).toEqual({ success: true });
  expect(statusOf(simulator)).toBe('VERIFIED');
});

test('a voice says the code three times', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
  await requestCode(simulator, id, 'code_method=VOICE&language=de');
  const said = `Verification code is ${newestCode(simulator)}`;
  expect(simulator.inbox()[0]?.text).toBe([said, said, said].join('. '));
});

test('every documented spelling of a language is taken', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
  for (const language of ['en', 'en_US', 'en-GB', 'zh_Hant_TW']) {
    expect((await requestCode(simulator, id, `code_method=SMS&language=${language}`)).status).toBe(200);
  }
  for (const query of [
    'language=en',
    'code_method=SMS',
    'code_method=FAX&language=en',
    'code_method=SMS&language=!',
  ]) {
    expect(errorOf(await requestCode(simulator, id, query))).toEqual({ status: 400, code: 100 });
  }
});

test('a verification lasts 90 days and may be renewed in the last 45', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  expect((await requestCode(simulator, id)).status).toBe(400);
  simulator.advance('P44D');
  expect((await requestCode(simulator, id)).status).toBe(400);
  simulator.advance('P1D');
  expect((await requestCode(simulator, id)).status).toBe(200);
  await verifyCode(simulator, id, newestCode(simulator));
  simulator.advance('P89D');
  expect(statusOf(simulator)).toBe('VERIFIED');
  simulator.advance('P1D');
  expect(statusOf(simulator)).toBe('EXPIRED');
  expect((await requestCode(simulator, id)).status).toBe(200);
});

describe.each([
  ['live', { status: 400, code: 136024 }, { status: 400, code: 136025 }],
  ['openapi', { status: 422, code: 100 }, { status: 422, code: 100 }],
] as const)('in the %s profile', (profile, tooEarly, wrongCode) => {
  test('a fresh verification cannot be repeated', async () => {
    const simulator = await playground({ profile });
    expect(errorOf(await requestCode(simulator, seedOne(simulator).id))).toEqual(tooEarly);
    expect(simulator.inbox()).toEqual([]);
  });

  test('a wrong, an old, a replaced and a used code are refused', async () => {
    const simulator = await playground({ profile });
    const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
    expect(errorOf(await verifyCode(simulator, id, '000000'))).toEqual(wrongCode);
    await requestCode(simulator, id);
    const replaced = newestCode(simulator);
    await requestCode(simulator, id);
    expect(errorOf(await verifyCode(simulator, id, replaced))).toEqual(wrongCode);
    simulator.advance('PT10M');
    expect(errorOf(await verifyCode(simulator, id, newestCode(simulator)))).toEqual(wrongCode);
    await requestCode(simulator, id);
    simulator.advance('PT9M59S');
    expect((await verifyCode(simulator, id, newestCode(simulator))).status).toBe(200);
    expect(errorOf(await verifyCode(simulator, id, newestCode(simulator)))).toEqual(wrongCode);
  });

  test('a code that is missing or has letters is an invalid parameter', async () => {
    const simulator = await playground({ profile });
    const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
    expect(errorOf(await verifyCode(simulator, id, undefined))).toEqual({ status: 400, code: 100 });
    expect(errorOf(await verifyCode(simulator, id, '123-456'))).toEqual({ status: 400, code: 100 });
  });
});

test('a claimed number that was not registered in 90 days lapses and is verified again', async () => {
  const simulator = await playground();
  const { phoneNumberId } = await onboarded(simulator);
  expect(errorOf(await requestCode(simulator, phoneNumberId)).code).toBe(136024);
  simulator.advance('P90D');
  expect(simulator.state().phoneNumbers[0]?.status).toBe('EXPIRED');
  await requestCode(simulator, phoneNumberId);
  const { body } = await verifyCode(simulator, phoneNumberId, newestCode(simulator));
  expect(body).toEqual({ success: true, id: phoneNumberId });
  expect(simulator.state().phoneNumbers[0]?.status).toBe('VERIFIED');
});
