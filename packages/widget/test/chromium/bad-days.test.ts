import { describe } from 'vitest';
import { it } from './support/it.ts';
import { code, finish, logText } from './support/words.ts';

describe('the Facebook SDK', () => {
  it('that a blocker keeps away is told, and a press tries again', async ({ build }) => {
    const { visitor, meta, url } = await build();
    meta.sdk('refused');
    await visitor.page.goto(url);
    await visitor.hearsProblem('sdk_blocked');
    await visitor.sees('unavailable');
    await visitor.reads('Meta’s login did not load.');
    meta.sdk('comes');
    await visitor.button('Try again').click();
    await visitor.sees('ready');
    await visitor.opensPopup();
  });

  it('that does not come is told after ten seconds, and heals when it comes late', async ({
    build,
    expect,
  }) => {
    const { visitor, meta, url, context, server } = await build({ clock: true });
    meta.sdk('waits');
    await visitor.page.goto(url);
    await server.hears('POST /sessions');
    await expect.poll(() => meta.sdkLoads()).toBe(1);
    await context.clock.runFor(8_000);
    await visitor.sees('loading');
    await context.clock.runFor(3_000);
    await visitor.hearsProblem('sdk_timeout');
    await visitor.sees('unavailable');
    meta.sdk('comes');
    await visitor.page.waitForFunction(() => 'FB' in window);
    await context.clock.runFor(1_000);
    await visitor.sees('ready');
    await visitor.opensPopup();
    expect(meta.sdkLoads()).toBe(1);
  });

  it('that the page has initialised for another app is launched for ours, also when it does so again', async ({
    build,
    expect,
  }) => {
    const stage = await build({
      script: `
        window.fbAsyncInit = () => FB.init({ appId: 'another-app', version: 'v20.0', xfbml: true });
        const tag = document.createElement('script');
        tag.src = new URL(location.href).searchParams.get('sdk');
        document.head.append(tag);
      `,
    });
    const { visitor, url, meta } = stage;
    await visitor.page.goto(`${url}?sdk=${encodeURIComponent(meta.sdkUrl)}`);
    await visitor.sees('ready');
    const first = await visitor.opensPopup();
    expect(first.asked().get('app_id')).toBe('111222333');
    expect(first.page.url()).toContain('/v26.0/');
    await first.says(logText('CANCEL', { current_step: 'PERMISSIONS' }));
    await visitor.sees('cancelled');
    // Another part of the page, after ours.
    await visitor.page.evaluate(() => {
      // The page's own SDK is a global of it.
      const { FB } = window as unknown as { FB: { init: (how: object) => void } };
      FB.init({ appId: 'another-app', version: 'v20.0' });
    });
    const second = await visitor.opensPopup();
    expect(second.asked().get('app_id')).toBe('111222333');
    expect(second.page.url()).toContain('/v26.0/');
  });

  it('is launched with the configuration of the session, and the numbers that are held', async ({
    open,
    expect,
  }) => {
    const { visitor } = await open();
    const asked = (await visitor.opensPopup()).asked();
    expect(asked.get('config_id')).toBe('444555666');
    expect(asked.get('response_type')).toBe('code');
    expect(asked.get('override_default_response_type')).toBe('true');
    expect(JSON.parse(asked.get('extras') ?? '')).toEqual({
      setup: { preVerifiedPhone: { ids: ['9876543210987653'] } },
    });
  });
});

describe('a window that the browser blocks', () => {
  it('is told within a second, and the next press opens it', async ({ open, expect }) => {
    const { visitor } = await open({ clock: true });
    const giveBack = await visitor.page.evaluateHandle(() => {
      const { open: real } = window;
      window.open = () => null;
      return () => (window.open = real);
    });
    await visitor.button('Continue with Meta').click();
    await visitor.context().clock.runFor(1_000);
    expect(await visitor.problems()).toEqual(['popup_blocked']);
    await visitor.reads('The browser blocked Meta’s window.');
    expect(await visitor.messageListeners()).toBe(0);
    await giveBack.evaluate((giveItBack) => giveItBack());
    await visitor.opensPopup('Try again');
  });

  it('is told when Chromium itself blocks it, because no person pressed', async ({ build, expect }) => {
    const { visitor, url, context } = await build({
      // Without a word from the test: what a test runs in a page counts as a person's doing.
      script: `
        addEventListener('signup-ready', ({ target }) =>
          setTimeout(() => target.shadowRoot.querySelector('button').click()));
        addEventListener('signup-error', ({ problem }) => console.info('told:', problem.code));
      `,
    });
    const told = visitor.page.waitForEvent('console', (message) => message.text().startsWith('told:'));
    await visitor.page.goto(url);
    expect((await told).text()).toBe('told: popup_blocked');
    expect(context.pages()).toHaveLength(1);
    await visitor.sees('failed');
    await visitor.opensPopup('Try again');
    await visitor.sees('in-popup');
  });
});

describe('a page without https', () => {
  it('says that Meta does not work there, and asks nobody for anything', async ({ build, expect }) => {
    const { visitor, url, server } = await build();
    await visitor.page.route('http://bsp.example/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: `${url}${pathname.slice(1)}` }) });
    });
    await visitor.page.goto('http://bsp.example/');
    await visitor.hearsProblem('page_not_https');
    await visitor.sees('unavailable');
    await visitor.reads('Meta only works on pages with https.');
    expect(server.heard).toEqual([]);
  });
});

describe('a page whose server lacks the engine’s file', () => {
  it('names the missing part, and a press gets it', async ({ build }) => {
    const { visitor, url } = await build();
    await visitor.page.route('**/widget/signup.js*', (route) => route.abort());
    await visitor.page.goto(url);
    await visitor.sees('unavailable');
    await visitor.reads(/part_missing/);
  });
});

describe('a page that cuts its windows off', () => {
  it.for(['same-origin', 'same-origin; report-to="coop"'])(
    'is told so by name: Cross-Origin-Opener-Policy %s',
    async (policy, { open, expect }) => {
      const { visitor } = await open({ clock: true, headers: { 'cross-origin-opener-policy': policy } });
      const popup = await visitor.opensPopup();
      expect(await popup.page.evaluate(() => opener as unknown)).toBeNull();
      await visitor.waitsForProblem('opener_cut');
      await visitor.reads('This page cannot hear Meta’s window.');
      expect(await visitor.heard()).not.toContain('signup-cancel');
    },
  );

  // The last one cuts a page off from who opened it, and not from what it opens.
  const harmless = ['same-origin-allow-popups', 'unsafe-none', 'noopener-allow-popups'];
  it.for(harmless)('is fine with %s', async (policy, { open, expect }) => {
    const { visitor } = await open({ headers: { 'cross-origin-opener-policy': policy } });
    const popup = await visitor.opensPopup();
    await popup.says(finish(), code());
    await visitor.sees('registered');
    expect(await visitor.problems()).toEqual([]);
  });
});

describe('a window that is closed at once', () => {
  it('under a policy that cuts nothing off is advice, and not named otherwise', async ({ open, expect }) => {
    const { visitor } = await open({
      clock: true,
      headers: { 'cross-origin-opener-policy': 'noopener-allow-popups' },
    });
    const popup = await visitor.opensPopup();
    await popup.closes();
    await visitor.waitsToRead(/^Is the window gone\?/);
    await visitor.allSent();
    expect(await visitor.problems()).toEqual([]);
  });

  it('is advice with a way to open it again, never a cancel', async ({ open, expect }) => {
    const { visitor, server } = await open({ clock: true });
    const popup = await visitor.opensPopup();
    await popup.closes();
    await visitor.waitsToRead(/^Is the window gone\?/);
    await visitor.sees('in-popup');
    expect(await visitor.heard()).toEqual(['signup-ready', 'signup-launch']);
    expect(server.heardAt('POST /session-events')).toEqual([]);

    const again = await visitor.opensPopup('Open the window again');
    await again.says(finish());
    await visitor.sees('registered');
    expect(server.claims).toMatchObject([{ session: 'session-1' }]);
  });
});
