import { expect, test } from 'vitest';
import { cancel, createFakePage, finish, meta, openPopup } from './fake-page.ts';

const claims = 'POST /signup/claims';

test('a window that was closed early is asked about, and is no cancel by itself', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.logins[0]?.answer({ authResponse: null });
  await page.time.advance(400);
  expect(signup.state()).toMatchObject({ status: 'in-popup' });
  expect(signup.state().action).toBeUndefined();
  await page.time.advance(200);
  expect(signup.state()).toMatchObject({ status: 'in-popup', looksClosed: true, action: 'reopen' });
  expect(page.eventNames()).not.toContain('signup-cancel');
  expect(page.callsTo('POST /signup/session-events')).toEqual([]);

  signup.press();
  expect(page.logins).toHaveLength(2);
  expect(page.callsTo('POST /signup/sessions')).toHaveLength(1);
});

test('a page that cuts itself off from its popups is told so by name, whatever the SDK says', async () => {
  for (const coop of ['same-origin', 'same-origin; report-to="x"']) {
    const page = createFakePage({ coop });
    const signup = await openPopup(page);
    page.logins[0]?.answer(undefined);
    await page.time.advance(1_000);
    expect(signup.state()).toMatchObject({ status: 'failed', problem: { code: 'opener_cut' } });
  }
});

test('a page that lets its popups be is not blamed', async () => {
  for (const coop of [undefined, 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none']) {
    const page = createFakePage(coop === undefined ? {} : { coop });
    const signup = await openPopup(page);
    page.logins[0]?.answer(undefined);
    await page.time.advance(10_000);
    expect(signup.state()).toMatchObject({ status: 'in-popup', looksClosed: true });
    // Asked once for a launch.
    expect(page.callsTo('HEAD https://bsp.example/onboarding')).toHaveLength(1);
  }
});

test('a callback of an earlier popup is not taken for the present one', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(cancel());
  await page.time.flush();
  signup.press();
  page.logins[0]?.answer({ authResponse: { code: 'old-code' } });
  await page.time.advance(3_000);
  expect(page.callsTo(claims)).toEqual([]);
  expect(signup.state().status).toBe('in-popup');
});

test('a blocked popup is told at once, and the button works again', async () => {
  const page = createFakePage();
  page.window.open = () => null;
  const signup = await openPopup(page);
  expect(signup.state()).toMatchObject({ status: 'failed', problem: { code: 'popup_blocked' } });
  expect(page.hearing()).toBe(0);
  const open = () => page.popup;
  page.window.open = open;
  signup.press();
  expect(signup.state().status).toBe('in-popup');
  expect(page.window.open).toBe(open);
});

test('an SDK that throws is told, too', async () => {
  const page = createFakePage();
  page.sdk.login = () => {
    throw new Error('not initialised');
  };
  const signup = await openPopup(page);
  expect(signup.state().problem?.code).toBe('login_failed');
});

test('a window that looks closed gives a button, never a cancel', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.popup.closed = true;
  await page.time.advance(6_000);
  expect(signup.state()).toMatchObject({ status: 'in-popup', looksClosed: true });
  page.post(finish());
  await page.time.flush();
  expect(signup.state().status).toBe('claiming');
});

test('messages are only heard while a launch is pending', async () => {
  const page = createFakePage();
  const signup = page.start();
  await page.time.flush();
  page.post(finish());
  expect(signup.state().status).toBe('ready');
  signup.press();
  page.post(finish());
  expect(page.hearing()).toBe(0);
});

test('with two signups on a page, each hears its own window, through one listener', async () => {
  const page = createFakePage();
  const first = await openPopup(page);
  const other = { closed: false, name: 'other' };
  page.window.open = () => other;
  const second = await openPopup(page);
  expect(page.hearing()).toBe(1);
  page.post(finish(), meta, page.popup);
  expect(first.state().status).toBe('claiming');
  expect(second.state().status).toBe('in-popup');
  page.post(finish(), meta, other);
  expect(second.state().status).toBe('claiming');
  expect(page.hearing()).toBe(0);
});

test('a frame in the popup speaks for it, and a window of its own does not', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(finish(), meta, { top: { closed: false, name: 'a window of somebody else' } });
  expect(signup.state().status).toBe('in-popup');
  page.post(finish(), meta, { top: page.popup });
  expect(signup.state().status).toBe('claiming');
});

test('the last word of a window that is closed by now is heard', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(cancel());
  page.post(finish(), meta, null);
  expect(signup.state().status).toBe('claiming');
});

test('FB.init goes out for our app with each click, since the page may have called it for another since', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(cancel());
  page.sdk.init({ appId: 'of the page' });
  signup.press();
  expect(page.inits).toMatchObject([{ appId: '111' }, { appId: 'of the page' }, { appId: '111' }]);
});

test('a frame of the popup and the popup itself are one window', async () => {
  const page = createFakePage();
  await openPopup(page);
  page.post(cancel(), meta, { top: page.popup });
  page.post(finish(), meta, page.popup);
  await page.time.flush();
  expect(page.callsTo(claims)).toHaveLength(1);
});

test('a window that only looked closed still counts beside the one that was opened again', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  const first = page.popup;
  first.closed = true;
  await page.time.advance(4_000);
  page.window.open = () => ({ closed: false, name: 'second' });
  signup.press();
  await page.time.advance(10_000);
  // Nor is the customer asked about the first one while the second is open.
  expect(signup.state().looksClosed).toBeUndefined();
  page.post(finish(), meta, first);
  page.logins[0]?.answer({ authResponse: { code: 'secret-code' } });
  await page.time.flush();
  expect(page.callsTo(claims)).toHaveLength(2);
});

test('of two windows that are open, the last word of a closed one is its own', async () => {
  const page = createFakePage();
  const first = await openPopup(page);
  page.window.open = () => ({ closed: false, name: 'other' });
  const second = await openPopup(page);
  page.popup.closed = true;
  page.post(finish(), meta, null);
  expect(first.state().status).toBe('claiming');
  expect(second.state().status).toBe('in-popup');
});

test('what Meta’s loader puts in the place of the SDK is not taken for it, and the click goes to the SDK itself', async () => {
  const page = createFakePage({ sdk: false });
  const buffered: unknown[] = [];
  const loader = { __buffer: { calls: buffered }, init: () => {}, login: () => void buffered.push(1) };
  page.window.FB = undefined;
  const signup = page.start();
  await page.time.flush();
  Object.assign(page.window, { FB: loader });
  await page.time.advance(1_000);
  expect(signup.state().status).toBe('loading');
  page.window.FB = page.sdk;
  await page.time.advance(500);
  expect(signup.state().status).toBe('ready');
  signup.press();
  expect(page.logins).toHaveLength(1);
  expect(buffered).toEqual([]);
  page.scripts[0]?.dispatchEvent(new Event('error'));
});

test('a code that comes when the element was removed under the popup is handed in all the same', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  signup.stop();
  page.logins[0]?.answer({ authResponse: { code: 'secret-code' } });
  await page.time.flush();
  expect(page.callsTo(claims)).toMatchObject([
    { body: { code: 'secret-code' }, session: 'secret-session-1' },
  ]);
});
