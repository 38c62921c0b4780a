import { describe, expect, test } from 'vitest';
import { text } from '../support/graph-client.ts';
import { onboarded, playground, seedOne } from '../support/playground.ts';
import { PRE_VERIFIED_NUMBERS_GUIDE } from './samples/pre-verified-numbers-guide.ts';
import { filledIn, runCurl, runSyntax } from './support/printed-call.ts';
import { codeOnThePhone, unverified } from './support/printed-world.ts';
import { expectShape } from './support/shape.ts';

const { curl, json, syntax, text: spoken } = PRE_VERIFIED_NUMBERS_GUIDE;
/** `<SUCCESS>` stands for true: "Upon success, the API will return true". */
const succeeded = (printed: string) => filledIn(printed, { '<SUCCESS>': 'true' });

test('steps 1 to 3 as the sample requests print them', async () => {
  const simulator = await playground();
  const token = { 'EAAJB...': simulator.systemUserToken };

  const added = await runCurl(simulator, curl.addNumber, {
    ...token,
    '506914307656634': simulator.businessId,
  });
  expect(added.status).toBe(200);
  expectShape(added.body, json.addNumber);
  const id = { '106540352242922': text(added.body, 'id') };

  const requested = await runCurl(simulator, curl.requestCode, { ...token, ...id });
  expect(requested).toEqual({ status: 200, body: JSON.parse(json.requestCode) });
  const code = codeOnThePhone(simulator, '15550783881');
  const printedCode = { '123-456': `${code.slice(0, 3)}-${code.slice(3)}` };
  expect(simulator.inbox().at(-1)).toMatchObject({
    to: '+15550783881',
    text: filledIn(spoken.sms, printedCode),
  });

  const verified = await runCurl(simulator, curl.verifyCode, { ...token, ...id, '123456': code });
  expect(verified).toEqual({ status: 200, body: JSON.parse(json.verifyCode) });
  expect(simulator.state().preverifiedNumbers[0]).toMatchObject({
    displayPhoneNumber: '+1 555-078-3881',
    status: 'VERIFIED',
  });
});

test('steps 1 to 3 as the request syntaxes print them, with a call instead of a text', async () => {
  const simulator = await playground();
  const token = simulator.systemUserToken;
  const run = (printed: string, table: Record<string, string>) =>
    runSyntax(simulator, printed, table, { token });

  const added = await run(syntax.addNumber, {
    '<BUSINESS_PORTFOLIO_ID>': simulator.businessId,
    '<PHONE_NUMBER>': '15550783881',
  });
  expect(added.status).toBe(200);
  expectShape(added.body, json.addNumberSyntax);
  const id = { '<WHATSAPP_BUSINESS_PRE_VERIFIED_PHONE_NUMBER_ID>': text(added.body, 'id') };

  const requested = await run(syntax.requestCode, { ...id, '<CODE_METHOD>': 'VOICE', '<LANGUAGE>': 'en_US' });
  expect(requested.status).toBe(200);
  expectShape(requested.body, succeeded(json.requestCodeSyntax));
  const said = simulator.inbox('15550783881').at(-1)?.text ?? '';
  const code = codeOnThePhone(simulator);
  const sentence = filledIn(spoken.voice, { '123456': code });
  expect(sentence).toBe(filledIn(spoken.voiceSyntax, { '<CODE>': code }));
  expect(said.split(sentence)).toHaveLength(4); // `voiceHow`: repeated three times.

  const verified = await run(syntax.verifyCode, { ...id, '<CODE>': code });
  expect(verified.status).toBe(200);
  expectShape(verified.body, succeeded(json.verifyCodeSyntax));
});

test('the text message has the printed syntax', async () => {
  const simulator = await playground();
  const { id } = unverified(simulator);
  await runCurl(simulator, curl.requestCode, {
    'EAAJB...': simulator.systemUserToken,
    '106540352242922': id,
  });
  const { text: sent, code } = simulator.inbox().at(-1) ?? { text: '', code: '' };
  expect(sent).toBe(filledIn(spoken.smsSyntax, { '<CODE>': `${code.slice(0, 3)}-${code.slice(3)}` }));
});

describe('the pool is listed', () => {
  test('whole, in order of creation, as printed', async () => {
    const simulator = await playground();
    const verified = seedOne(simulator);
    const waiting = unverified(simulator);
    const lapsed = seedOne(simulator, { count: 1, status: 'EXPIRED' });
    const table = { '<BUSINESS_ACCOUNT_ID>': simulator.businessId };
    const token = simulator.systemUserToken;
    const all = await runSyntax(simulator, syntax.list, table, { token });
    expect(all.status).toBe(200);
    expect(idsOf(all.body)).toEqual([verified.id, waiting.id, lapsed.id]);
    const some = await runSyntax(simulator, syntax.listVerified, table, { token });
    expect(some.status).toBe(200);
    expect(idsOf(some.body)).toEqual([verified.id]);
  });
});

test('a claimed number is found by its display number as printed', async () => {
  const simulator = await playground();
  const { number, wabaId, phoneNumberId, token } = await onboarded(simulator);
  const find = async (digits: string) =>
    runSyntax(simulator, syntax.findClaimed, { '102290129340398': wabaId, '16505551234': digits }, { token });
  const found = await find(number.phoneNumber.slice(1));
  expect(found.status).toBe(200);
  expect(idsOf(found.body)).toEqual([phoneNumberId]);
  expect(idsOf((await find('16505551234')).body)).toEqual([]);
});

describe('a pool number is put onto an account without the popup', () => {
  test('by the printed command', async () => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    const { id } = seedOne(simulator, { phoneNumbers: ['+15550783881'] });
    const attached = await runCurl(simulator, curl.attach, {
      '506914307656634': wabaId,
      'EAAH7...': token,
      '6635066806614622': id,
    });
    expect(attached.status).toBe(200);
    expectShape(attached.body, json.attach);
    const { preverifiedNumbers, phoneNumbers } = simulator.state();
    expect(preverifiedNumbers).toEqual([]);
    expect(phoneNumbers.at(-1)).toMatchObject({
      id: text(attached.body, 'id'),
      wabaId,
      phoneNumber: '+15550783881',
      verifiedName: 'Lucky Shrub',
      status: 'VERIFIED',
    });
  });

  test('by the printed syntax and post body', async () => {
    const simulator = await playground();
    const { wabaId, token } = await onboarded(simulator);
    const { id } = seedOne(simulator, { phoneNumbers: ['+15550783881'] });
    const body = filledIn(json.attachBody, {
      '<PREVERIFIED_ID>': id,
      '<COUNTRY_DIAL_CODE>': '1',
      '<DISPLAY_PHONE_NUMBER>': '5550783881',
      '<VERIFIED_NAME>': 'Lucky Shrub',
    });
    const table = { '<WHATSAPP_BUSINESS_ACCOUNT_ID>': wabaId };
    const attached = await runSyntax(simulator, syntax.attach, table, { token, json: body });
    expect(attached.status).toBe(200);
    expectShape(attached.body, json.attachSyntax);
  });
});

function idsOf(body: unknown): string[] {
  const { data } = body as { data: readonly { readonly id: string }[] };
  return data.map(({ id }) => id);
}
