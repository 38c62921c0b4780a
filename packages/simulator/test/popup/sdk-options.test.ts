import { describe, expect, test, vi } from 'vitest';
import { playground } from '../support/playground.ts';
import { loggedIn, OPTIONS, pageWithSdk } from './support/sdk-page.ts';

test('FB.getLoginStatus knows nobody, and does no harm', async () => {
  const page = await pageWithSdk(await playground());
  const callback = vi.fn<(response: unknown) => void>();
  page.call('getLoginStatus', callback);
  expect(callback).not.toHaveBeenCalled();
  page.tick();
  expect(callback.mock.calls).toEqual([[{ authResponse: null, status: 'unknown' }]]);
});

describe('on another host name than Graph', () => {
  test('the popup opens there, is announced there, and is believed only from there', async () => {
    const simulator = await playground({ dialogHost: 'localhost' });
    const origin = simulator.url.replace('127.0.0.1', 'localhost');
    expect(simulator.meta).toMatchObject({ graphUrl: simulator.url, dialogOrigins: [origin] });
    const page = await loggedIn(simulator);
    expect(new URL(page.opened[0] ?? '').origin).toBe(origin);
    page.receive(`cb=${page.channel()}&code=AQ1`);
    expect(page.callback).not.toHaveBeenCalled();
    page.receive(`cb=${page.channel()}&code=AQ1`, { origin });
    expect(page.callback).toHaveBeenCalledTimes(1);
  });
});

describe('with redirectInsteadOfPopup', () => {
  async function leaving(options: object) {
    const simulator = await playground({ redirectInsteadOfPopup: true });
    const page = await pageWithSdk(simulator);
    const assign = vi.spyOn(page.window.location, 'assign').mockImplementation(() => undefined);
    const callback = vi.fn<(response: unknown) => void>();
    page.call('init', { appId: simulator.appId, version: 'v25.0' });
    page.call('login', callback, { ...OPTIONS, ...options });
    page.tick();
    return { page, callback, url: new URL(assign.mock.calls[0]?.[0] ?? '') };
  }

  test('the page itself goes to the dialog, and nothing calls back', async () => {
    const back = 'https://bsp.example/back?x=1';
    const { page, callback, url } = await leaving({ fallback_redirect_uri: back });
    expect(page.opened).toEqual([]);
    expect(url.pathname).toBe('/v25.0/dialog/oauth');
    expect(url.searchParams.get('redirect_uri')).toBe(back);
    expect(url.searchParams.get('display')).not.toBe('popup');
    expect(callback).not.toHaveBeenCalled();
  });

  test('without a fallback it is to come back to the page’s own address', async () => {
    const { url } = await leaving({});
    expect(url.searchParams.get('redirect_uri')).toBe('https://bsp.example/start');
  });
});
