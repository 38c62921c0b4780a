import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  expectStatus,
  goToNumbers,
  heldNumber,
  logIn,
  openPopup,
  somebody,
  takeOfferedNumber,
} from './support/people.ts';
import { setStage, type Stage } from './support/stage.ts';

let browser: Browser;
let stage: Stage;

beforeAll(async () => {
  browser = await chromium.launch(inject('chromium'));
  stage = await setStage({ numbers: 2 });
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('every page of a sign-up', () => {
  it('has nothing that axe objects to, in light and in dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const customer = await somebody(browser);
      const { page } = customer;
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(stage.url);
      expect(await violationsOf(page)).toEqual([]);
      await logIn(customer, stage.url, colorScheme === 'light' ? 'Lucky Shrub' : 'Wind & Wool');
      await expectStatus(page, 'ready');
      expect(await violationsOf(page)).toEqual([]);
      const number = await heldNumber(page);
      const popup = await openPopup(page);
      await popup.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violationsOf(page)).toEqual([]);
      expect(await violationsOf(popup)).toEqual([]);
      await goToNumbers(popup);
      expect(await violationsOf(popup)).toEqual([]);
      await takeOfferedNumber(popup, number);
      await expectStatus(page, 'registered');
      expect(await violationsOf(page)).toEqual([]);
      await customer.context.close();

      const staff = await somebody(browser);
      await staff.page.emulateMedia({ colorScheme });
      await logIn(staff, stage.url, 'Harbor staff');
      await staff.page.getByRole('row').filter({ hasText: 'lucky-shrub' }).first().waitFor();
      expect(await violationsOf(staff.page)).toEqual([]);
      await staff.context.close();
    }
  });
});
