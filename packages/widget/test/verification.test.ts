import { expect, test } from 'vitest';
import { claimView, createFakePage, finish, openPopup, problem } from './fake-page.ts';
import type { FakePageOptions } from './fake-page.ts';

const ask = 'POST /signup/claims/claim-1/code';
const handIn = 'POST /signup/claims/claim-1/verification';
const waiting = { claim: claimView({ status: 'needs_verification', displayPhoneNumber: '+1 555-010-0001' }) };

/** Up to a claim whose number needs a code. */
async function needsCode(options: FakePageOptions = {}) {
  const page = createFakePage(options);
  page.server['POST /signup/claims'] = () => ({ status: 202, body: waiting });
  page.server['GET /signup/claims/claim-1'] = () => ({ status: 200, body: waiting });
  const signup = await openPopup(page);
  page.post(finish());
  await page.time.flush();
  expect(signup.state()).toMatchObject({ status: 'verifying', verification: undefined });
  return { page, signup };
}

test('the customer has a code sent, hands it in, and the number is registered', async () => {
  const { page, signup } = await needsCode({ locale: 'pt-BR' });
  signup.askCode('SMS');
  expect(signup.state().verification?.busy).toBe(true);
  await page.time.flush();
  expect(page.callsTo(ask)).toMatchObject([
    { body: { method: 'SMS', language: 'pt_BR' }, session: 'secret-session-1' },
  ]);
  expect(signup.state().verification).toEqual({ sent: 'SMS', resting: true });

  page.server['GET /signup/claims/claim-1'] = () => ({
    status: 200,
    body: { claim: claimView({ status: 'registered' }) },
  });
  signup.handIn('123-456');
  await page.time.flush();
  expect(page.callsTo(handIn)).toMatchObject([{ body: { code: '123456' }, session: 'secret-session-1' }]);
  expect(signup.state()).toMatchObject({ status: 'registering', verification: undefined });
  await page.time.advance(600);
  expect(signup.state().status).toBe('registered');
});

test('a code that Meta refuses is told, the form stays, and the next one is taken', async () => {
  const { page, signup } = await needsCode();
  signup.askCode('VOICE');
  await page.time.flush();
  page.server[handIn] = () => problem(422, 'code_refused');
  signup.handIn('000000');
  await page.time.flush();
  expect(signup.state()).toMatchObject({
    status: 'verifying',
    verification: { sent: 'VOICE', problem: { code: 'code_refused', reference: 'req-1' } },
  });
  expect(page.eventNames().filter((name) => name === 'signup-error')).toHaveLength(1);
  signup.handIn('123456');
  expect(signup.state().verification).toMatchObject({ sent: 'VOICE', busy: true });
  expect(signup.state().verification?.problem).toBeUndefined();
});

test.each(['123-456', ' 123 456 ', '١٢٣٤٥٦', '۱۲۳-۴۵۶', '१२३४५६'])(
  '%s is handed in as 123456',
  async (typed) => {
    const { page, signup } = await needsCode();
    signup.handIn(typed);
    await page.time.flush();
    expect(page.callsTo(handIn)).toMatchObject([{ body: { code: '123456' } }]);
  },
);

test.each(['', '12345', '1234567', 'one two three'])('%j costs none of the few tries', async (typed) => {
  const { page, signup } = await needsCode();
  signup.handIn(typed);
  await page.time.flush();
  expect(signup.state().verification).toMatchObject({ problem: { code: 'code_refused' } });
  expect(page.callsTo(handIn)).toEqual([]);
});

test('a number that Meta turns out to know as verified needs no code', async () => {
  const { page, signup } = await needsCode();
  page.server[ask] = () => ({ status: 200, body: { claim: claimView({ status: 'registering' }) } });
  signup.askCode('SMS');
  await page.time.flush();
  expect(signup.state()).toMatchObject({ status: 'registering', verification: undefined });
});

test('two presses make one request', async () => {
  const { page, signup } = await needsCode();
  signup.askCode('SMS');
  signup.askCode('VOICE');
  signup.handIn('123456');
  await page.time.flush();
  expect(page.callsTo(ask)).toHaveLength(1);
  expect(page.callsTo(handIn)).toHaveLength(0);
});

test('a claim that went on by itself needs no code any more', async () => {
  const { page, signup } = await needsCode();
  page.server['GET /signup/claims/claim-1'] = () => ({
    status: 200,
    body: { claim: claimView({ status: 'registered' }) },
  });
  await page.time.advance(31_000);
  expect(signup.state()).toMatchObject({ status: 'registered', verification: undefined });
  signup.askCode('SMS');
  signup.handIn('123456');
  await page.time.flush();
  expect(page.callsTo(ask)).toEqual([]);
  expect(page.callsTo(handIn)).toEqual([]);
});

test('the typed code is kept nowhere and told to nobody', async () => {
  const { page, signup } = await needsCode();
  page.server[handIn] = () => problem(422, 'code_refused');
  signup.handIn('908172');
  await page.time.flush();
  expect(JSON.stringify(signup.state())).not.toContain('908172');
  expect(JSON.stringify(page.events.map((event) => Object.entries(event)))).not.toContain('908172');
});

test('a claim that still waits after its code was taken is followed on', async () => {
  const { page, signup } = await needsCode();
  page.server[handIn] = () => ({ status: 200, body: waiting });
  signup.handIn('123456');
  await page.time.flush();
  page.server['GET /signup/claims/claim-1'] = () => ({
    status: 200,
    body: { claim: claimView({ status: 'registered' }) },
  });
  await page.time.advance(60_000);
  expect(signup.state().status).toBe('registered');
});

test('another code can be asked for after a minute, as the server sends one a minute', async () => {
  const { page, signup } = await needsCode();
  signup.askCode('SMS');
  await page.time.advance(59_000);
  signup.askCode('VOICE');
  await page.time.flush();
  expect(page.callsTo(ask)).toHaveLength(1);
  await page.time.advance(2_000);
  signup.askCode('VOICE');
  await page.time.flush();
  expect(page.callsTo(ask)).toHaveLength(2);
});
