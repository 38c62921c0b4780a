import { expect, test } from 'vitest';
import { cancel, createFakePage, finish, openPopup } from './fake-page.ts';

const claims = 'POST /signup/claims';

test('a window closed early becomes a cancel after a moment of grace, and no sooner', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.logins[0]?.answer({ authResponse: null });
  await page.time.advance(1_900);
  expect(signup.state().status).toBe('in-popup');
  await page.time.advance(200);
  expect(signup.state().status).toBe('cancelled');
  expect(page.eventNames()).toContain('signup-cancel');
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
  expect(page.listeners.size).toBe(0);
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
  expect(page.listeners.size).toBe(0);
});

test('with two signups on a page, a message belongs to the one that opened a window last', async () => {
  const page = createFakePage();
  const first = await openPopup(page);
  const second = await openPopup(page);
  page.post(finish());
  expect(first.state().status).toBe('in-popup');
  expect(second.state().status).toBe('claiming');
});
