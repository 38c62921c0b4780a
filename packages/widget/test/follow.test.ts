import { expect, test } from 'vitest';
import { claimView, createFakePage, finish, openPopup, problem } from './fake-page.ts';
import type { Answer } from './fake-page.ts';

const claims = 'POST /signup/claims';
const one = 'GET /signup/claims/claim-1';
const stands = (status: Parameters<typeof claimView>[0]): Answer => ({
  status: 200,
  body: { claim: claimView(status) },
});

test('a claim is followed until the number is registered, with pauses that grow, and then no longer', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(finish());
  await page.time.advance(400);
  expect(page.callsTo(one)).toHaveLength(0);
  await page.time.advance(200);
  expect(page.callsTo(one)).toHaveLength(1);
  await page.time.advance(30_000);
  const slow = page.callsTo(one).length;
  expect(slow).toBeLessThan(14);

  page.server[one] = () => stands({ status: 'registering', step: 'register' });
  await page.time.advance(6_000);
  expect(signup.state().status).toBe('registering');
  page.server[one] = () => stands({ status: 'registered', displayPhoneNumber: '+1 555-010-0001' });
  await page.time.advance(6_000);
  expect(signup.state()).toMatchObject({
    status: 'registered',
    claim: { displayPhoneNumber: '+1 555-010-0001' },
  });
  const asked = page.callsTo(one).length;
  await page.time.advance(60_000);
  expect(page.callsTo(one)).toHaveLength(asked);
  expect(page.eventNames().filter((name) => /claim|registered/.test(name))).toEqual([
    'signup-claim',
    'signup-claim',
    'signup-claim',
    'signup-registered',
  ]);
});

test('a page that nobody looks at does not ask, and asks at once when somebody does', async () => {
  const page = createFakePage();
  await openPopup(page);
  page.post(finish());
  await page.time.flush();
  page.document.visibilityState = 'hidden';
  await page.time.advance(60_000);
  expect(page.callsTo(one)).toHaveLength(0);
  page.document.visibilityState = 'visible';
  page.document.dispatchEvent(new Event('visibilitychange'));
  await page.time.flush();
  expect(page.callsTo(one)).toHaveLength(1);
});

test('following goes on through an outage', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(finish());
  page.server[one] = () => 'unreachable';
  await page.time.advance(20_000);
  expect(signup.state().status).toBe('claiming');
  page.server[one] = () => stands({ status: 'registered' });
  await page.time.advance(6_000);
  expect(signup.state().status).toBe('registered');
});

test('a claim that is still moving is taken up after a reload, instead of the button', async () => {
  const page = createFakePage();
  page.server['POST /signup/sessions'] = () =>
    page.newSession({
      claims: [
        claimView({ id: 'old', createdAt: '2026-11-01T10:00:00.000Z' }),
        claimView({ status: 'registering' }),
        claimView({ id: 'stuck', status: 'needs_operator', createdAt: '2026-11-20T11:00:00.000Z' }),
      ],
    });
  page.server[one] = () => stands({ status: 'registered' });
  const signup = page.start();
  await page.time.flush();
  expect(signup.state()).toMatchObject({ status: 'registering', claim: { id: 'claim-1' } });
  await page.time.advance(1_000);
  expect(signup.state().status).toBe('registered');
});

test('claims that wait for somebody do not take the button away after a reload', async () => {
  const page = createFakePage();
  page.server['POST /signup/sessions'] = () =>
    page.newSession({
      claims: [claimView({ status: 'needs_operator' }), claimView({ status: 'needs_signup' })],
    });
  const signup = page.start();
  await page.time.flush();
  expect(signup.state().status).toBe('ready');
});

test('a claim that needs the popup again finds a fresh session ready for the next press', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(finish());
  page.server[one] = () =>
    stands({ status: 'needs_signup', reason: { code: 'code_expired', message: 'The code came too late.' } });
  await page.time.advance(1_000);
  expect(signup.state()).toMatchObject({
    status: 'failed',
    problem: { code: 'code_expired', reference: 'claim-1' },
  });
  // Not renewed: a session has one claim.
  expect(page.callsTo('POST /signup/sessions').map(({ session }) => session)).toEqual([undefined, undefined]);
  signup.press();
  expect(page.logins).toHaveLength(2);
  expect(signup.state().launched).toBe('secret-session-2');
});

test('a late half still belongs to the session that its popup was opened with', async () => {
  const page = createFakePage();
  await openPopup(page);
  page.post(finish());
  page.server[one] = () => stands({ status: 'needs_signup' });
  await page.time.advance(1_000);
  page.logins[0]?.answer({ authResponse: { code: 'secret-code' } });
  await page.time.flush();
  expect(page.callsTo(claims).map(({ session }) => session)).toEqual([
    'secret-session-1',
    'secret-session-1',
  ]);
});

test('the operator being asked takes the button away; the claim is looked at now and then', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(finish());
  page.server[one] = () => stands({ status: 'needs_operator' });
  await page.time.advance(1_000);
  signup.press();
  expect(page.logins).toHaveLength(1);
  page.server[one] = () => stands({ status: 'registered' });
  await page.time.advance(31_000);
  expect(signup.state().status).toBe('registered');
});

test('a claim request is tried again through an outage, and the customer need not do it all again', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.server[claims] = () => 'unreachable';
  page.post(finish());
  await page.time.advance(20_000);
  expect(signup.state().status).toBe('claiming');
  await page.time.advance(130_000);
  expect(signup.state()).toMatchObject({ status: 'failed', problem: { code: 'server_unreachable' } });

  page.server[claims] = () => ({ status: 202, body: { claim: claimView() } });
  signup.press();
  await page.time.flush();
  expect(signup.state()).toMatchObject({ status: 'claiming', claim: { id: 'claim-1' } });
  expect(page.logins).toHaveLength(1);
});

test('a code is not sent again when it cannot live any longer, the event is', async () => {
  const page = createFakePage();
  await openPopup(page);
  page.server[claims] = () => problem(503, 'store_unavailable');
  page.post(finish());
  page.logins[0]?.answer({ authResponse: { code: 'secret-code' } });
  await page.time.advance(40_000);
  const codes = () => page.callsTo(claims).filter(({ body }) => body?.['code']).length;
  const before = codes();
  expect(before).toBeGreaterThan(4);
  const all = page.callsTo(claims).length;
  await page.time.advance(60_000);
  expect(codes()).toBe(before);
  expect(page.callsTo(claims).length).toBeGreaterThan(all);
});

test('a server that hangs is treated like one that cannot be reached', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.server[claims] = () => 'hangs';
  page.post(finish());
  await page.time.advance(15_000);
  expect(page.callsTo(claims)).toHaveLength(1);
  page.server[claims] = () => ({ status: 202, body: { claim: claimView() } });
  await page.time.advance(1_000);
  expect(signup.state().claim?.id).toBe('claim-1');
});

test('a claim that the server refuses begins anew with the next press', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.server[claims] = () => problem(401, 'session_expired');
  page.post(finish());
  await page.time.flush();
  expect(signup.state()).toMatchObject({
    status: 'failed',
    problem: { code: 'session_expired', reference: 'req-1' },
  });
  signup.press();
  await page.time.flush();
  expect(signup.state().status).toBe('ready');
});

test('a status that only a newer server knows is under way', async () => {
  const page = createFakePage();
  // As a widget from a CDN may get it.
  const newer = { ...claimView(), status: 'checking_business' };
  page.server['POST /signup/claims'] = () => ({ status: 202, body: { claim: newer } });
  page.server['GET /signup/claims/claim-1'] = () => ({
    status: 200,
    body: { claim: claimView({ status: 'registered' }) },
  });
  const signup = await openPopup(page);
  page.post(finish());
  await page.time.flush();
  expect(signup.state().status).toBe('claiming');
  await page.time.advance(1_000);
  expect(signup.state().status).toBe('registered');
});

test.each([
  ['a captive portal that answers 200', { status: 200, body: 'html' }],
  ['a proxy’s 404', { status: 404, body: 'nope' }],
  ['a log-in that ran out', { status: 401, body: 'sign in' }],
])('a finish survives %s', async (_, answer) => {
  const page = createFakePage();
  page.server['POST /signup/claims'] = () => answer;
  const signup = await openPopup(page);
  page.post(finish());
  await page.time.advance(1_000);
  page.server['POST /signup/claims'] = () => ({ status: 202, body: { claim: claimView() } });
  if (signup.state().status === 'failed') signup.press();
  await page.time.advance(5_000);
  expect(signup.state().claim?.id).toBe('claim-1');
});

test('what takes long is said, and no more once it goes on', async () => {
  const page = createFakePage();
  page.server['POST /signup/claims'] = () => 'unreachable';
  const signup = await openPopup(page);
  page.post(finish());
  await page.time.advance(16_000);
  expect(signup.state()).toMatchObject({ status: 'claiming', slow: true });
  expect(signup.state().claim).toBeUndefined();
  page.server['POST /signup/claims'] = () => ({
    status: 202,
    body: { claim: claimView({ status: 'registering' }) },
  });
  page.server[one] = () => stands({ status: 'registering' });
  await page.time.advance(14_000);
  expect(signup.state()).toMatchObject({ status: 'registering', slow: false });
  await page.time.advance(16_000);
  expect(signup.state()).toMatchObject({ status: 'registering', slow: true });
});

test('a claim whose code is missing is looked at now and then, since Meta’s own word may complete it', async () => {
  const page = createFakePage();
  page.server['POST /signup/claims'] = () => ({
    status: 202,
    body: { claim: claimView({ status: 'needs_signup' }) },
  });
  page.server[one] = () => stands({ status: 'needs_signup' });
  const signup = await openPopup(page);
  page.post(finish());
  await page.time.advance(60_000);
  expect(signup.state()).toMatchObject({ status: 'failed', action: 'retry' });
  page.server[one] = () => stands({ status: 'registered' });
  await page.time.advance(31_000);
  expect(signup.state().status).toBe('registered');
});

test('a customer who closed the window on its last screen hears of the claim that Meta told the server of', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.popup.closed = true;
  await page.time.advance(5_000);
  expect(signup.state()).toMatchObject({ status: 'in-popup', looksClosed: true });
  page.server['POST /signup/sessions'] = () =>
    page.newSession({ claims: [claimView({ status: 'registered' })] });
  await page.time.advance(31_000);
  expect(page.callsTo('POST /signup/sessions').at(-1)?.session).toBe('secret-session-1');
  expect(signup.state()).toMatchObject({ status: 'registered', claim: { id: 'claim-1' } });
});
