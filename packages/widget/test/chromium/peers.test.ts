import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { it } from './support/it.ts';
import type { Popup } from './support/popup.ts';
import type { Visitor } from './support/visitor.ts';
import { code, finish, finishData, logObject, logText } from './support/words.ts';

// What users of other launchers of Embedded Signup, and of other embedded popups, have complained of in public, by its
// symptom. Each is something that a widget can answer.

const genuine = { event: 'FINISH', data: finishData['FINISH'] };
const theirs = { phone_number_id: '666000666000', waba_id: '666000666001', business_id: '666000666002' };
const spoofed = JSON.stringify({ type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data: theirs });

const evil = 'https://evilfacebook.com';

/** Meta's window goes on to a page at https://evilfacebook.com, which posts a finish with the attacker's ids, and back. */
async function evilPosts(visitor: Visitor, popup: Popup): Promise<void> {
  const { page } = popup;
  const dialog = page.url();
  const before = await visitor.messages();
  await page.route(`${evil}/**`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><script>opener.postMessage(${JSON.stringify(spoofed)}, '*')</script>`,
    }),
  );
  await popup.goesTo(`${evil}/?origin=${evil}`);
  await visitor.hearsMessages(before + 1);
  await popup.goesTo(dialog);
}

describe('a finish', () => {
  it('posted from https://evilfacebook.com does not put the attacker’s ids beside the victim’s code', async ({
    open,
    expect,
  }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    await evilPosts(visitor, popup);
    await popup.says(code('genuine'));
    await visitor.sees('registered');
    expect(server.halves()).toEqual([{ code: 'genuine' }]);
  });

  it('that is genuine is not replaced by a spoofed one behind it', async ({ open, expect }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    await popup.says(finish());
    await evilPosts(visitor, popup);
    await popup.says(logText('FINISH', theirs), code('genuine'));
    await visitor.sees('registered');
    await visitor.allSent();
    expect(server.halves()).toEqual([genuine, { code: 'genuine' }]);
  });

  it('delivered twice after the code does not register twice', async ({ open, expect }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    await popup.says(code(), finish(), finish());
    await visitor.sees('registered');
    await visitor.allSent();
    expect(server.heardAt('POST /claims')).toHaveLength(2);
    expect(server.claims).toHaveLength(1);
    expect((await visitor.heard()).filter((type) => type === 'signup-registered')).toHaveLength(1);
  });

  it('with a WABA alone does not leave the button in “Logging in…”', async ({ open }) => {
    const { visitor, server } = await open();
    server.stands = [{ status: 'no_number' }];
    const popup = await visitor.opensPopup();
    await popup.says(finish('FINISH_ONLY_WABA'), code());
    await visitor.hearsProblem('no_number');
    await visitor.reads('You finished without a number. Please go through the window again.');
    await visitor.opensPopup('Try again');
  });

  it('of a number on the Business app, which has no phone number id, is a good end', async ({
    open,
    expect,
  }) => {
    const { visitor, server } = await open();
    server.stands = [{ status: 'coexistence' }];
    const popup = await visitor.opensPopup();
    await popup.says(finish('FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING'), code());
    await visitor.sees('registered');
    await visitor.reads('Your number stays in the WhatsApp Business app.');
    // It is not in service with the provider, so nobody is told that it was registered.
    expect(await visitor.heard()).not.toContain('signup-registered');
    await server.hears('POST /claims', 2);
    expect(server.halves()).toContainEqual({
      event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
      data: { waba_id: '524126980791429' },
    });
  });

  it.for<[string, unknown]>([
    ['null', null],
    ['a text', 'none'],
    ['ids that are no ids', { waba_id: 'abc', phone_number_id: null, business_id: {} }],
    // A number of this size has been rounded by JSON before anybody could look at it.
    ['ids as numbers', { waba_id: Number('9876543210987653'), phone_number_id: 106540352242922 }],
  ])('whose data is unreadable does not leave a spinner: %s', async ([, data], { open, expect }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    await popup.says({ log: { type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data } }, code());
    await visitor.sees('registered');
    await server.hears('POST /claims', 2);
    expect(server.halves()).toContainEqual({ event: 'FINISH', data: {} });
  });
});

describe('an error', () => {
  it('without a step is not taken for success when a code follows', async ({ open, expect }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    await popup.says(logObject('ERROR', { error_message: 'It failed.', error_code: 524126 }));
    await visitor.sees('failed');
    expect(server.heardAt('POST /claims')).toEqual([]);
    await popup.says(code('after-the-error'));
    await visitor.sees('registered');
    // It goes to who can find out what it is worth, and without an event that never was.
    expect(server.halves()).toEqual([{ code: 'after-the-error' }]);
  });
});

describe('a code', () => {
  it('whose finish never arrives is not lost after 30 seconds: it goes out at once', async ({
    open,
    expect,
  }) => {
    const { visitor, server } = await open({ clock: true });
    const popup = await visitor.opensPopup();
    await visitor.context().clock.pauseAt(Date.now() + 60_000);
    await popup.says(code('alone'));
    // Nothing of the page's time has gone by.
    await server.hears('POST /claims');
    expect(server.halves()).toEqual([{ code: 'alone' }]);
    await visitor.waitsFor('registered');
  });

  it('is never written to the console, nor is anything else of the customer’s', async ({ open, expect }) => {
    const { visitor } = await open();
    const lines: string[] = [];
    visitor.context().on('console', (message) => lines.push(message.text()));
    const popup = await visitor.opensPopup();
    await evilPosts(visitor, popup);
    await popup.says(
      logText('CANCEL', { error_message: 'For your eyes', session_id: 'f34b' }),
      finish(),
      code('secret'),
    );
    await visitor.sees('registered');
    expect(lines.join('\n')).not.toMatch(/secret|524126980791429|For your eyes|f34b|666000/);
    expect(JSON.stringify(await visitor.told())).not.toMatch(/secret|session-1/);
  });
});

describe('a window', () => {
  it('that says nothing and gives no code does not hold the page for ever', async ({ open }) => {
    const { visitor } = await open({ clock: true });
    const popup = await visitor.opensPopup();
    await popup.closes();
    await visitor.waitsToRead(/^Is the window gone\?/);
    await visitor.opensPopup('Open the window again');
    await visitor.sees('in-popup');
  });

  it('that looks closed while it is open is not taken for a cancel', async ({ open, expect }) => {
    const { visitor, meta, server } = await open({ clock: true });
    const popup = await visitor.opensPopup();
    // A page of Meta's with a policy of its own: from here on, `closed` is true, and the SDK calls back without a code.
    await popup.goesTo(`${meta.origin}/cuts-itself-off`);
    await visitor.context().clock.runFor(60_000);
    await visitor.reads(/^Is the window gone\?/);
    expect(popup.page.isClosed()).toBe(false);
    expect(await visitor.heard()).toEqual(['signup-ready', 'signup-launch']);
    expect(server.heardAt('POST /session-events')).toEqual([]);
  });

  it('opens a second time, and a third', async ({ open, expect }) => {
    const { visitor, server } = await open();
    for (const time of [1, 2]) {
      const popup = await visitor.opensPopup();
      await popup.says(logText('CANCEL', { current_step: `STEP_${time}` }));
      await visitor.sees('cancelled');
      await popup.closes();
    }
    const last = await visitor.opensPopup();
    await last.says(finish(), code());
    await visitor.sees('registered');
    expect(server.claims).toHaveLength(1);
  });

  it('is not opened again by itself after a cancel', async ({ open, expect }) => {
    const { visitor, server } = await open({ clock: true });
    const popup = await visitor.opensPopup();
    await popup.says(logText('CANCEL', { current_step: 'PERMISSIONS' }));
    await popup.closes();
    await visitor.context().clock.runFor(60_000);
    await visitor.sees('cancelled');
    expect(visitor.context().pages()).toHaveLength(1);
    expect(server.heardAt('POST /sessions')).toHaveLength(1);
  });

  it('is opened in the press itself: SDK and session were there before', async ({ open, expect }) => {
    const { visitor, server, meta } = await open();
    const before = server.heard.length;
    await visitor.opensPopup();
    expect(server.heard).toHaveLength(before);
    expect(meta.sdkLoads()).toBe(1);
  });

  it('is given ids that are longer than a number can hold, digit by digit', async ({ build, expect }) => {
    const { visitor, server } = await build();
    server.numbers = [
      { id: '98765432109876543', phoneNumber: '+15550100002', displayPhoneNumber: '+1 555-010-0002' },
    ];
    await visitor.arrive();
    const popup = await visitor.opensPopup();
    expect(popup.asked().get('extras')).toContain('"98765432109876543"');
  });
});

describe('an element', () => {
  it('that was removed hears nothing more', async ({ open, expect }) => {
    const { visitor, server } = await open();
    const popup = await visitor.opensPopup();
    await visitor.page.evaluate(() => {
      document.querySelector('embedded-signup')?.remove();
    });
    await popup.says(finish(), logText('CANCEL', {}));
    await visitor.allSent();
    expect(server.heardAt('POST /claims')).toEqual([]);
    expect(await visitor.messageListeners()).toBe(0);
  });

  it('whose page was left and entered five times tells one message once', async ({ open, expect }) => {
    const { visitor, server } = await open();
    for (let time = 0; time < 5; time += 1) {
      await visitor.page.evaluate(async () => {
        const element = document.querySelector('embedded-signup');
        element?.remove();
        await new Promise((resolve) => setTimeout(resolve));
        if (element) document.body.append(element);
        await new Promise((resolve) => setTimeout(resolve));
      });
    }
    await visitor.sees('ready');
    const popup = await visitor.opensPopup();
    await popup.says(finish());
    await visitor.sees('registered');
    await visitor.allSent();
    expect(server.heardAt('POST /claims')).toHaveLength(1);
    expect((await visitor.heard()).filter((type) => type === 'signup-claim').length).toBeLessThanOrEqual(2);
  });

  it('whose script is embedded twice fires no handler twice', async ({ build, expect }) => {
    const { visitor, server, url, meta } = await build({
      body: `<script type="module" src="/widget/embedded-signup.js?again"></script>
        <embedded-signup server="SERVER"></embedded-signup>`,
    });
    await visitor.page.goto(url);
    await visitor.sees('ready');
    const popup = await visitor.opensPopup();
    await popup.says(finish(), code());
    await visitor.sees('registered');
    await visitor.allSent();
    expect(server.heardAt('POST /sessions')).toHaveLength(1);
    expect(server.heardAt('POST /claims')).toHaveLength(2);
    expect(meta.sdkLoads()).toBe(1);
    expect((await visitor.heard()).filter((type) => type === 'signup-registered')).toHaveLength(1);
    expect(await visitor.errors()).toEqual([]);
  });

  it('whose attributes and properties are set later uses them', async ({ build, expect }) => {
    const { visitor, server, url } = await build({ body: '<embedded-signup></embedded-signup>' });
    await visitor.page.goto(url);
    await visitor.sees('unavailable');
    await visitor.page.evaluate(() => {
      const element = document.querySelector('embedded-signup');
      element?.setAttribute('country', 'NL');
      element?.setAttribute('server', '/signup');
      if (element) Reflect.set(element, 'prefill', { business: { name: 'Lucky Shrub' } });
    });
    await visitor.sees('ready');
    expect(server.heardAt('POST /sessions').at(-1)?.body).toMatchObject({
      country: 'NL',
      prefill: { business: { name: 'Lucky Shrub' } },
    });
  });

  it('whose label holds markup shows it as text', async ({ open, expect }) => {
    const { visitor } = await open();
    const label = '<img src=x onerror="window.hacked = true"> Go';
    await visitor.element().evaluate((element, text) => {
      Reflect.set(element, 'labels', { launch: text });
    }, label);
    await visitor.button(label).waitFor();
    expect(await visitor.element().locator('img').count()).toBe(0);
    expect(await visitor.page.evaluate(() => 'hacked' in window)).toBe(false);
  });

  it('has a button that a keyboard can press', async ({ open }) => {
    const { visitor } = await open();
    const opened = visitor.page.waitForEvent('popup');
    await visitor.page.keyboard.press('Tab');
    await visitor.page.keyboard.press('Enter');
    await opened;
    await visitor.sees('in-popup');
  });

  it('whose session is over says what to do instead of “something went wrong”', async ({ open }) => {
    const { visitor, server } = await open({ clock: true });
    const popup = await visitor.opensPopup();
    server.answers('POST /claims', {
      status: 401,
      body: {
        code: 'session_expired',
        status: 401,
        title: 'Over',
        type: 'about:blank',
        detail: 'Over.',
        requestId: 'r-9',
      },
    });
    await popup.says(finish());
    await visitor.hearsProblem('session_expired');
    await visitor.reads(/session_expired · r-9/);
    await visitor.button('Try again').click();
    await visitor.sees('ready');
  });

  it.for(['@embedded-signup-kit/widget', '@embedded-signup-kit/widget/element'])(
    'is imported on a server without a word: %s',
    async (name, { expect }) => {
      const { stdout, stderr } = await promisify(execFile)(
        process.execPath,
        ['--input-type=module', '--eval', `await import('${name}'); console.log('imported');`],
        { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
      );
      expect(`${stdout}${stderr}`.trim()).toBe('imported');
    },
  );
});
