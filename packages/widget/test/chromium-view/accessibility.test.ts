import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createGallery } from './gallery/open-gallery.ts';

declare module 'vitest' {
  interface ProvidedContext {
    chromium: { executablePath: string; args: string[] };
  }
}

/** As much of axe's answer as is asked for here. */
interface AxeRun {
  axe: {
    run(
      options: unknown,
    ): Promise<Record<'violations' | 'passes', { id: string; nodes: { html: string }[] }[]>>;
  };
}

declare global {
  interface Window extends AxeRun {}
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// The program that the package brings along, which runs in any page.
const itsPackage = createRequire(import.meta.url).resolve('@axe-core/playwright');
const axeFile = createRequire(itsPackage).resolve('axe-core/axe.min.js');

let browser: Browser;
let open: Awaited<ReturnType<typeof createGallery>>;
let axeProgram: string;

beforeAll(async () => {
  browser = await chromium.launch(inject('chromium'));
  open = await createGallery(browser);
  axeProgram = await readFile(axeFile, 'utf8');
});
afterAll(() => browser.close());

describe.each(['light', 'dark'] as const)('every state of the card, in %s', (colorScheme) => {
  it.each(['ltr', 'rtl'] as const)('has nothing that axe objects to, written %s', async (direction) => {
    const page = await open({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate((way) => window.gallery.showAll(way), direction);
    // Through the debugger, which no policy of the page keeps out.
    await page.evaluate(axeProgram);
    const { violations, passes } = await page.evaluate(
      (only) => window.axe.run({ runOnly: { type: 'tag', values: only } }),
      tags,
    );
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
    // It did look into the cards, and at their colours.
    for (const rule of ['color-contrast', 'target-size', 'label']) {
      expect(passes.find(({ id }) => id === rule)?.nodes.length ?? 0).toBeGreaterThan(2);
    }
    expect(page.complaints).toEqual([]);
    await page.context().close();
  });
});
