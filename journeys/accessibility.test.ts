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
import { signUpUnseen } from './support/sign-up-unseen.ts';
import { claimRow, openFor } from './support/staff.ts';
import { setStage, type Stage } from './support/stage.ts';

const lapsedNumbers = ['+44 113 496 0042'];

let browser: Browser;
let stage: Stage;
/** A number whose claim needs staff. */
let refused: string;

beforeAll(async () => {
  browser = await chromium.launch(inject('chromium'));
  stage = await setStage({ numbers: 4 });
  stage.sim.seedNumbers({ phoneNumbers: lapsedNumbers, status: 'EXPIRED' });
  await stage.signup.pool.sync();
  const denied = { kind: 'error', status: 403, error: { code: 200, message: 'Permissions error' } } as const;
  stage.sim.setFaults([{ match: { method: 'POST', path: '/*/register' }, fault: denied }]);
  refused = await signUpUnseen(stage, 'jaspers-market');
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

/** @param part of the page: what is behind an open dialog was looked at before, and nobody reaches it */
async function violationsOf(page: Page, part = 'html'): Promise<string[]> {
  // Without frames on these pages the old way finds the same, and opens no second page each time.
  const { violations } = await new AxeBuilder({ page }).include(part).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Opens every dialog of the staff's page, with what it can show, on the smallest telephone. */
async function lookAtDialogs(page: Page): Promise<void> {
  const [lapsed = ''] = lapsedNumbers;
  const dialog = page.getByRole('dialog');
  const smallest = 320;
  await page.setViewportSize({ width: smallest, height: 640 });
  const lookAndLeave = async () => {
    expect(await violationsOf(page, 'dialog')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(smallest);
    expect(await dialog.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  };
  await page.getByRole('button', { name: 'Add numbers' }).click();
  await dialog.getByLabel('Phone numbers, one per line').fill('12');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByText('0 of 1 number added').waitFor();
  await lookAndLeave();
  const verify = await openFor(page, 'Verify', lapsed);
  await verify.getByLabel('Type the code').fill('12');
  await verify.getByRole('button', { name: 'Verify' }).click();
  await verify.getByRole('alert').getByText('six digits').waitFor();
  await lookAndLeave();
  await openFor(page, 'Details', lapsed);
  await dialog.getByText('Lapsed').waitFor();
  await lookAndLeave();
  await page
    .getByRole('button', { name: /^Share / })
    .first()
    .click();
  await dialog.getByText('Shared with nobody.').waitFor();
  await lookAndLeave();
  const question = await openFor(page, 'Delete', lapsed);
  await question.getByRole('button', { name: 'Keep it' }).waitFor();
  await lookAndLeave();
  await openFor(page, 'Try again', refused, claimRow);
  await lookAndLeave();
  await openFor(page, 'Dismiss', refused, claimRow);
  await lookAndLeave();
  await page.getByText('There is more to the right').first().waitFor();
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
      await lookAtDialogs(staff.page);
      await staff.context.close();
    }
  });
});
