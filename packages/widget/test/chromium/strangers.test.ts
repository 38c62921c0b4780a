import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import type { ExpectStatic } from 'vitest';
import { it } from './support/it.ts';
import type { Popup } from './support/popup.ts';
import type { Stage } from './support/stage.ts';
import { code, finish, finishData } from './support/words.ts';

const perfect = JSON.stringify({ type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data: finishData['FINISH'] });

/** Names that only look like Meta's; no request leaves this machine, the browser answers them itself. */
const lookAlikes = [
  'https://evilfacebook.com',
  'https://www.facebook.com.evil.example',
  'https://facebook.com',
  'https://www-facebook.com',
  'http://www.facebook.com',
  'https://www.facebook.com:8443',
];

const asPage = (script: string) => ({
  contentType: 'text/html',
  body: `<!doctype html><script>${script}</script>`,
});

/** Frames a page of this origin, which posts a perfect finish to the page around it. */
async function framePosts({ visitor }: Stage, origin: string): Promise<void> {
  const address = `${origin}/frame.html`;
  await visitor.page.route(address, (route) =>
    route.fulfill(asPage(`parent.postMessage(${JSON.stringify(perfect)}, '*')`)),
  );
  const before = await visitor.messages();
  await addFrame(visitor.page, address);
  await visitor.hearsMessages(before + 1);
}

async function addFrame(page: Page, src: string, sandbox?: string): Promise<void> {
  await page.evaluate(
    ([address, rules]) => {
      const frame = document.createElement('iframe');
      if (rules !== undefined) frame.setAttribute('sandbox', rules);
      frame.src = address ?? '';
      document.body.append(frame);
    },
    [src, sandbox] as const,
  );
}

/** Meta's own window goes on to a page of this origin, as it may where somebody can redirect it, and posts from there. */
async function windowPosts({ visitor }: Stage, popup: Popup, origin: string): Promise<void> {
  const { page } = popup;
  await page.route(`${origin}/**`, (route) => route.fulfill(asPage('')));
  await popup.goesTo(`${origin}/dialog`);
  const before = await visitor.messages();
  const from = await page.evaluate((text) => {
    (opener as Window).postMessage(text, '*');
    return location.origin;
  }, perfect);
  // Chromium has not made another one of it.
  if (from !== origin) throw new Error(`The window should be at ${origin} and is at ${from}.`);
  await visitor.hearsMessages(before + 1);
}

/** Opens a second window of Meta's own origin, as any page can, and has it post to this one. */
async function secondWindowPosts({ visitor, meta }: Stage, ...data: unknown[]): Promise<void> {
  const before = await visitor.messages();
  const opened = visitor.page.waitForEvent('popup');
  await visitor.page.evaluate(
    (address) => void window.open(address, 'another', 'width=300,height=300'),
    `${meta.origin}/other`,
  );
  const other = await opened;
  await other.getByRole('heading', { name: 'Meta' }).waitFor();
  await other.evaluate((said) => window.say(...said), data);
  await visitor.hearsMessages(before + data.length);
}

async function nothingCame(expect: ExpectStatic, { visitor, server }: Stage): Promise<void> {
  await visitor.allSent();
  expect(server.heardAt('POST /claims')).toEqual([]);
  expect(server.heardAt('POST /session-events')).toEqual([]);
}

describe('a perfect finish', () => {
  it('from an origin that only looks like Meta’s changes nothing, before the click and while the window is open', async ({
    open,
    expect,
  }) => {
    const stage = await open();
    for (const origin of lookAlikes) await framePosts(stage, origin);
    await nothingCame(expect, stage);
    await stage.visitor.sees('ready');
    const popup = await stage.visitor.opensPopup();
    const dialog = popup.page.url();
    for (const origin of lookAlikes) await framePosts(stage, origin);
    // Also in the right window, the origin decides.
    for (const origin of lookAlikes) await windowPosts(stage, popup, origin);
    await nothingCame(expect, stage);
    await stage.visitor.sees('in-popup');
    await popup.goesTo(dialog);
    // And the right one still counts.
    await popup.says(finish());
    await stage.visitor.sees('registered');
    expect(stage.server.halves()).toHaveLength(1);
  });

  it('from a sandboxed frame without an origin, and from the page itself, changes nothing', async ({
    open,
    expect,
  }) => {
    const stage = await open();
    const { visitor, url } = stage;
    await visitor.opensPopup();
    await visitor.page.route(`${url}null.html`, (route) =>
      route.fulfill(asPage(`parent.postMessage(${JSON.stringify(perfect)}, '*')`)),
    );
    await addFrame(visitor.page, `${url}null.html`, 'allow-scripts');
    await visitor.hearsMessages(1);
    await visitor.page.evaluate((text) => postMessage(text, '*'), perfect);
    await visitor.hearsMessages(2);
    await nothingCame(expect, stage);
    await visitor.sees('in-popup');
  });

  it('from a second window of Meta’s origin changes nothing while the first one is open', async ({
    open,
    expect,
  }) => {
    const stage = await open();
    const { visitor, server } = stage;
    const popup = await visitor.opensPopup();
    await secondWindowPosts(stage, perfect, { type: 'WA_EMBEDDED_SIGNUP', event: 'CANCEL', data: {} });
    await nothingCame(expect, stage);
    await visitor.sees('in-popup');
    await popup.says(finish('FINISH_ONLY_WABA'));
    await visitor.sees('registered');
    expect(server.halves()).toMatchObject([{ event: 'FINISH_ONLY_WABA' }]);
  });

  it('from Meta’s origin in a frame of the page changes nothing', async ({ open, expect }) => {
    const stage = await open();
    const { visitor, meta } = stage;
    await visitor.page.route(`${meta.origin}/frame.html`, (route) =>
      route.fulfill(asPage(`parent.postMessage(${JSON.stringify(perfect)}, '*')`)),
    );
    await visitor.opensPopup();
    await addFrame(visitor.page, `${meta.origin}/frame.html`);
    await visitor.hearsMessages(1);
    await nothingCame(expect, stage);
    await visitor.sees('in-popup');
  });

  it('from Meta’s origin before the click changes nothing', async ({ open, expect }) => {
    const stage = await open();
    await secondWindowPosts(stage, perfect);
    await nothingCame(expect, stage);
    await stage.visitor.sees('ready');
  });

  it('after the launch has come to its end changes nothing more', async ({ open, expect }) => {
    const stage = await open();
    const { visitor, server } = stage;
    const popup = await visitor.opensPopup();
    await popup.says(finish(), code());
    await visitor.sees('registered');
    await popup.says(finish('FINISH_GRANT_ONLY_API_ACCESS'), code('another'), finish());
    await secondWindowPosts(stage, perfect);
    await visitor.allSent();
    expect(server.heardAt('POST /claims')).toHaveLength(2);
    await visitor.sees('registered');
  });

  it('is not made by anything else that Meta’s window says', async ({ open, expect }) => {
    const stage = await open();
    const { visitor } = stage;
    const popup = await visitor.opensPopup();
    await popup.says(
      { log: 'cb=f1&code=AQD&type=WA_EMBEDDED_SIGNUP&event=FINISH' },
      { log: '{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH"' },
      { log: '' },
      { log: null },
      { log: 7 },
      { log: [perfect] },
      { log: { type: 'WA_EMBEDDED_SIGNUP' } },
      { log: { type: 'wa_embedded_signup', event: 'FINISH', data: finishData['FINISH'] } },
      { log: { __proto__: { type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH' } } },
      { log: JSON.stringify(perfect) },
      { log: { type: 'WA_EMBEDDED_SIGNUP', event: { toString: 'FINISH' } } },
    );
    await nothingCame(expect, stage);
    await visitor.sees('in-popup');
    expect(await visitor.errors()).toEqual([]);
  });
});
