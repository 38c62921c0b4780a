import { expect, test } from 'vitest';
import { cancel, createFakePage, finish, openPopup, problem } from './fake-page.ts';

const sessions = 'POST /signup/sessions';
const minute = 60_000;

test('nobody signed in makes it unavailable, and it recovers when somebody who is comes to it', async () => {
  const page = createFakePage();
  page.server[sessions] = () => problem(401, 'unauthenticated');
  const signup = page.start();
  await page.time.flush();
  expect(signup.state()).toMatchObject({
    status: 'unavailable',
    problem: { code: 'unauthenticated', message: 'It is unauthenticated.', reference: 'req-1' },
  });
  page.server[sessions] = page.newSession;
  signup.visit();
  await page.time.flush();
  expect(signup.state().status).toBe('ready');
});

test('a login page instead of an answer is taken for nobody signed in', async () => {
  const page = createFakePage();
  page.server[sessions] = () => ({ status: 401, body: 'sign in' });
  const signup = page.start();
  await page.time.flush();
  expect(signup.state().problem?.code).toBe('unauthenticated');
});

test('another server at the address is found out', async () => {
  const page = createFakePage();
  page.server[sessions] = () => ({ status: 200, body: { hello: 'world' } });
  const signup = page.start();
  await page.time.flush();
  expect(signup.state()).toMatchObject({
    status: 'unavailable',
    problem: { code: 'server_answer_unreadable' },
  });
});

test('a short outage at the start goes unnoticed, a long one can be retried', async () => {
  const page = createFakePage();
  page.server[sessions] = () => 'unreachable';
  const signup = page.start();
  await page.time.advance(1_000);
  expect(signup.state().status).toBe('loading');
  await page.time.advance(6_000);
  expect(signup.state()).toMatchObject({ status: 'failed', problem: { code: 'server_unreachable' } });
  page.server[sessions] = page.newSession;
  signup.press();
  await page.time.flush();
  expect(signup.state().status).toBe('ready');
});

test('an empty pool is no obstacle', async () => {
  const page = createFakePage();
  page.server[sessions] = () => page.newSession({ numbers: [] });
  const signup = await openPopup(page);
  expect(signup.state().status).toBe('in-popup');
});

test('a page that is seen renews its session behind the button, so that a click always finds one', async () => {
  const page = createFakePage();
  const signup = page.start();
  for (let hour = 0; hour < 8; hour += 1) {
    await page.time.advance(60 * minute);
    expect(signup.state().status).toBe('ready');
  }
  const renewals = page.callsTo(sessions);
  expect(renewals.length).toBeGreaterThan(8);
  // Each with the one before, so that the same number stays held.
  expect(renewals.map(({ session }) => session)).toEqual(
    renewals.map((_, turn) => (turn === 0 ? undefined : `secret-session-${turn}`)),
  );
  expect(page.eventNames().filter((name) => name === 'signup-ready')).toHaveLength(1);
  signup.press();
  expect(page.logins).toHaveLength(1);
});

test('a page that nobody sees holds no number: it renews when it is seen again', async () => {
  const page = createFakePage();
  const signup = page.start();
  await page.time.flush();
  page.document.visibilityState = 'hidden';
  await page.time.advance(24 * 60 * minute);
  page.document.dispatchEvent(new Event('visibilitychange'));
  await page.time.advance(minute);
  expect(page.callsTo(sessions)).toHaveLength(1);

  page.document.visibilityState = 'visible';
  page.document.dispatchEvent(new Event('visibilitychange'));
  await page.time.flush();
  expect(page.callsTo(sessions)).toHaveLength(2);
  signup.press();
  expect(page.logins).toHaveLength(1);
});

test('a press that comes before the renewal opens no popup with a session that is over', async () => {
  const page = createFakePage();
  const signup = page.start();
  await page.time.flush();
  page.document.visibilityState = 'hidden';
  await page.time.advance(24 * 60 * minute);
  signup.press();
  expect(page.logins).toHaveLength(0);
  expect(signup.state().status).toBe('loading');
  await page.time.flush();
  expect(signup.state().status).toBe('ready');
});

test('a renewal that fails is made up for when the customer comes', async () => {
  const page = createFakePage();
  const signup = page.start();
  await page.time.flush();
  page.server[sessions] = () => 'unreachable';
  await page.time.advance(51 * minute);
  expect(signup.state().status).toBe('ready');
  page.server[sessions] = page.newSession;
  signup.visit();
  await page.time.flush();
  expect(signup.state()).toMatchObject({ status: 'ready', session: { session: 'secret-session-2' } });
});

test('a session is not renewed under an open popup', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  await page.time.advance(4 * 60 * minute);
  expect(page.callsTo(sessions)).toHaveLength(1);
  page.post(finish());
  await page.time.flush();
  expect(signup.state().status).toBe('claiming');
  expect(page.callsTo('POST /signup/claims')[0]?.session).toBe('secret-session-1');
});

test('a session that cannot be renewed is replaced by a fresh one', async () => {
  const page = createFakePage();
  const signup = page.start();
  await page.time.flush();
  page.server[sessions] = () =>
    page.calls.at(-1)?.session ? problem(401, 'session_expired') : page.newSession();
  await page.time.advance(51 * minute);
  expect(page.callsTo(sessions).map(({ session }) => session)).toEqual([
    undefined,
    'secret-session-1',
    undefined,
  ]);
  expect(signup.state()).toMatchObject({ status: 'ready', session: { session: 'secret-session-2' } });
});

test('a page whose clock is hours ahead does not renew again and again', async () => {
  const page = createFakePage();
  page.server[sessions] = () => page.newSession({ expiresAt: '2026-11-20T08:00:00Z' });
  const signup = page.start();
  await page.time.advance(minute);
  signup.visit();
  expect(page.callsTo(sessions)).toHaveLength(1);
  signup.press();
  expect(page.logins).toHaveLength(1);
});

test('a page that asks for something else gets its session renewed', async () => {
  let country = 'US';
  const page = createFakePage({ wish: () => ({ country, prefill: { business: { name: 'Example' } } }) });
  const signup = page.start();
  await page.time.flush();
  country = 'DE';
  signup.wish();
  await page.time.flush();
  expect(page.callsTo(sessions).map(({ body, session }) => [body, session])).toEqual([
    [{ version: 1, country: 'US', prefill: { business: { name: 'Example' } } }, undefined],
    [{ version: 1, country: 'DE', prefill: { business: { name: 'Example' } } }, 'secret-session-1'],
  ]);
});

test('an SDK that never comes makes it unavailable, and a late one recovers', async () => {
  const page = createFakePage({ sdk: false });
  const signup = page.start();
  await page.time.advance(9_000);
  expect(signup.state().status).toBe('loading');
  await page.time.advance(1_500);
  expect(signup.state()).toMatchObject({ status: 'unavailable', problem: { code: 'sdk_timeout' } });
  page.window.FB = page.sdk;
  await page.time.advance(500);
  expect(signup.state().status).toBe('ready');
  // The script is one for all that this file tests: the next test shall not find it.
  page.scripts[0]?.dispatchEvent(new Event('error'));
});

test('a blocked SDK is told at once, and a press tries anew', async () => {
  const page = createFakePage({ sdk: false });
  const signup = page.start();
  await page.time.flush();
  page.scripts[0]?.dispatchEvent(new Event('error'));
  expect(signup.state()).toMatchObject({ status: 'unavailable', problem: { code: 'sdk_blocked' } });
  signup.press();
  expect(page.scripts).toHaveLength(2);
  page.window.FB = page.sdk;
  await page.time.advance(300);
  expect(signup.state().status).toBe('ready');
});

test('what a page asks for while a popup is open, the next launch asks for', async () => {
  let country = 'US';
  const page = createFakePage({ wish: () => ({ country }) });
  const signup = await openPopup(page);
  country = 'DE';
  signup.wish();
  expect(page.callsTo(sessions)).toHaveLength(1);
  page.post(cancel());
  await page.time.flush();
  expect(page.callsTo(sessions)[1]?.body).toMatchObject({ country: 'DE' });
  signup.press();
  expect(page.logins).toHaveLength(2);
});

test('a stopped signup leaves no listener, timer or request behind', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.logins[0]?.answer({ authResponse: { code: 'secret-code' } });
  await page.time.flush();
  page.server['GET /signup/claims/claim-1'] = () => 'hangs';
  await page.time.advance(600);
  expect(page.hearing()).toBe(1);
  expect(page.time.pending()).toBeGreaterThan(0);
  signup.stop();
  await page.time.flush();
  expect(page.time.pending()).toBe(0);
  expect(page.listeners.size).toBe(0);
  const before = page.calls.length;
  page.document.dispatchEvent(new Event('visibilitychange'));
  await page.time.advance(2 * 60 * minute);
  expect(page.calls).toHaveLength(before);
});

test('a window that was left an hour ago is opened again by one press', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.popup.closed = true;
  await page.time.advance(60 * minute);
  signup.press();
  expect(page.logins).toHaveLength(2);
});

test('a window that looks closed only after an hour is opened again by one press', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  await page.time.advance(60 * minute);
  page.popup.closed = true;
  await page.time.advance(5_000);
  signup.press();
  expect(page.logins).toHaveLength(2);
});

test('an answer without its parts is no session', async () => {
  const page = createFakePage();
  page.server[sessions] = () => ({ status: 201, body: { launch: {}, session: 's' } });
  const signup = page.start();
  await page.time.flush();
  expect(signup.state().problem?.code).toBe('server_answer_unreadable');
});

test('a page whose own fetch does not pass the signal on is not waited for without an end', async () => {
  const page = createFakePage();
  const { fetch } = page;
  page.server[sessions] = () => 'hangs';
  Object.assign(page, { fetch: (url: string, init: RequestInit) => fetch(url, { ...init, signal: null }) });
  const signup = page.start();
  await page.time.advance(2 * minute);
  expect(signup.state()).toMatchObject({ status: 'failed', problem: { code: 'server_unreachable' } });
});

test('who has to sign in first is told so once, however often they come by', async () => {
  const page = createFakePage();
  page.server[sessions] = () => problem(401, 'unauthenticated');
  const signup = page.start();
  for (let turn = 0; turn < 5; turn += 1) {
    await page.time.advance(10_000);
    signup.visit();
    signup.visit();
    expect(signup.state().status).toBe('unavailable');
  }
  await page.time.flush();
  expect(page.callsTo(sessions)).toHaveLength(6);
  expect(page.eventNames().filter((name) => name === 'signup-error')).toHaveLength(1);
});

test('without a session nothing is ready, whatever else arrives', async () => {
  const page = createFakePage({ sdk: false });
  const signup = page.start();
  await page.time.advance(11_000);
  expect(signup.state().problem?.code).toBe('sdk_timeout');
  page.server[sessions] = () => 'unreachable';
  await page.time.advance(50 * minute);
  signup.press();
  await page.time.advance(10_000);
  page.window.FB = page.sdk;
  await page.time.advance(1_000);
  expect(signup.state().status).not.toBe('ready');
  page.scripts[0]?.dispatchEvent(new Event('error'));
});
