import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createGallery } from './gallery/open-gallery.ts';
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

/** Shows every state in turn, in both directions: what is cut off, what is too small to be hit, and how much was looked at. */
const measure = (page: Page) =>
  page.evaluate(() => {
    const found = { cutOff: [] as string[], small: [] as string[], looked: 0 };
    for (const direction of ['ltr', 'rtl'] as const) {
      for (const name of window.gallery.names) {
        window.gallery.show(name, direction);
        const root = document.querySelector('signup-card')?.shadowRoot;
        const pieces = [document.documentElement, ...(root?.querySelectorAll('[part]') ?? [])];
        for (const piece of pieces) {
          const what = `${name}, ${direction}: ${piece.getAttribute('part') ?? 'the page'}`;
          const wide = piece.clientWidth > 0 && piece.scrollWidth > piece.clientWidth + 1;
          if (wide && piece.tagName !== 'INPUT') found.cutOff.push(what);
          const target = piece.matches('button, [part=option], [part=code]');
          if (target && piece.getBoundingClientRect().height < 44) found.small.push(what);
          found.looked += 1;
        }
      }
    }
    return found;
  });

describe('the card on a small screen', () => {
  it.each([
    [320, 100],
    [240, 100],
    [320, 200],
    [1024, 200],
  ])('fits into %i pixels with text at %i per cent, in every state', async (width, percent) => {
    const page = await open({ viewport: { width, height: 640 } });
    await page.evaluate((size) => (document.documentElement.style.fontSize = `${size}%`), percent);
    const { cutOff, looked } = await measure(page);
    expect(cutOff).toEqual([]);
    expect(looked).toBeGreaterThan(500);
    await page.context().close();
  });

  it('has nothing to press that is under 44 pixels high, even where the page’s text is small', async () => {
    const page = await open({ viewport: { width: 400, height: 640 } });
    await page.evaluate(() => (document.documentElement.style.fontSize = '62.5%'));
    const { small, looked } = await measure(page);
    expect(small).toEqual([]);
    expect(looked).toBeGreaterThan(500);
    await page.context().close();
  });
});

describe('the direction of writing', () => {
  it.each([
    ['ltr', 'rtl'],
    ['rtl', 'ltr'],
  ] as const)('is the card’s own: %s inside a page that is %s', async (direction, around) => {
    const page = await open({ viewport: { width: 400, height: 640 } });
    await page.evaluate(
      ([own, outside]) => {
        document.documentElement.dir = outside;
        window.gallery.show('registered', own);
      },
      [direction, around] as const,
    );
    const box = async (name: string) => (await part(page, name).first().boundingBox()) ?? { x: 0, width: 0 };
    const [outer, inner] = [await box('number'), await box('number-value')];
    const before = inner.x - outer.x;
    const after = outer.x + outer.width - inner.x - inner.width;
    expect(direction === 'ltr' ? before : after).toBeLessThan(20);
    expect(direction === 'ltr' ? after : before).toBeGreaterThan(100);
    await page.context().close();
  });
});

describe('what a customer has set in their system', () => {
  it('shows in forced colours what is done, what can be pressed and what turns', async () => {
    const page = await open({ forcedColors: 'active', colorScheme: 'dark' });
    const card = await page.evaluate(() => {
      window.gallery.show('registering', 'ltr');
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'CanvasText';
      probe.style.backgroundColor = 'Canvas';
      const { color, backgroundColor } = getComputedStyle(probe);
      return { text: color, back: backgroundColor };
    });
    expect(card.text).not.toBe(card.back);
    expect(await styleOf(page, 'done', 'background-color', '::before')).toBe(card.text);
    expect(await styleOf(page, 'spinner', 'border-top-color')).not.toBe(
      await styleOf(page, 'spinner', 'border-left-color'),
    );
    await page.evaluate(() => window.gallery.show('ready', 'ltr'));
    expect(await styleOf(page, 'button', 'background-color')).toBe(card.text);
    expect(await styleOf(page, 'button', 'color')).toBe(card.back);
    expect(await styleOf(page, 'number', 'border-top-style')).toBe('solid');
    await page.context().close();
  });

  it.each([
    ['reduce', 'none'],
    ['no-preference', 'turn'],
  ] as const)('turns nothing unless it may: reduced motion %s', async (reducedMotion, animation) => {
    const page = await open({ reducedMotion });
    await page.evaluate(() => window.gallery.show('claiming', 'ltr'));
    expect(await styleOf(page, 'spinner', 'animation-name')).toBe(animation);
    await page.context().close();
  });

  it('follows the page’s colour scheme, not the system’s', async () => {
    const page = await open({ colorScheme: 'dark' });
    await page.evaluate(() => {
      document.body.style.colorScheme = 'light';
      window.gallery.show('ready', 'ltr');
    });
    expect(await styleOf(page, 'card', 'background-color')).toBe('rgb(255, 255, 255)');
    await page.evaluate(() => (document.body.style.colorScheme = 'dark'));
    expect(await styleOf(page, 'card', 'background-color')).not.toBe('rgb(255, 255, 255)');
    await page.context().close();
  });
});
