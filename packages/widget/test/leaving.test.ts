import { expect, test } from 'vitest';
import { cancel, createFakePage, finish, openPopup } from './fake-page.ts';
import type { FakePage } from './fake-page.ts';

const sessions = 'POST /signup/sessions';
const minute = 60_000;

const ways: [name: string, status: string, leave: (page: FakePage) => Promise<void>][] = [
  ['a cancel', 'cancelled', async (page) => page.post(cancel())],
  ['an error', 'failed', async (page) => page.post(cancel({ error_message: 'No luck', error_code: 1 }))],
];

test.each(ways)(
  'after %s the session is kept, and a press opens the popup with it',
  async (_, status, leave) => {
    const page = createFakePage();
    const signup = await openPopup(page);
    await leave(page);
    await page.time.advance(7 * minute);
    signup.visit();
    expect(signup.state().status).toBe(status);
    expect(page.callsTo(sessions)).toHaveLength(1);
    signup.press();
    // Nothing was awaited.
    expect(page.logins).toHaveLength(2);
    page.post(finish());
    await page.time.flush();
    expect(page.callsTo('POST /signup/claims')[0]?.session).toBe('secret-session-1');
    expect(page.callsTo(sessions)).toHaveLength(1);
  },
);

test.each(ways)(
  'after %s it is renewed before its numbers are freed, behind what is on the screen',
  async (_, status, leave) => {
    const page = createFakePage();
    const signup = await openPopup(page);
    await leave(page);
    await page.time.advance(10 * minute);
    expect(page.callsTo(sessions).map(({ session }) => session)).toEqual([undefined, 'secret-session-1']);
    expect(signup.state().status).toBe(status);
    signup.press();
    expect(page.logins).toHaveLength(2);
    page.post(finish());
    await page.time.flush();
    expect(page.callsTo('POST /signup/claims')[0]?.session).toBe('secret-session-2');
  },
);

test.each(ways)('after %s a page that nobody sees lets the numbers go', async (_, status, leave) => {
  const page = createFakePage();
  const signup = await openPopup(page);
  await leave(page);
  page.document.visibilityState = 'hidden';
  await page.time.advance(10 * minute);
  expect(page.callsTo(sessions)).toHaveLength(1);
  expect(signup.state().status).toBe(status);
  // As a script or a keyboard could, before anybody has looked: the session is renewed, and the next press finds it.
  signup.press();
  expect(page.logins).toHaveLength(1);
  await page.time.flush();
  signup.press();
  expect(page.logins).toHaveLength(2);
});

test('a second cancel gives no more time than the first', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(cancel());
  await page.time.advance(7 * minute);
  signup.press();
  page.post(cancel());
  expect(page.callsTo(sessions)).toHaveLength(1);
  await page.time.advance(1.5 * minute);
  expect(page.callsTo(sessions)).toHaveLength(2);
});

test('a finish that comes after the renewal belongs to the session of its popup', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.post(cancel());
  await page.time.advance(10 * minute);
  signup.visit();
  page.post(finish());
  await page.time.flush();
  expect(signup.state()).toMatchObject({ status: 'claiming', claim: { id: 'claim-1' } });
  expect(page.callsTo('POST /signup/claims')[0]?.session).toBe('secret-session-1');
});

test('after a code that got lost, the next press asks for a session of its own', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.server['POST /signup/claims'] = () => 'unreachable';
  page.logins[0]?.answer({ authResponse: { code: 'secret-code' } });
  await page.time.advance(31_000);
  expect(signup.state()).toMatchObject({ status: 'failed', problem: { code: 'server_unreachable' } });
  signup.press();
  await page.time.flush();
  expect(signup.state().status).toBe('ready');
});
