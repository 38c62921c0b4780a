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

test('Meta comes back once: what the address says later, or on another page, is of another log-in', async () => {
  const { storage } = await leftBehind({ userAgent: inInstagram });
  const elsewhere = createFakePage({
    storage,
    href: 'https://bsp.example/other?code=of-another-login&state=x',
  });
  elsewhere.start().stop();
  expect(elsewhere.location.href).toContain('of-another-login&state=x');
  createFakePage({ storage, href: 'https://bsp.example/onboarding?error=access_denied' }).start().stop();
  const later = createFakePage({ storage, href: 'https://bsp.example/onboarding?code=of-another-login' });
  later.start();
  await later.time.flush();
  expect([...elsewhere.callsTo(claims), ...later.callsTo(claims)]).toEqual([]);
  expect(later.location.href).toContain('of-another-login');
});

test('a browser that opens Meta in the page’s own place comes back with a code, too', async () => {
  const before = createFakePage();
  before.window.open = () => Object.assign(before.window, { closed: false });
  (await openPopup(before)).stop();
  const page = createFakePage({
    storage: before.storage,
    href: 'https://bsp.example/onboarding?code=secret-code',
  });
  page.start();
  await page.time.flush();
  expect(page.callsTo(claims)).toHaveLength(1);
});

test('a launch with a time that is yet to come is no launch', async () => {
  const kept = JSON.stringify({
    session: 's',
    redirectUri: 'https://bsp.example/x',
    at: Date.parse('2027-11-20'),
  });
  const page = createFakePage({
    storage: new Map([['embedded-signup /signup', kept]]),
    href: 'https://bsp.example/x?code=c',
  });
  page.start();
  await page.time.flush();
  expect(page.callsTo(claims)).toEqual([]);
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
  expect(page.hearing()).toBe(0);
});

const detours: [
  name: string,
  before: () => ReturnType<typeof problem> | 'unreachable' | undefined,
  ms: number,
  how: 'wish' | 'press' | 'visit',
][] = [
  ['the page asks for something else at once', () => undefined, 0, 'wish'],
  ['the server could not be reached at first', () => 'unreachable', 8_000, 'press'],
  ['nobody was signed in at first', () => problem(401, 'unauthenticated'), 100, 'visit'],
];

test.each(detours)('a popup that outlived its page is not forgotten when %s', async (_, before, ms, how) => {
  const { storage } = await leftBehind();
  const page = createFakePage({ storage });
  const said = before();
  if (said) page.server[sessions] = () => said;
  const signup = page.start();
  if (ms) await page.time.advance(ms);
  page.server[sessions] = page.newSession;
  signup[how]();
  await page.time.flush();
  expect(page.callsTo(sessions).at(-1)?.session).toBe('secret-session-1');
  page.post(finish());
  await page.time.flush();
  expect(page.callsTo(claims)).toHaveLength(1);
});

test('its finish may come before the new session', async () => {
  const { storage } = await leftBehind();
  const page = createFakePage({ storage });
  page.server[sessions] = () => 'unreachable';
  const signup = page.start();
  page.post(finish());
  page.server[sessions] = page.newSession;
  await page.time.advance(5_000);
  expect(page.callsTo(claims)).toHaveLength(1);
  expect(signup.state().status).toBe('claiming');
});

test('its cancel takes no claim off the screen that is under way', async () => {
  const { storage } = await leftBehind();
  const page = createFakePage({ storage });
  page.server[sessions] = () => page.newSession({ claims: [claimView({ status: 'registering' })] });
  page.server['GET /signup/claims/claim-1'] = () => ({
    status: 200,
    body: { claim: claimView({ status: 'registering' }) },
  });
  const signup = page.start();
  await page.time.flush();
  page.post(cancel());
  expect(signup.state()).toMatchObject({ status: 'registering' });
  expect(signup.state().action).toBeUndefined();
});

test('somebody else who signs in at the same tab reads their own claim with their own session', async () => {
  const { storage } = await leftBehind();
  const page = createFakePage({ storage });
  page.server[sessions] = () =>
    page.newSession({ session: 'of-the-other', claims: [claimView({ status: 'registering' })] });
  page.server['GET /signup/claims/claim-1'] = () =>
    page.calls.at(-1)?.session === 'of-the-other'
      ? { status: 200, body: { claim: claimView({ status: 'registered' }) } }
      : problem(403, 'session_of_another_customer');
  const signup = page.start();
  await page.time.advance(2_000);
  expect(signup.state().status).toBe('registered');
});

test('a page that the browser brings back as it was asks what has happened since', async () => {
  const page = createFakePage();
  const signup = await openPopup(page);
  page.server[sessions] = () => page.newSession({ claims: [claimView({ status: 'registered' })] });
  page.restore();
  await page.time.flush();
  expect(page.callsTo(sessions).map(({ session }) => session)).toEqual([undefined, 'secret-session-1']);
  expect(signup.state().status).toBe('registered');
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
  expect(page.hearing()).toBe(0);
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

test('a finish that could not be handed in is handed in by the next page', async () => {
  const before = createFakePage();
  before.server[claims] = () => 'unreachable';
  const left = await openPopup(before);
  before.post(finish());
  await before.time.advance(1_000);
  left.stop();
  expect([...before.storage.values()].join()).not.toContain('code');
  const page = createFakePage({ storage: before.storage });
  const signup = page.start();
  await page.time.flush();
  expect(page.callsTo(claims)).toMatchObject([
    { body: { event: 'FINISH', data: { waba_id: '2002' } }, session: 'secret-session-1' },
  ]);
  expect(signup.state()).toMatchObject({ status: 'claiming', claim: { id: 'claim-1' } });
});

test('a finish that has arrived is not handed in again, so an operator’s claim leaves the button to the next page', async () => {
  const before = createFakePage();
  before.server[claims] = () => ({ status: 202, body: { claim: claimView({ status: 'needs_operator' }) } });
  const left = await openPopup(before);
  before.post(finish());
  await before.time.advance(1_000);
  left.stop();
  const page = createFakePage({ storage: before.storage });
  page.server[sessions] = () => page.newSession({ claims: [claimView({ status: 'needs_operator' })] });
  const signup = page.start();
  await page.time.flush();
  expect(page.callsTo(claims)).toEqual([]);
  expect(signup.state()).toMatchObject({ status: 'ready', earlier: { reference: 'claim-1' } });
});

test('a finish that the server refused is not handed in again', async () => {
  const before = createFakePage();
  before.server[claims] = () => problem(409, 'session_used');
  const left = await openPopup(before);
  before.post(finish());
  await before.time.advance(1_000);
  left.stop();
  const page = createFakePage({ storage: before.storage });
  page.start();
  await page.time.flush();
  expect(page.callsTo(claims)).toEqual([]);
});

test('a claim that the operator looks at is named beside the button for another number', async () => {
  const page = createFakePage();
  page.server[sessions] = () => page.newSession({ claims: [claimView({ status: 'needs_operator' })] });
  const signup = page.start();
  await page.time.flush();
  expect(signup.state()).toMatchObject({
    status: 'ready',
    action: 'launch',
    earlier: { code: 'needs_operator', reference: 'claim-1' },
  });
  expect(page.eventNames()).not.toContain('signup-error');
});

test('a page without a connection goes on by itself when there is one', async () => {
  const page = createFakePage();
  page.server[sessions] = () => 'unreachable';
  const signup = page.start();
  await page.time.advance(8_000);
  expect(signup.state()).toMatchObject({ status: 'failed', action: 'retry' });
  page.server[sessions] = page.newSession;
  page.goOnline();
  await page.time.flush();
  expect(signup.state()).toMatchObject({ status: 'ready', problem: undefined });
});
