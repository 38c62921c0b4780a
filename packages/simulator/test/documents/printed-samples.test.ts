import { expect, test } from 'vitest';
import { PHONE_NUMBERS_GUIDE } from './samples/phone-numbers-guide.ts';
import { PRE_VERIFIED_NUMBERS_GUIDE } from './samples/pre-verified-numbers-guide.ts';
import { PRE_VERIFIED_PHONE_NUMBER_API } from './samples/pre-verified-phone-number-api.ts';
import { REQUEST_CODE_API } from './samples/request-code-api.ts';
import { VERIFY_CODE_API } from './samples/verify-code-api.ts';
import { parseCurl } from './support/curl-command.ts';

// Counted by hand in the documents: lines that begin with "curl ", JSON blocks outside of commands, request syntaxes.
const PAGES = [
  ['phone numbers guide', PHONE_NUMBERS_GUIDE, { curl: 4, json: 6, syntax: 2 }],
  ['pre-verified numbers guide', PRE_VERIFIED_NUMBERS_GUIDE, { curl: 6, json: 13, syntax: 9 }],
  ['pre-verified number reference', PRE_VERIFIED_PHONE_NUMBER_API, { curl: 4, json: 4, syntax: 4 }],
  ['request_code reference', REQUEST_CODE_API, { curl: 2, json: 2, syntax: 2 }],
  ['verify_code reference', VERIFY_CODE_API, { curl: 2, json: 2, syntax: 2 }],
] as const;

test.each(PAGES)('every sample of the %s is kept', (_page, { curl, json, syntax }, counted) => {
  const kept = { curl, json, syntax };
  for (const [kind, count] of Object.entries(counted)) {
    expect([kind, Object.keys(kept[kind as keyof typeof kept]).length]).toEqual([kind, count]);
  }
});

test('the samples are all there are: 18 commands, 27 blocks, 19 syntaxes', () => {
  const total = (kind: 'curl' | 'json' | 'syntax') =>
    PAGES.reduce((sum, [, , counted]) => sum + counted[kind], 0);
  expect([total('curl'), total('json'), total('syntax')]).toEqual([18, 27, 19]);
});

test('a command that the references print twice is the same both times', () => {
  const { curl, json } = PRE_VERIFIED_PHONE_NUMBER_API;
  expect(curl.readAgain).toBe(curl.read);
  expect(curl.deleteAgain).toBe(curl.delete);
  expect(json.readAgain).toBe(json.read);
  expect(json.deleteAgain).toBe(json.delete);
  expect(REQUEST_CODE_API.curl.requestCodeAgain).toBe(REQUEST_CODE_API.curl.requestCode);
  expect(REQUEST_CODE_API.json.requestCodeAgain).toBe(REQUEST_CODE_API.json.requestCode);
  expect(VERIFY_CODE_API.curl.verifyCodeAgain).toBe(VERIFY_CODE_API.curl.verifyCode);
  expect(VERIFY_CODE_API.json.verifyCodeAgain).toBe(VERIFY_CODE_API.json.verifyCode);
});

test('commands are read as curl reads them', () => {
  expect(parseCurl(PHONE_NUMBERS_GUIDE.curl.requestCode)).toEqual({
    method: 'POST',
    url: 'https://graph.facebook.com/v19.0/FROM_PHONE_NUMBER_ID/request_code',
    headers: [['Authorization', 'Bearer ACCESS_TOKEN']],
    data: undefined,
    parts: ['code_method=SMS', 'language=en'],
  });
  expect(parseCurl(PRE_VERIFIED_NUMBERS_GUIDE.curl.attach)).toMatchObject({
    method: 'POST',
    headers: [
      ['Content-Type', 'text/plain'],
      ['Authorization', 'Bearer EAAH7...'],
    ],
    data: expect.stringContaining('\n{\n  "preverified_id": "6635066806614622",\n'),
  });
  expect(parseCurl(PRE_VERIFIED_PHONE_NUMBER_API.curl.read)).toMatchObject({ method: 'GET', data: '{}' });
  expect(() => parseCurl('curl --compressed https://a.example')).toThrow('--compressed');
});
