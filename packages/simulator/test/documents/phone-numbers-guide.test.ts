import { expect, test } from 'vitest';
import { onboarded, playground } from '../support/playground.ts';
import { PHONE_NUMBERS_GUIDE } from './samples/phone-numbers-guide.ts';
import { filledIn, runCurl, runSyntax } from './support/printed-call.ts';
import { codeOnThePhone, lapsedOnAccount } from './support/printed-world.ts';

const { curl, json, syntax } = PHONE_NUMBERS_GUIDE;

test('a number on an account is verified by the printed commands', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await lapsedOnAccount(simulator);
  const table = { FROM_PHONE_NUMBER_ID: phoneNumberId, ACCESS_TOKEN: token };
  const requested = await runCurl(simulator, curl.requestCode, table);
  expect(requested).toEqual({ status: 200, body: { success: true } });
  expect(simulator.inbox()).toMatchObject([{ method: 'SMS', language: 'en' }]);
  const code = codeOnThePhone(simulator);
  const verified = await runCurl(simulator, curl.verifyCode, { ...table, '000000': code });
  expect(verified.status).toBe(200);
  // The reference of the same endpoint prints an `id` beside it.
  expect(verified.body).toMatchObject(JSON.parse(json.verifyCode));
  expect(simulator.state().phoneNumbers[0]?.status).toBe('VERIFIED');
});

test('the throughput is read as printed', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const table = { '<WHATSAPP_BUSINESS_PHONE_NUMBER_ID>': phoneNumberId };
  const read = await runSyntax(simulator, syntax.throughput, table, { token });
  expect(read).toEqual({
    status: 200,
    body: { throughput: { level: 'NOT_APPLICABLE' }, id: phoneNumberId },
  });
});

test('the identity check is switched on by the printed command', async () => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const table = { '106850078877666': phoneNumberId, 'EAAJB...': token };
  const answer = await runCurl(simulator, curl.checkIdentity, table);
  expect(answer).toEqual({ status: 200, body: JSON.parse(json.checkIdentity) });
});

test.each(['true', 'false'])('the printed syntax and post body are taken with %s', async (enabled) => {
  const simulator = await playground();
  const { phoneNumberId, token } = await onboarded(simulator);
  const table = { '<WHATSAPP_BUSINESS_PHONE_NUMBER>': phoneNumberId };
  // The printed body lacks its last brace.
  const body = `${filledIn(json.checkIdentityBody, { '<ENABLE_IDENTITY_KEY_CHECK>': enabled })}}`;
  const answer = await runSyntax(simulator, syntax.checkIdentity, table, { token, json: body });
  expect(answer).toEqual({ status: 200, body: { success: true } });
});
