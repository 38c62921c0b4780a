// @vitest-environment happy-dom
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import '../src/element.ts';
import type { EmbeddedSignupElement } from '../src/element.ts';
import { loadEngine } from '../src/load-engine.ts';
import { claimView, createFakePage, finish, meta } from './fake-page.ts';
import type { FakePage } from './fake-page.ts';

let page: FakePage;
let element: EmbeddedSignupElement;
const global: { FB?: unknown; open: unknown } = window;
const realOpen = window.open;

// As on any page but for its first moment.
beforeAll(() => loadEngine(() => {}));

beforeEach(() => {
  page = createFakePage();
  global.FB = page.sdk;
  page.sdk.login = (answer, options) => {
    page.logins.push({ answer, options });
    window.open('https://www.facebook.com');
  };
  global.open = () => page.popup;
  Object.defineProperty(window, 'isSecureContext', { value: true, configurable: true });
  sessionStorage.clear();
  element = document.createElement('embedded-signup');
  element.server = '/signup';
  element.fetch = page.fetch;
});

afterEach(() => {
  element.remove();
  delete global.FB;
  global.open = realOpen;
});

const shown = async () => {
  document.body.append(element);
  await page.time.flush();
};
const part = (name: string) => element.shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]`);
const text = (name: string) => part(name)?.textContent?.trim();

test('it shows the number that is held, says which one to choose, and has a real button', async () => {
  await shown();
  expect(element.status).toBe('ready');
  expect(text('number-value')).toBe('+1 555-010-0001');
  expect(text('hint')).toContain('choose +1 555-010-0001');
  const button = part('button');
  expect(button?.tagName).toBe('BUTTON');
  expect(button?.getAttribute('type')).toBe('button');
  expect(button?.hasAttribute('aria-disabled')).toBe(false);
});

test('an empty pool is explained, and the button works', async () => {
  page.server['POST /signup/sessions'] = () => page.newSession({ numbers: [] });
  await shown();
  expect(part('number')).toBeNull();
  expect(text('hint')).toContain('a number of your own');
  part('button')?.click();
  expect(element.status).toBe('in-popup');
});

test('a whole signup is told by events that leave every shadow root', async () => {
  const told: string[] = [];
  const outer = document.createElement('div');
  outer.attachShadow({ mode: 'open' }).append(element);
  for (const name of ['ready', 'launch', 'claim', 'registered', 'cancel', 'error']) {
    document.body.addEventListener(`signup-${name}`, ({ type }) => void told.push(type), { once: true });
  }
  page.server['POST /signup/claims'] = () => ({
    status: 202,
    body: { claim: claimView({ status: 'registered', displayPhoneNumber: '+1 555-010-0001' }) },
  });
  document.body.append(outer);
  await page.time.flush();
  part('button')?.click();
  // happy-dom's MessageEvent takes no fake window as its source.
  window.dispatchEvent(Object.assign(new Event('message'), { origin: meta, source: null, data: finish() }));
  await page.time.flush();
  expect(told).toEqual(['signup-ready', 'signup-launch', 'signup-claim', 'signup-registered']);
  expect(element.status).toBe('registered');
  expect(text('number-value')).toBe('+1 555-010-0001');
  expect(text('message')).toContain('ready to use');
  expect(element.shadowRoot?.querySelectorAll('[part~="done"]')).toHaveLength(3);
  expect(part('button')).toBeNull();
  outer.remove();
});

test('the status line is one polite live region that stays in place', async () => {
  await shown();
  const line = part('message');
  expect(line?.getAttribute('role')).toBe('status');
  part('button')?.click();
  await page.time.flush();
  expect(part('message')).toBe(line);
  expect(text('message')).toContain('Go on in Meta’s window');
});

test('a problem has words, a code to quote and a way to try again', async () => {
  page.server['POST /signup/sessions'] = () => ({
    status: 401,
    body: { code: 'unauthenticated', detail: 'Sign in.', requestId: 'req-7' },
  });
  await shown();
  expect(text('message')).toBe('Please sign in first.');
  expect(text('reference')).toContain('unauthenticated · req-7');
  page.server['POST /signup/sessions'] = page.newSession;
  part('button')?.click();
  await page.time.flush();
  expect(element.status).toBe('ready');
});

test('without a server it says what is wrong', async () => {
  element.server = undefined;
  await shown();
  expect(element.status).toBe('unavailable');
  expect(text('reference')).toContain('server_missing');
  expect(page.calls).toEqual([]);
});

test('who had the focus on the button keeps it nearby when the button goes', async () => {
  await shown();
  part('button')?.focus();
  part('button')?.click();
  await page.time.flush();
  expect(element.shadowRoot?.activeElement).toBe(part('button'));
  window.dispatchEvent(Object.assign(new Event('message'), { origin: meta, source: null, data: finish() }));
  await page.time.flush();
  expect(part('button')).toBeNull();
  expect(element.shadowRoot?.activeElement).toBe(part('card'));
});

test('labels of the page are shown as text, never as HTML', async () => {
  element.labels = { launch: '<img src=x onerror=alert(1)>' };
  await shown();
  expect(text('button')).toBe('<img src=x onerror=alert(1)>');
  expect(element.shadowRoot?.querySelector('img')).toBeNull();
});

test('attributes and properties set before the tag is known, or after, are used', async () => {
  element.setAttribute('country', 'DE');
  element.prefill = { business: { name: 'Example' } };
  await shown();
  expect(page.calls[0]?.body).toEqual({
    version: 1,
    country: 'DE',
    prefill: { business: { name: 'Example' } },
  });

  element.prefill = { business: { name: 'Example' } };
  await page.time.flush();
  expect(page.calls).toHaveLength(1);
  element.prefill = { business: { name: 'Another' } };
  await page.time.flush();
  expect(page.calls[1]).toMatchObject({
    session: 'secret-session-1',
    body: { prefill: { business: { name: 'Another' } } },
  });
});

test('an element that is moved keeps its open popup', async () => {
  await shown();
  part('button')?.click();
  const place = document.createElement('section');
  document.body.append(place);
  place.append(element);
  await page.time.flush();
  expect(element.status).toBe('in-popup');
  expect(page.callsTo('POST /signup/sessions')).toHaveLength(1);
});

test.each(['pointerenter', 'focusin'])(
  'a session that is over is renewed on %s, behind the button',
  async (type) => {
    await shown();
    const later = Date.now() + 2 * 3_600_000;
    vi.spyOn(Date, 'now').mockReturnValue(later);
    document.dispatchEvent(new Event('visibilitychange'));
    await page.time.flush();
    expect(page.calls).toHaveLength(1);
    element.dispatchEvent(new Event(type));
    await Promise.resolve();
    expect(part('button')?.hasAttribute('aria-disabled')).toBe(false);
    await page.time.flush();
    expect(page.calls[1]?.session).toBe('secret-session-1');
    expect(part('button')?.hasAttribute('aria-disabled')).toBe(false);
  },
);

test('a property that is set to another function for fetch does not end what is under way', async () => {
  await shown();
  part('button')?.click();
  element.fetch = (...request) => page.fetch(...request);
  await page.time.flush();
  expect(element.status).toBe('in-popup');
});

test('removed and put back a hundred times, it leaves no message listener behind', async () => {
  const heard = new Set<unknown>();
  const { addEventListener, removeEventListener } = window;
  window.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    if (args[0] === 'message') heard.add(args[1]);
    addEventListener.apply(window, args);
  };
  window.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    if (args[0] === 'message') heard.delete(args[1]);
    removeEventListener.apply(window, args);
  };
  for (let time = 0; time < 100; time += 1) {
    await shown();
    part('button')?.click();
    expect(heard.size).toBe(1);
    element.remove();
    await page.time.flush();
    expect(heard.size).toBe(0);
  }
  Object.assign(window, { addEventListener, removeEventListener });
});

test('what a page gives that is no text, or cannot be sent, is no reason to show nothing', async () => {
  const circle: Record<string, unknown> = {};
  circle['business'] = circle;
  // As a page without types may.
  Object.assign(element, { labels: { launch: 7, heading: null }, prefill: circle });
  Object.defineProperty(element.labels, 'retry', { get: () => expect.unreachable(), enumerable: true });
  await shown();
  expect(text('heading')).toBe('Connect your WhatsApp number');
  expect(part('button')).not.toBeNull();
});
