import { expect, test } from 'vitest';
import { cancel, claimView, createFakePage, finish, openPopup, problem } from './fake-page.ts';
import type { FakePageOptions } from './fake-page.ts';

const sessions = 'POST /signup/sessions';
const claims = 'POST /signup/claims';
const inInstagram =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Instagram 400.0';

/** A tab whose page opened a popup, and is gone. */
async function leftBehind(options: FakePageOptions = {}, popups = options.userAgent === undefined) {
  const page = createFakePage(options);
  // The SDK of a browser without popups goes there with the page itself.
  if (!popups) page.sdk.login = (answer, how) => void page.logins.push({ answer, options: how });
  const signup = await openPopup(page);
  signup.stop();
  return { page, storage: page.storage };
}

test('in the browser of another app, Meta is told where to come back to, without query or fragment', async () => {
  const { page } = await leftBehind({ userAgent: inInstagram, href: 'https://bsp.example/start?utm=1#top' });
  expect(page.logins[0]?.options).toMatchObject({ fallback_redirect_uri: 'https://bsp.example/start' });
});

test('in any other browser it is not, since a popup’s code may not be bound to an address', async () => {
  const { page } = await leftBehind();
  expect(page.logins[0]?.options).not.toHaveProperty('fallback_redirect_uri');
});

test('a code that comes back in the address is handed in with it, under the session of the launch', async () => {
  const { storage } = await leftBehind({ userAgent: inInstagram, href: 'https://bsp.example/start' });
  const page = createFakePage({
    userAgent: inInstagram,
    storage,
    href: 'https://bsp.example/start?utm=1&code=secret-code&state=x#_=_',
  });
  const signup = page.start();
  await page.time.flush();
  expect(page.callsTo(claims)).toEqual([
    {
      what: claims,
      body: { code: 'secret-code', redirectUri: 'https://bsp.example/start' },
      session: 'secret-session-1',
      keepalive: true,
    },
  ]);
  // Neither the history nor a referrer keeps the code; what is the page's own stays.
  expect(page.location.href).toBe('https://bsp.example/start?utm=1');
  expect(page.callsTo(sessions)).toEqual([]);
  expect(signup.state()).toMatchObject({ status: 'claiming', claim: { id: 'claim-1' } });
});

test('an SDK that left the page unasked comes back to the page’s own address', async () => {
  const { storage } = await leftBehind({}, false);
  const page = createFakePage({ storage, href: 'https://bsp.example/onboarding?code=secret-code' });
  page.start();
  await page.time.flush();
  expect(page.callsTo(claims)[0]?.body).toEqual({
    code: 'secret-code',
    redirectUri: 'https://bsp.example/onboarding',
  });
});

test('who left Meta’s page without finishing finds the button again, and a clean address', async () => {
  const { storage } = await leftBehind({ userAgent: inInstagram });
  const page = createFakePage({
    storage,
    href: 'https://bsp.example/onboarding?error=access_denied&error_code=200&error_reason=user_denied',
  });
  const signup = page.start();
  await page.time.flush();
  expect(page.callsTo(claims)).toEqual([]);
  expect(page.location.href).toBe('https://bsp.example/onboarding');
  expect(signup.state().status).toBe('ready');
});

test('a code in the address of a tab that launched nothing is none of our business', async () => {
  const page = createFakePage({ href: 'https://bsp.example/onboarding?code=of-another-login' });
  const signup = page.start();
  await page.time.flush();
  expect(page.callsTo(claims)).toEqual([]);
  expect(page.location.href).toContain('of-another-login');
  expect(signup.state().status).toBe('ready');
});

test('a code in the address of a page whose Meta has a window of its own is of another log-in', async () => {
  const { storage } = await leftBehind();
  const page = createFakePage({ storage, href: 'https://bsp.example/onboarding?code=of-another-login' });
  page.start();
  await page.time.flush();
  expect(page.callsTo(claims)).toEqual([]);
  expect(page.location.href).toContain('of-another-login');
});

test('a launch of more than an hour ago takes no code any more', async () => {
  const { page: before, storage } = await leftBehind({ userAgent: inInstagram });
  const page = createFakePage({ storage, href: 'https://bsp.example/onboarding?code=late' });
  await page.time.advance(61 * 60_000);
  page.start();
  await page.time.flush();
  expect(before.storage.size).toBe(1);
  expect(page.callsTo(claims)).toEqual([]);
});

test('a finish of a popup that outlived its page is handed in under the session of its launch', async () => {
  const { storage } = await leftBehind();
  const page = createFakePage({ storage });
  const signup = page.start();
  await page.time.flush();
  expect(page.callsTo(sessions)[0]?.session).toBe('secret-session-1');
  expect(signup.state().status).toBe('ready');
  page.post(finish());
  await page.time.flush();
  expect(page.callsTo(claims).map(({ session }) => session)).toEqual(['secret-session-1']);
  expect(signup.state().status).toBe('claiming');
  expect(page.listeners.size).toBe(0);
});

test('a claim of the first half is taken up again, and the second half still joins it', async () => {
  const { storage } = await leftBehind();
  const page = createFakePage({ storage });
  page.server[sessions] = () => page.newSession({ claims: [claimView()] });
  const signup = page.start();
  await page.time.flush();
  expect(signup.state().status).toBe('claiming');
  page.post(finish());
  await page.time.flush();
  expect(page.callsTo(claims).map(({ body, session }) => [body?.['event'], session])).toEqual([
    ['FINISH', 'secret-session-1'],
  ]);
  expect(page.listeners.size).toBe(0);
});

test('a claim that is under way is taken up again, and one that went well meanwhile is told', async () => {
  for (const status of ['registering', 'registered'] as const) {
    const { storage } = await leftBehind();
    const page = createFakePage({ storage });
    page.server[sessions] = () => page.newSession({ claims: [claimView({ status })] });
    const signup = page.start();
    await page.time.flush();
    expect(signup.state()).toMatchObject({ status, claim: { id: 'claim-1' } });
  }
});

test('once a claim is settled nothing is kept, so that the next page offers another number', async () => {
  for (const status of ['registered', 'rejected', 'coexistence'] as const) {
    const page = createFakePage();
    page.server[claims] = () => ({ status: 202, body: { claim: claimView({ status }) } });
    await openPopup(page);
    expect(page.storage.size).toBe(1);
    page.post(finish());
    await page.time.flush();
    expect(page.storage.size).toBe(0);
  }
});

test('a kept session that is over is replaced by a fresh one', async () => {
  const { storage } = await leftBehind();
  const page = createFakePage({ storage });
  page.server[sessions] = () =>
    page.calls.at(-1)?.session === undefined ? page.newSession() : problem(401, 'session_expired');
  const signup = page.start();
  await page.time.flush();
  expect(signup.state().status).toBe('ready');
});

test('what is kept of a tab is no obstacle when it is not readable, or storage is forbidden', async () => {
  for (const kept of ['{', 'null', '"text"', '{"at":"soon"}', '[]']) {
    const page = createFakePage({ storage: new Map([['embedded-signup /signup', kept]]) });
    const signup = page.start();
    await page.time.flush();
    expect(page.callsTo(sessions)[0]?.session).toBeUndefined();
    expect(signup.state().status).toBe('ready');
  }
  const page = createFakePage();
  const forbidden = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  page.storage.get = page.storage.set = page.storage.delete = forbidden;
  const signup = await openPopup(page);
  page.post(cancel());
  expect(signup.state().status).toBe('cancelled');
});

test('a page without https says so, asks nothing and opens nothing', async () => {
  const page = createFakePage({ secure: false });
  const signup = page.start();
  await page.time.flush();
  signup.visit();
  signup.wish();
  signup.press();
  await page.time.flush();
  expect(signup.state()).toMatchObject({ status: 'unavailable', problem: { code: 'page_not_https' } });
  expect(signup.state().action).toBeUndefined();
  expect(page.calls).toEqual([]);
  expect(page.logins).toEqual([]);
});
