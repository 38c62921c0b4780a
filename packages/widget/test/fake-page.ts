import type { ClaimView, SessionAnswer } from '@embedded-signup-kit/protocol';
import { onTestFinished, vi } from 'vitest';
import type { LoginResponse } from '../src/facebook/facebook-sdk.ts';
import { createSignup } from '../src/launch/create-signup.ts';
import type { SessionWish } from '../src/launch/create-signup.ts';
import { initialState } from '../src/launch/signup-state.ts';
import type { CodeMethod } from '../src/launch/signup-state.ts';
import { createFakeTime } from './fake-time.ts';

export const meta = 'https://www.facebook.com';

/** A call that the signup made to its server. */
export interface Call {
  what: string;
  body: Record<string, unknown> | undefined;
  session: string | undefined;
  keepalive: boolean;
}

/** An answer of the fake server: a body with its status, or `'unreachable'`, or `'hangs'`. */
export type Answer = { status: number; body?: unknown } | 'unreachable' | 'hangs';

export const claimView = (over: Partial<ClaimView> = {}): ClaimView => ({
  id: 'claim-1',
  status: 'received',
  numberSource: 'unknown',
  createdAt: '2026-11-20T10:00:00.000Z',
  ...over,
});

export const problem = (status: number, code: string): Answer => ({
  status,
  body: { type: 'about:blank', title: code, status, code, detail: `It is ${code}.`, requestId: 'req-1' },
});

/** What a fake page may be different in. */
export interface FakePageOptions {
  sdk?: boolean;
  wish?: () => SessionWish;
  locale?: string;
  /** The page's address. */
  href?: string;
  /** What an earlier page of the tab has left behind. */
  storage?: Map<string, string>;
  userAgent?: string;
  /** @default true */
  secure?: boolean;
  /** The page's own Cross-Origin-Opener-Policy. */
  coop?: string;
}

/** A page with a Facebook SDK, a signup server and a clock, none of them real. */
export function createFakePage(options: FakePageOptions = {}) {
  const time = createFakeTime();
  const calls: Call[] = [];
  const events: Event[] = [];
  const reports: string[] = [];
  const logins: { answer: (response?: LoginResponse) => void; options: Record<string, unknown> }[] = [];
  const inits: unknown[] = [];
  const target = new EventTarget();
  const listeners = new Set<{ type: string; listener: EventListener }>();
  const page = new EventTarget();
  const scripts: EventTarget[] = [];
  let sessions = 0;

  const answer: SessionAnswer = {
    version: 1,
    session: '',
    expiresAt: '',
    launch: {
      appId: '111',
      configId: '222',
      graphVersion: 'v26.0',
      sdkUrl: 'https://connect.facebook.net/en_US/sdk.js',
      dialogOrigins: [meta, 'https://web.facebook.com'],
      extras: { setup: { preVerifiedPhone: { ids: ['9876543210987653'] } } },
    },
    numbers: [{ id: '9876543210987653', phoneNumber: '+15550100001', displayPhoneNumber: '+1 555-010-0001' }],
    claims: [],
  };
  const newSession = (over: Partial<SessionAnswer> = {}): Answer => ({
    status: 201,
    body: {
      ...answer,
      session: `secret-session-${(sessions += 1)}`,
      expiresAt: new Date(time.now() + 3_600_000).toISOString(),
      ...over,
    },
  });
  /** What the server says; a test replaces what it needs. */
  const server: Record<string, () => Answer> = {
    'POST /signup/sessions': newSession,
    'POST /signup/session-events': () => ({ status: 204 }),
    'POST /signup/claims': () => ({ status: 202, body: { claim: claimView() } }),
    'POST /signup/claims/claim-1/code': () => ({
      status: 200,
      body: { claim: claimView({ status: 'needs_verification' }) },
    }),
    'POST /signup/claims/claim-1/verification': () => ({
      status: 200,
      body: { claim: claimView({ status: 'registering' }) },
    }),
    'GET /signup/claims/claim-1': () => ({ status: 200, body: { claim: claimView() } }),
  };
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    const what = `${init.method} ${url}`;
    calls.push({
      what,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      session: headers.get('authorization')?.replace('Bearer ', ''),
      keepalive: init.keepalive === true,
    });
    const said = server[what]?.() ?? problem(404, 'not_found');
    if (said === 'unreachable') throw new TypeError('Failed to fetch');
    if (said === 'hangs') {
      return new Promise((_, reject) =>
        init.signal?.addEventListener('abort', () => reject(new Error('aborted'))),
      );
    }
    return new Response(said.body === undefined ? null : JSON.stringify(said.body), { status: said.status });
  };

  const popup = { closed: false, name: 'popup' };
  const sdk = {
    init: (how: unknown) => void inits.push(how),
    login: (answered: (response?: LoginResponse) => void, how: Record<string, unknown>) => {
      logins.push({ answer: answered, options: how });
      window.open('https://www.facebook.com/v26.0/dialog/oauth');
    },
  };
  const open: (...asked: unknown[]) => unknown = () => popup;
  const document = Object.assign(page, {
    visibilityState: 'visible',
    createElement: () => {
      const script = Object.assign(new EventTarget(), { remove: () => {} });
      scripts.push(script);
      return script;
    },
    head: { append: () => {} },
  });
  const storage = options.storage ?? new Map<string, string>();
  const location = new URL(options.href ?? 'https://bsp.example/onboarding');
  const window = {
    isSecureContext: options.secure !== false,
    FB: options.sdk === false ? undefined : sdk,
    document,
    open,
    addEventListener: (type: string, listener: EventListener, how?: AddEventListenerOptions) => {
      const heard = { type, listener };
      listeners.add(heard);
      how?.signal?.addEventListener('abort', () => listeners.delete(heard));
      target.addEventListener(type, listener, how);
    },
    removeEventListener: (type: string, listener: EventListener) => {
      for (const heard of listeners)
        if (heard.type === type && heard.listener === listener) listeners.delete(heard);
      target.removeEventListener(type, listener);
    },
  };
  return {
    time,
    calls,
    events,
    reports,
    logins,
    inits,
    listeners,
    scripts,
    server,
    newSession,
    popup,
    window,
    document,
    sdk,
    /** How many listen to messages; the same one twice is one. */
    hearing: () =>
      new Set([...listeners].filter(({ type }) => type === 'message').map(({ listener }) => listener)).size,
    goOnline: () => void target.dispatchEvent(new Event('online')),
    /** The page comes back from where it went, as it was then. */
    restore: () => void target.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })),
    storage,
    location,
    // Only as much of it as the signup uses.
    fetch: fetch as typeof globalThis.fetch,
    start: () => {
      time.install();
      vi.stubGlobal('window', Object.assign(window, { top: window }));
      vi.stubGlobal('document', document);
      vi.stubGlobal('location', location);
      vi.stubGlobal('navigator', { userAgent: options.userAgent ?? 'Mozilla/5.0 Chrome/140 Safari/537.36' });
      vi.stubGlobal('history', {
        state: null,
        replaceState: (_: unknown, __: string, to: URL) => void (location.href = to.href),
      });
      vi.stubGlobal('sessionStorage', {
        getItem: (name: string) => storage.get(name) ?? null,
        setItem: (name: string, value: string) => void storage.set(name, value),
        removeItem: (name: string) => void storage.delete(name),
      });
      // What the page asks for beside the signup server: itself, to see its own headers.
      vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
        calls.push({ what: `${init.method} ${url}`, body: undefined, session: undefined, keepalive: false });
        return new Response(null, {
          headers: options.coop === undefined ? {} : { 'cross-origin-opener-policy': options.coop },
        });
      });
      vi.spyOn(Math, 'random').mockReturnValue(1);
      vi.spyOn(console, 'warn').mockImplementation((...words) => void reports.push(words.join(' ')));
      let now = initialState;
      const signup = createSignup({
        fetch: fetch as typeof globalThis.fetch,
        server: '/signup',
        wish: options.wish ?? (() => ({})),
        locale: () => options.locale,
        changed: (after, told) => {
          now = after;
          events.push(...told);
        },
      });
      // The listener is one for all that a file tests.
      onTestFinished(signup.stop);
      return {
        state: () => now,
        stop: signup.stop,
        press: () => signup.dispatch({ type: 'press' }),
        visit: () => signup.dispatch({ type: 'visit' }),
        wish: () => signup.dispatch({ type: 'wish' }),
        pick: (id: string) => signup.dispatch({ type: 'pick', id }),
        askCode: (method: CodeMethod) => signup.dispatch({ type: 'ask-code', method }),
        handIn: (code: string) => signup.dispatch({ type: 'hand-in', code }),
      };
    },
    /** A message event, as the popup would cause it. */
    post: (data: unknown, origin = meta, source: unknown = popup) => {
      target.dispatchEvent(Object.assign(new Event('message'), { data, origin, source }));
    },
    /** The requests so far, those to one route. */
    callsTo: (what: string) => calls.filter((call) => call.what === what),
    eventNames: () => events.map(({ type }) => type),
  };
}

export type FakePage = ReturnType<typeof createFakePage>;

/** Up to the open popup. */
export async function openPopup(page: FakePage) {
  const signup = page.start();
  await page.time.flush();
  signup.press();
  return signup;
}

export const finish = (data: object = { phone_number_id: '1001', waba_id: '2002', business_id: '3003' }) =>
  JSON.stringify({ type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data });

export const cancel = (data: object = { current_step: 'PHONE_NUMBER_SETUP' }) =>
  JSON.stringify({ type: 'WA_EMBEDDED_SIGNUP', event: 'CANCEL', data });
