import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Router } from 'express';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSite, signedInCustomer } from '../src/create-site.ts';

let server: Server;
let address: string;

beforeEach(async () => {
  const router = Router();
  router.get('/who', (req, res) => void res.json({ customer: signedInCustomer(req) ?? null }));
  const operator = Router();
  operator.get('/numbers', (_req, res) => void res.json({ numbers: [] }));
  operator.post('/numbers/sync', (_req, res) => void res.json({ listed: 0, gone: 0 }));
  const claims = {
    find: () => Promise.resolve(undefined),
    list: () => Promise.resolve({ items: [], nextCursor: undefined }),
  };
  const meta = { sdkUrl: 'http://127.0.0.1:4010/en_US/sdk.js', dialogOrigins: ['http://127.0.0.1:4010'] };
  server = createServer(createSite({ signup: { router, operator, claims }, meta })).listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has no other address
});

afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(address + path, { redirect: 'manual', ...init });
}

function logIn(account: string, password = 'demo', headers: Record<string, string> = {}): Promise<Response> {
  return ask('/log-in', { method: 'POST', body: new URLSearchParams({ account, password }), headers });
}

async function cookieOf(account: string): Promise<{ cookie: string }> {
  const answer = await logIn(account);
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  return { cookie: cookies.join('; ') };
}

test('a stranger is sent to the log-in, from the customer’s and from the operator’s page', async () => {
  for (const path of ['/', '/operator']) {
    const answer = await ask(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/log-in']);
  }
});

test('a stranger gets nothing from the APIs', async () => {
  expect((await ask('/operator/api/numbers')).status).toBe(401);
  expect((await ask('/my-claims')).status).toBe(401);
});

test('a wrong password is said to be wrong, and logs nobody in', async () => {
  const answer = await logIn('lucky-shrub', 'guess');

  expect(answer.status).toBe(401);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(await answer.text()).toContain('That password is not right');
});

test('an account that does not exist cannot log in', async () => {
  expect((await logIn('__proto__')).status).toBe(401);
});

test('a customer sees their own page, and the kit is told who they are', async () => {
  const headers = await cookieOf('wind-and-wool');

  const page = await (await ask('/', { headers })).text();
  expect(page).toContain('Bring Wind &amp; Wool to WhatsApp');
  expect(page).toContain('<embedded-signup');
  expect(await (await ask('/signup/who', { headers })).json()).toEqual({
    customer: { id: 'wind-and-wool', country: 'AU' },
  });
});

test('a customer reaches neither the operator page nor its API', async () => {
  const headers = await cookieOf('lucky-shrub');

  expect((await ask('/operator', { headers })).status).toBe(403);
  expect((await ask('/operator/api/numbers', { headers })).status).toBe(403);
  expect((await ask('/operator/api/numbers/sync', { headers, method: 'POST' })).status).toBe(403);
});

test('staff reach both, and are no customer', async () => {
  const headers = await cookieOf('staff');

  expect((await ask('/operator', { headers })).status).toBe(200);
  expect((await ask('/operator/api/numbers', { headers })).status).toBe(200);
  expect(await (await ask('/signup/who', { headers })).json()).toEqual({ customer: null });
});

test('a cookie that was altered counts for nothing', async () => {
  const { cookie } = await cookieOf('lucky-shrub');
  const staff = Buffer.from(JSON.stringify({ account: 'staff' })).toString('base64');

  const headers = { cookie: cookie.replace(/harbor=[^;]+/, `harbor=${staff}`) };
  expect((await ask('/operator/api/numbers', { headers })).status).toBe(401);
});

test('logging out ends it', async () => {
  const headers = await cookieOf('lucky-shrub');

  const answer = await ask('/log-out', { method: 'POST', headers });
  expect(answer.headers.get('location')).toBe('/log-in');
  expect(answer.headers.getSetCookie().join()).toMatch(/harbor=; .*expires=Thu, 01 Jan 1970/);
});

test('a page of another site can neither log anybody in nor press a button of the staff', async () => {
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  const headers = await cookieOf('staff');
  for (const from of foreign) {
    expect((await logIn('staff', 'demo', from)).status).toBe(403);
    const sync = await ask('/operator/api/numbers/sync', {
      method: 'POST',
      headers: { ...headers, ...from },
    });
    expect(sync.status).toBe(403);
  }
});

test('the cookie is out of reach of scripts and of other sites, and over https only goes there', async () => {
  const plain = (await logIn('staff')).headers.getSetCookie().join('\n');
  expect(plain).toMatch(/samesite=lax/i);
  expect(plain).toMatch(/httponly/i);

  const secure = (await logIn('staff', 'demo', { 'x-forwarded-proto': 'https' })).headers.getSetCookie();
  for (const cookie of secure) expect(cookie).toMatch(/; secure/i);
});

test('pages allow no script but their own and the SDK, no framing, and leave the popup its opener', async () => {
  const { headers } = await ask('/log-in');

  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self' http://127.0.0.1:4010;");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin-allow-popups');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('the element, the icon and the styles are served', async () => {
  const files = ['embedded-signup.js', 'site.css', 'operator.css', 'operator/page.js'];
  for (const path of [...files.map((file) => `/assets/${file}`), '/favicon.ico']) {
    expect([path, (await ask(path)).status]).toEqual([path, 200]);
  }
});

test('an address that does not exist is a page, too', async () => {
  const answer = await ask('/nowhere');

  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain('There is no page at this address.');
});

test('a body that is too large is refused without a stack', async () => {
  const answer = await logIn('staff', 'x'.repeat(10_000));

  expect(answer.status).toBe(413);
  expect(await answer.text()).not.toMatch(/node_modules|at .*\(/);
});
