import { compileFunction } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import { loggedIn, OPTIONS, pageWithSdk } from './popup/support/sdk-page.ts';
import { at } from './support/graph-client.ts';
import { playground } from './support/playground.ts';

test('the script can be loaded as Meta’s page loads it, from any locale', async () => {
  const simulator = await playground();
  const response = await fetch(`${simulator.url}/de_DE/sdk.js`);
  expect(response.headers.get('content-type')).toMatch(/javascript/);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect((await fetch(`${simulator.url}/nonsense/sdk.js`)).status).not.toBe(200);
});

test('fbAsyncInit is called once after the script has run', async () => {
  const ready = vi.fn<() => void>();
  const page = await pageWithSdk(await playground(), { ready });
  expect(ready).not.toHaveBeenCalled();
  page.tick();
  page.tick();
  expect(ready).toHaveBeenCalledTimes(1);
});

test('at first there is only what writes calls down: a login of that moment opens its window later', async () => {
  const simulator = await playground();
  const page = await pageWithSdk(simulator, { loaded: false });
  const first: unknown = at(page.window, 'FB');
  expect(first).toHaveProperty('__buffer');
  page.call('init', { appId: simulator.appId, version: 'v25.0' });
  page.call('login', () => {}, OPTIONS);
  expect(page.opened).toEqual([]);
  page.tick();
  expect(page.opened).toHaveLength(1);
  expect(at(page.window, 'FB')).not.toBe(first);
});

test('a second copy of the script leaves the first one alone', async () => {
  const simulator = await playground();
  const { window } = await pageWithSdk(simulator);
  const first: unknown = at(window, 'FB');
  const source = await (await fetch(`${simulator.url}/en_US/sdk.js`)).text();
  compileFunction(source, ['window'])(window);
  expect(at(window, 'FB')).toBe(first);
});

describe('FB.login', () => {
  test('opens the popup at once, on the simulator’s origin', async () => {
    const simulator = await playground();
    const { opened } = await loggedIn(simulator);
    const url = new URL(opened[0] ?? '');
    expect(url.origin + url.pathname).toBe(`${simulator.url}/v25.0/dialog/oauth`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      app_id: simulator.appId,
      config_id: '9',
      response_type: 'code',
      override_default_response_type: 'true',
      origin: 'https://bsp.example',
      extras: '{"setup":{"preVerifiedPhone":{"ids":["1"]}}}',
    });
  });

  test('before FB.init only logs', async () => {
    const page = await pageWithSdk(await playground());
    const callback = vi.fn<(response: unknown) => void>();
    page.call('login', callback, OPTIONS);
    expect(page.errors).toEqual([expect.stringContaining('FB.init')]);
    expect(page.opened).toEqual([]);
    expect(callback).not.toHaveBeenCalled();
  });

  test('with a blocked popup only logs, and never calls back', async () => {
    const page = await loggedIn(await playground(), { blocked: true });
    expect(page.errors).toEqual([expect.stringContaining('blocked')]);
    page.tick();
    page.receive(`cb=${page.channel()}&code=AQ1`);
    expect(page.callback).not.toHaveBeenCalled();
  });

  test('calls back with the code, once', async () => {
    const page = await loggedIn(await playground());
    page.receive(`cb=${page.channel()}&domain=bsp.example&relation=opener&code=AQ1`);
    page.receive(`cb=${page.channel()}&code=AQ2`);
    page.popup.closed = true;
    page.tick();
    page.tick();
    expect(page.callback.mock.calls).toEqual([[{ authResponse: { code: 'AQ1' }, status: 'connected' }]]);
  });

  test('calls back without authResponse when the window was closed early', async () => {
    const page = await loggedIn(await playground());
    page.tick();
    page.tick();
    expect(page.callback).not.toHaveBeenCalled();
    page.popup.closed = true;
    page.tick();
    page.tick();
    page.tick();
    expect(page.callback.mock.calls).toEqual([[{ authResponse: null, status: 'unknown' }]]);
  });

  test('a code that arrives just after the window closed still counts', async () => {
    const page = await loggedIn(await playground());
    page.popup.closed = true;
    page.tick();
    page.receive(`cb=${page.channel()}&code=AQ1`);
    page.tick();
    expect(page.callback.mock.calls).toEqual([[{ authResponse: { code: 'AQ1' }, status: 'connected' }]]);
  });

  test('believes only its own popup, origin and call', async () => {
    const simulator = await playground();
    const page = await loggedIn(simulator);
    const message = `cb=${page.channel()}&code=AQ1`;
    page.receive(message, { origin: 'https://evil.example' });
    page.receive(message, { source: page.window });
    page.receive('cb=other&code=AQ1');
    page.receive({ cb: page.channel(), code: 'AQ1' });
    page.receive('{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH"}');
    expect(page.callback).not.toHaveBeenCalled();
  });
});

test('FB.init wants a version, as the real one does', async () => {
  const page = await pageWithSdk(await playground());
  expect(() => page.call('init', { appId: '1' })).toThrow(/valid version/);
});
