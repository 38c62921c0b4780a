import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { english } from '../../src/labels/english.ts';
import { createGallery } from './gallery/open-gallery.ts';
import { second } from './gallery/states.ts';
import type { StateName } from './gallery/states.ts';
import { part, styleOf } from './looks.ts';

declare module 'vitest' {
  interface ProvidedContext {
    chromium: { executablePath: string; args: string[] };
  }
}

let browser: Browser;
let open: Awaited<ReturnType<typeof createGallery>>;

beforeAll(async () => {
  browser = await chromium.launch(inject('chromium'));
  open = await createGallery(browser);
});
afterAll(() => browser.close());

const show = (page: Page, name: StateName) => page.evaluate((one) => window.gallery.show(one, 'ltr'), name);
const acts = (page: Page) => page.evaluate(() => window.gallery.acts());
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute('part')?.trim());

describe('with the keyboard alone', () => {
  it('a number is picked and the window is opened', async () => {
    const page = await open();
    await show(page, 'ready, with several numbers');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('radio');
    expect(await styleOf(page, 'option', 'border-top-style')).toBe('solid');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    expect(await acts(page)).toEqual([
      { type: 'pick', id: '1000001' },
      { type: 'pick', id: second.id },
    ]);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('button');
    expect(await styleOf(page, 'button', 'outline-style')).toBe('solid');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    expect(await acts(page)).toEqual([{ type: 'press' }, { type: 'press' }]);
    await page.context().close();
  });

  it('a code is asked for, typed and handed in', async () => {
    const page = await open();
    await show(page, 'verifying');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('send');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('code');
    // Nothing typed: nothing is handed in.
    await page.keyboard.press('Enter');
    await page.keyboard.type('123-456');
    await page.keyboard.press('Enter');
    await show(page, 'verifying, at work');
    await page.keyboard.press('Enter');
    await show(page, 'verifying, with a wrong code');
    expect(await focused(page)).toBe('code');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('confirm');
    await page.keyboard.press('Space');
    expect(await acts(page)).toEqual([
      { type: 'ask-code', method: 'SMS' },
      { type: 'ask-code', method: 'VOICE' },
      { type: 'hand-in', code: '123-456' },
      { type: 'hand-in', code: '123-456' },
    ]);
    expect(page.url()).toBe('https://gallery.example/');
    expect(page.complaints).toEqual([]);
    await page.context().close();
  });

  it('nobody is thrown out of the card when its button goes and the form comes', async () => {
    const page = await open();
    await show(page, 'ready');
    await page.keyboard.press('Tab');
    await show(page, 'claiming');
    expect(await focused(page)).toBe('card');
    await show(page, 'verifying');
    expect(await focused(page)).toBe('send');
    await show(page, 'registered');
    expect(await focused(page)).toBe('card');
    await page.context().close();
  });
});

describe('a screen reader', () => {
  it('is told each change once, and nothing when nothing is new', async () => {
    const page = await open();
    await show(page, 'loading');
    await page.evaluate(() => {
      const line = document.querySelector('signup-card')?.shadowRoot?.querySelector('[role=status]');
      if (!line) throw new Error('There is no status line.');
      const heard: string[] = [];
      new MutationObserver(() => heard.push(line.textContent.replaceAll(/\s+/g, ' ').trim())).observe(line, {
        subtree: true,
        childList: true,
        characterData: true,
      });
      Object.assign(window, { heard, line });
    });
    const story: StateName[] = [
      'loading',
      'ready, with several numbers',
      'ready',
      'launching',
      'in the window',
      'in the window',
      'in a window that looks closed',
      'claiming, while it is handed in',
      'claiming',
      'verifying',
      'verifying',
      'verifying, with a code sent',
      'verifying, at work',
      'verifying, with a wrong code',
      'verifying, at work',
      'verifying, with a wrong code',
      'registering',
      'registered',
      'registered',
    ];
    for (const name of story) await show(page, name);
    const { heard, same } = await page.evaluate(() => {
      // Put there when the page was opened, above.
      const { heard: all, line } = window as unknown as { heard: string[]; line: Element };
      return { heard: all, same: line.isConnected };
    });
    expect(same).toBe(true);
    expect(heard).toEqual([
      english.ready,
      english.launching,
      english['in-popup'],
      english.closed,
      english.claiming,
      'Meta needs a code for +1 415-555-0176 first.',
      english.texted,
      english.claiming,
      english.code_refused,
      english.claiming,
      english.code_refused,
      english.registering,
      english.registered,
    ]);
    await page.context().close();
  });

  it('hears names, groups and states of what it is on', async () => {
    const page = await open();
    await show(page, 'ready, with several numbers');
    const card = page.getByRole('group', { name: english.heading });
    await card
      .getByRole('group', { name: english.pick })
      .getByRole('radio', { name: '+44 20 7946 0958', checked: true })
      .waitFor();
    await show(page, 'verifying, with a wrong code');
    const field = card.getByRole('textbox', { name: english.code });
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await show(page, 'loading');
    expect(await card.getByRole('button', { name: english.launch, disabled: true }).count()).toBe(1);
    await show(page, 'in the window');
    expect(await part(page, 'coach').getByRole('listitem').count()).toBe(3);
    await page.context().close();
  });
});
