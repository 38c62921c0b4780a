// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isSafeAddress } from '../src/facebook/is-safe-address.ts';
import type { FacebookSdk } from '../src/facebook/facebook-sdk.ts';
import { createFakeTime } from './fake-time.ts';
import type { FakeTime } from './fake-time.ts';

const address = 'https://connect.facebook.net/en_US/sdk.js';
const sdk: FacebookSdk = { init: () => {}, login: () => {} };

let page: Document;
let time: FakeTime;
let window: { FB?: unknown; fbAsyncInit?: unknown; trustedTypes?: unknown };
let found: unknown[];
let load: (url?: string) => () => void;

beforeEach(async () => {
  // A document without a window of its own fetches no scripts.
  page = document.implementation.createHTMLDocument();
  time = createFakeTime();
  time.install();
  window = {};
  found = [];
  vi.stubGlobal('document', page);
  vi.stubGlobal('window', window);
  // Script and policy are one per page, which is what a module is.
  vi.resetModules();
  const { loadSdk } = await import('../src/facebook/load-sdk.ts');
  load = (url = address) =>
    loadSdk(url, (news) => void found.push(news.type === 'sdk' ? news.sdk : news.code));
});

afterEach(() => void vi.unstubAllGlobals());

const scripts = () => [...page.querySelectorAll('script')];

test('a page that already has the SDK gets no second one', () => {
  window.FB = sdk;
  load();
  expect(found).toEqual([sdk]);
  expect(scripts()).toEqual([]);
});

test('an element with the id FB is not taken for the SDK', () => {
  window.FB = page.createElement('div');
  load();
  expect(found).toEqual([]);
  expect(scripts()).toHaveLength(1);
});

test('the script is asynchronous, without credentials, and one for all who wait', async () => {
  load();
  load();
  expect(scripts()).toHaveLength(1);
  expect(scripts()[0]).toMatchObject({ src: address, async: true, crossOrigin: 'anonymous' });
  window.FB = sdk;
  await time.advance(300);
  expect(found).toEqual([sdk, sdk]);
  expect(time.pending()).toBe(0);
});

test('the page’s own fbAsyncInit is left alone', async () => {
  const own = () => {};
  window.fbAsyncInit = own;
  load();
  window.FB = sdk;
  await time.advance(300);
  expect(window.fbAsyncInit).toBe(own);
  expect(found).toEqual([sdk]);
});

test('after 10 s the wait is called off, and a late arrival still told', async () => {
  load();
  await time.advance(10_100);
  expect(found).toEqual(['sdk_timeout']);
  window.FB = sdk;
  await time.advance(300);
  expect(found).toEqual(['sdk_timeout', sdk]);
});

test('a failed load is told at once and forgotten: the next call tries anew', () => {
  load();
  scripts()[0]?.dispatchEvent(new Event('error'));
  expect(found).toEqual(['sdk_blocked']);
  expect(scripts()).toHaveLength(0);
  load();
  expect(scripts()).toHaveLength(1);
});

test('who stops waiting leaves no timer behind and hears nothing', async () => {
  const stop = load();
  stop();
  expect(time.pending()).toBe(0);
  scripts()[0]?.dispatchEvent(new Event('error'));
  window.FB = sdk;
  await time.advance(20_000);
  expect(found).toEqual([]);
});

test('with Trusted Types, the address goes through one policy per page', () => {
  const made: string[] = [];
  const trustedTypes = {
    createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => {
      made.push(name);
      return { createScriptURL: (url: string) => rules.createScriptURL(url) };
    },
  };
  window.trustedTypes = trustedTypes;
  load();
  scripts()[0]?.dispatchEvent(new Event('error'));
  load();
  expect(made).toEqual(['embedded-signup']);
  expect(scripts()[0]?.src).toBe(address);
});

test('a page whose policy list does not name ours gets a problem, not an exception', () => {
  const trustedTypes = {
    createPolicy: () => {
      throw new TypeError('Policy "embedded-signup" disallowed.');
    },
  };
  window.trustedTypes = trustedTypes;
  load();
  expect(found).toEqual(['sdk_blocked']);
});

test.each([
  'https://connect.facebook.net/sdk.js',
  'http://localhost:4010/en_US/sdk.js',
  'http://127.0.0.1/sdk.js',
  'http://[::1]:1/x',
])('%s is a safe address', (url) => expect(isSafeAddress(url)).toBe(true));

test.each([
  'http://connect.facebook.net/sdk.js',
  '//connect.facebook.net/sdk.js',
  'http://localhost:80@evil.example/',
  'http://localhost.evil.example/',
  'javascript:alert(1)',
  'data:text/javascript,1',
  '',
])('%s is refused', (url) => {
  load(url);
  expect(found).toEqual(['sdk_url_refused']);
  expect(scripts()).toEqual([]);
});
