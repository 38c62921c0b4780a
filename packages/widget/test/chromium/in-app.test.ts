import { describe } from 'vitest';
import { it } from './support/it.ts';
import { idOf } from './support/signup-server.ts';
import type { Stage } from './support/stage.ts';

const inApps: [string, string][] = [
  [
    'Facebook',
    'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/489.0.0.0;]',
  ],
  [
    'Instagram',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 358.0.0.0',
  ],
];

/** Presses the button; the whole page becomes Meta's. Resolves to what Meta was asked. */
async function leavesForMeta({ visitor, meta }: Stage): Promise<URLSearchParams> {
  await visitor.button('Continue with Meta').click();
  await visitor.page.waitForURL(`${meta.origin}/**`);
  return new URL(visitor.page.url()).searchParams;
}

/** Meta sends the customer back, with a code or with an error. */
const comesBack = ({ visitor }: Stage, said: Record<string, string>) =>
  visitor.page.evaluate((given) => window.comeBack(given), said);

const refused = {
  error: 'access_denied',
  error_code: '200',
  error_reason: 'user_denied',
  error_description: 'No',
};

describe('the browser inside of an app, where Meta’s page takes the place of this one', () => {
  it.for(inApps)(
    'brings the code back to the session it was launched with: %s',
    async ([, userAgent], { build, expect }) => {
      const stage = await build({ userAgent });
      const { visitor, server, url } = stage;
      // What is in the address is the page's own, and strict mode refuses a redirect URI with a query.
      await visitor.page.goto(`${url}?campaign=spring#top`);
      await visitor.sees('ready');
      const asked = await leavesForMeta(stage);
      const redirectUri = asked.get('redirect_uri');
      expect(redirectUri).toBe(url);

      await comesBack(stage, { code: 'AQD-redirected' });
      await visitor.sees('registered');
      expect(server.claims).toMatchObject([{ halves: [{ code: 'AQD-redirected', redirectUri }] }]);
      expect(server.heardAt('POST /claims').map(({ session }) => idOf(session ?? ''))).toEqual(['session-1']);
      expect(visitor.page.url()).not.toMatch(/code|AQD|state|#_=_/);
      // Neither does anything go out a second time.
      await visitor.page.reload();
      await visitor.sees('ready');
      await visitor.allSent();
      expect(server.heardAt('POST /claims')).toHaveLength(1);
    },
  );

  it('brings nothing when the customer refused, and offers it again', async ({ build, expect }) => {
    const stage = await build({ userAgent: inApps[0]?.[1] ?? '' });
    const { visitor, server } = stage;
    await visitor.arrive();
    await leavesForMeta(stage);
    await comesBack(stage, refused);
    await visitor.sees('ready');
    expect(visitor.page.url()).not.toMatch(/error|#_=_/);
    expect(server.heardAt('POST /claims')).toEqual([]);
    await leavesForMeta(stage);
    await comesBack(stage, { code: 'AQD-second-try' });
    await visitor.sees('registered');
    expect(server.halves()).toMatchObject([{ code: 'AQD-second-try' }]);
  });

  it('sends the code again when the server is down for a moment', async ({ build, expect }) => {
    const stage = await build({ userAgent: inApps[0]?.[1] ?? '' });
    const { visitor, server } = stage;
    await visitor.arrive();
    await leavesForMeta(stage);
    server.answers('POST /claims', 'cut', { status: 503 });
    await comesBack(stage, { code: 'AQD-redirected' });
    await visitor.sees('registered');
    expect(server.claims).toMatchObject([{ halves: [{ code: 'AQD-redirected' }] }]);
  });
});

describe('a page that gets a code without a launch of its own', () => {
  it.for<[string, string | undefined]>([
    ['in a browser inside of an app', inApps[0]?.[1]],
    ['in any other', undefined],
  ])('posts nothing, and leaves the address alone: %s', async ([, userAgent], { build, expect }) => {
    const { visitor, server, url } = await build(userAgent === undefined ? {} : { userAgent });
    await visitor.page.goto(`${url}?code=of-another-log-in&state=theirs`);
    await visitor.sees('ready');
    await visitor.allSent();
    expect(server.heardAt('POST /claims')).toEqual([]);
    expect(visitor.page.url()).toBe(`${url}?code=of-another-log-in&state=theirs`);
  });

  it('posts nothing after a launch with a window, either', async ({ open, expect }) => {
    const { visitor, server, url } = await open();
    await visitor.opensPopup();
    await visitor.page.goto(`${url}?code=of-another-log-in`);
    await visitor.sees('ready');
    await visitor.allSent();
    expect(server.heardAt('POST /claims')).toEqual([]);
  });
});
