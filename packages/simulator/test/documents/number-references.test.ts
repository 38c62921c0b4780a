import { expect, test } from 'vitest';
import { at, graph } from '../support/graph-client.ts';
import { playground, seedOne } from '../support/playground.ts';
import { PHONE_NUMBERS_GUIDE } from './samples/phone-numbers-guide.ts';
import { PRE_VERIFIED_PHONE_NUMBER_API } from './samples/pre-verified-phone-number-api.ts';
import { REQUEST_CODE_API } from './samples/request-code-api.ts';
import { VERIFY_CODE_API } from './samples/verify-code-api.ts';
import { runCurl, runSyntax } from './support/printed-call.ts';
import { codeOnThePhone, lapsedOnAccount, unverified } from './support/printed-world.ts';
import { expectShape, expectShapeOf } from './support/shape.ts';

const VERSIONS = ['v23.0', 'v24.0', 'v25.0'];

test.each(VERSIONS)('a pre-verified number is read in %s as printed', async (version) => {
  const simulator = await playground({ times: 'unix', numberForm: 'e164' });
  const { curl, json } = PRE_VERIFIED_PHONE_NUMBER_API;
  const samples: unknown = JSON.parse(json.read);
  const read = (id: string) =>
    runCurl(simulator, curl.read, {
      '{Version}': version,
      '{Pre-Verified-Phone-Number-ID}': id,
      '<Token>': simulator.systemUserToken,
    });

  const verified = await read(seedOne(simulator).id);
  expect(verified.status).toBe(200);
  expectShapeOf(verified.body, at(samples, 'verified_number', 'value'));
  expect(at(verified.body, 'phone_number')).toMatch(/^\+\d+$/);

  const waiting = await read(unverified(simulator).id);
  expect(waiting.status).toBe(200);
  const owner = 'the sample of a verified number prints the owner, and an unverified one has an owner too';
  expectShapeOf(waiting.body, at(samples, 'not_verified_number', 'value'), {
    'answer only: owner_business.id: string': owner,
    'answer only: owner_business.name: string': owner,
  });
});

test('a pre-verified number is deleted as printed', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  const { curl, json } = PRE_VERIFIED_PHONE_NUMBER_API;
  const deleted = await runCurl(simulator, curl.delete, {
    '{Version}': 'v25.0',
    '{Pre-Verified-Phone-Number-ID}': id,
    '<Token>': simulator.systemUserToken,
  });
  expect(deleted.status).toBe(200);
  const schema = 'the same page: "Schema: object … success boolean"';
  expectShape(deleted.body, json.delete, {
    'answer only: success: boolean': schema,
    'sample only: success: string': schema,
  });
  expect(simulator.state().preverifiedNumbers).toEqual([]);
});

test.each(VERSIONS)('a code is requested in %s as printed', async (version) => {
  const simulator = await playground();
  const { id } = unverified(simulator);
  const { curl, json } = REQUEST_CODE_API;
  const requested = await runCurl(simulator, curl.requestCode, {
    '{Version}': version,
    '{Pre-Verified-Phone-Number-ID}': id,
    '<Token>': simulator.systemUserToken,
  });
  expect(requested.status).toBe(200);
  expect(requested.body).toEqual(at(JSON.parse(json.requestCode), 'success_response', 'value'));
  expect(simulator.inbox()).toHaveLength(1);
});

test('a code for a number on an account is handed in as printed', async () => {
  const simulator = await playground();
  const { phoneNumberId } = await lapsedOnAccount(simulator);
  const { curl: guide } = PHONE_NUMBERS_GUIDE;
  const token = simulator.systemUserToken;
  await runCurl(simulator, guide.requestCode, { FROM_PHONE_NUMBER_ID: phoneNumberId, ACCESS_TOKEN: token });
  const { curl, json } = VERIFY_CODE_API;
  const verified = await runCurl(simulator, curl.verifyCode, {
    '{Version}': 'v25.0',
    '{Phone-Number-ID}': phoneNumberId,
    '<Token>': token,
    '123456': codeOnThePhone(simulator),
  });
  expect(verified.status).toBe(200);
  expectShapeOf(verified.body, at(JSON.parse(json.verifyCode), 'successful_verification', 'value'));
  expect(at(verified.body, 'id')).toBe(phoneNumberId);
});

test('the request syntaxes of the references are answered', async () => {
  const simulator = await playground();
  const token = simulator.systemUserToken;
  const { id } = unverified(simulator);
  const preverified = { '{Version}': 'v25.0', '{Pre-Verified-Phone-Number-ID}': id };
  // The page's layout lost the id behind `GET /{Version}/`; its table of endpoints still has it.
  for (const syntax of ['GET', 'DELETE']) {
    expect(PRE_VERIFIED_PHONE_NUMBER_API.text.endpoints).toContain(
      `| ${syntax} | /{Version}/{Pre-Verified-Phone-Number-ID} |`,
    );
  }
  const requested = await runSyntax(simulator, REQUEST_CODE_API.syntax.requestCode, preverified, {
    token,
    json: '{"code_method":"SMS","language":"en-US"}',
  });
  expect(requested.status).toBe(200);
  for (const syntax of [
    PRE_VERIFIED_PHONE_NUMBER_API.syntax.read,
    PRE_VERIFIED_PHONE_NUMBER_API.syntax.delete,
  ]) {
    const printed = `${syntax}{Pre-Verified-Phone-Number-ID}`;
    expect((await runSyntax(simulator, printed, preverified, { token })).status).toBe(200);
  }
  const { phoneNumberId } = await lapsedOnAccount(simulator);
  await runSyntax(
    simulator,
    REQUEST_CODE_API.syntax.requestCode,
    {
      '{Version}': 'v25.0',
      '{Pre-Verified-Phone-Number-ID}': phoneNumberId,
    },
    { token, json: '{"code_method":"SMS","language":"en_US"}' },
  );
  const verified = await runSyntax(
    simulator,
    VERIFY_CODE_API.syntax.verifyCode,
    {
      '{Version}': 'v25.0',
      '{Phone-Number-ID}': phoneNumberId,
    },
    { token, json: `{"code":"${codeOnThePhone(simulator)}"}` },
  );
  expect(verified.status).toBe(200);
});

test('each of the available fields can be asked for alone, and `id` comes along', async () => {
  const simulator = await playground();
  const token = simulator.systemUserToken;
  const { id } = seedOne(simulator);
  // The page: "Available fields: …".
  for (const field of [
    'id',
    'code_verification_status',
    'code_verification_time',
    'owner_business',
    'phone_number',
    'verification_expiry_time',
  ]) {
    const { status, body } = await graph(simulator, `GET /v25.0/${id}?fields=${field}`, { token });
    expect([status, Object.keys(body as object).sort()]).toEqual([200, [...new Set([field, 'id'])].sort()]);
  }
});

const MULTIPART = () => new FormData();
const URLENCODED = () => new URLSearchParams();

// The page: "Content-Type: One of application/json, application/x-www-form-urlencoded, multipart/form-data".
test.each([
  ['application/json', undefined],
  ['application/x-www-form-urlencoded', URLENCODED],
  ['multipart/form-data', MULTIPART],
])('a code is taken as %s', async (_type, newForm) => {
  const simulator = await playground();
  const token = simulator.systemUserToken;
  const { phoneNumberId } = await lapsedOnAccount(simulator);
  const query = 'code_method=SMS&language=en_US';
  await graph(simulator, `POST /v25.0/${phoneNumberId}/request_code?${query}`, { token });
  const code = codeOnThePhone(simulator);
  const form = newForm?.();
  form?.append('code', code);
  const body = form === undefined ? { json: { code } } : { form };
  const verified = await graph(simulator, `POST /v25.0/${phoneNumberId}/verify_code`, { token, ...body });
  expect(verified.status).toBe(200);
});

test('a language that is not supported falls back instead of failing', async () => {
  const simulator = await playground();
  const { id } = unverified(simulator);
  const query = 'code_method=SMS&language=tlh_XX';
  const requested = await graph(simulator, `POST /v25.0/${id}/request_code?${query}`, {
    token: simulator.systemUserToken,
  });
  expect(requested).toMatchObject({ status: 200, body: { success: true } });
  expect(simulator.inbox().at(-1)?.text).toMatch(/^WhatsApp code \d{3}-\d{3}$/);
});
