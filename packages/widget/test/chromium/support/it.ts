import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { inject, test } from 'vitest';
import { buildStage } from './stage.ts';
import type { Stage, StageOptions } from './stage.ts';

interface Fixtures {
  /** One for the file. */
  browser: Browser;
  /** Builds a stage; it is taken down after the test. */
  build: (options?: StageOptions) => Promise<Stage>;
  /** The same, with the visitor at the page and the button ready. */
  open: (options?: StageOptions) => Promise<Stage>;
}

/** Vitest's `it`, with a browser. */
export const it = test.extend<Fixtures>({
  browser: [
    // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names from it
    async ({}, use) => {
      const browser = await chromium.launch({
        ...inject('chromium'),
        // One process for all pages of a site: half the work, and the same borders between sites.
        args: [...inject('chromium').args, '--process-per-site'],
        // Playwright turns the popup blocker off. Here it is on, as it is for people.
        ignoreDefaultArgs: ['--disable-popup-blocking'],
      });
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  build: async ({ browser }, use) => {
    const stages: Stage[] = [];
    await use(async (options) => {
      const stage = await buildStage(browser, options);
      stages.push(stage);
      return stage;
    });
    await Promise.all(stages.map((stage) => stage.close()));
  },
  open: async ({ build }, use) => {
    await use(async (options) => {
      const stage = await build(options);
      await stage.visitor.arrive();
      return stage;
    });
  },
});
