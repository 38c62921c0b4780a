import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  expectStatus,
  goToNumbers,
  heldNumber,
  logIn,
  openPopup,
  signUpButton,
  somebody,
  takeUnverifiedNumber,
  type Person,
} from './support/people.ts';
import { setStage, type Stage, type StageSettings } from './support/stage.ts';

let browser: Browser;
let stage: Stage;
let customer: Person;

beforeAll(async () => {
  browser = await chromium.launch(inject('chromium'));
});
afterAll(() => browser.close());
afterEach(async () => {
  await customer.context.close();
  await stage.close();
});

/** A customer who is logged in and sees the button. */
async function arrive(settings: Partial<StageSettings> = {}, userAgent?: string): Promise<Page> {
  stage = await setStage({ numbers: 2, ...settings });
  customer = await somebody(browser, userAgent === undefined ? {} : { userAgent });
  await logIn(customer, stage.url, 'Lucky Shrub');
  await expectStatus(customer.page, 'ready');
  return customer.page;
}

const count = (call: string) => stage.calls().filter((made) => made === call).length;

describe('a customer', () => {
  it('whose number still wants a code types it on the page, after a wrong one, and the number is registered', async () => {
    const page = await arrive();
    const popup = await openPopup(page);
    await goToNumbers(popup);
    await takeUnverifiedNumber(popup, '+1 555 020 0042');
    await expectStatus(page, 'verifying');
    expect(count('POST /:id/register')).toBe(0);

    const before = stage.sim.inbox('+15550200042').length;
    await page.getByRole('button', { name: 'Text me a code' }).click();
    await expect.poll(() => stage.sim.inbox('+15550200042').length).toBe(before + 1);
    const field = page.getByRole('textbox', { name: '6-digit code' });
    await field.fill('000000');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('That code is not right').waitFor();

    const code = stage.sim.inbox('+15550200042').at(-1)?.code ?? '?';
    await field.fill(`${code.slice(0, 3)}-${code.slice(3)}`);
    await field.press('Enter');
    await expectStatus(page, 'registered');
    expect(count('POST /:id/register')).toBe(1);
    for (const text of [...customer.heard, ...stage.log]) expect(text).not.toContain(code);
    expect(customer.heard.filter((line) => line.startsWith('error:') && !line.includes('422'))).toEqual([]);
  });

  it('who reloads the page while Meta’s window is open is heard all the same', async () => {
    const page = await arrive({ popup: { lastScreen: 'stays' } });
    const number = await heldNumber(page);
    const popup = await openPopup(page);
    await page.reload();
    await expectStatus(page, 'ready');
    expect(await heldNumber(page)).toBe(number);
    await goToNumbers(popup);
    await popup.getByRole('radio', { name: number }).check();
    await popup.getByRole('button', { name: 'Continue' }).click();
    await popup.getByRole('button', { name: 'Finish' }).click();
    await popup.getByRole('button', { name: 'Close window' }).click();
    // The code went down with the first page's SDK; the finish names the account and the number.
    await expectStatus(page, 'claiming');
    const { items } = await stage.signup.claims.list({ limit: 10 });
    expect(items).toMatchObject([{ customerId: 'lucky-shrub', status: 'received' }]);
  });

  it('who closes the window with its X on the last screen has finished', async () => {
    const page = await arrive({ popup: { lastScreen: 'stays' } });
    const number = await heldNumber(page);
    const popup = await openPopup(page);
    await goToNumbers(popup);
    await popup.getByRole('radio', { name: number }).check();
    await popup.getByRole('button', { name: 'Continue' }).click();
    await popup.getByRole('button', { name: 'Finish' }).click();
    await popup.getByRole('button', { name: 'Close window' }).waitFor();
    await expectStatus(page, 'in-popup');
    await popup.close({ runBeforeUnload: true });
    await expectStatus(page, 'registered');
    expect(await heldNumber(page)).toBe(number);
    // Both halves came, the message and the code.
    expect(count('POST /:id/register')).toBe(1);
    expect(count('GET /oauth/access_token')).toBe(1);
  });

  it('in the browser of another app goes to Meta and back on one page, and has the number', async () => {
    const userAgent =
      'Mozilla/5.0 (Linux; Android 15; wv) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36 Instagram 400.0';
    const page = await arrive({ popup: { redirectInsteadOfPopup: true } }, userAgent);
    const number = await heldNumber(page);
    const address = page.url();
    await signUpButton(page).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await goToNumbers(page);
    await page.getByRole('radio', { name: number }).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Finish' }).click();
    await expectStatus(page, 'registered');
    expect(await heldNumber(page)).toBe(number);
    // The code is gone from the address, and with it from history and referrers.
    expect(page.url()).toBe(address);
    expect(count('POST /:id/register')).toBe(1);
  });

  it('who leaves Meta’s page there without finishing finds the button again', async () => {
    const page = await arrive({ popup: { redirectInsteadOfPopup: true } }, 'Mozilla/5.0 (iPhone) FBAN/FBIOS');
    const address = page.url();
    await signUpButton(page).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expectStatus(page, 'ready');
    expect(page.url()).toBe(address);
    expect((await stage.signup.claims.list({ limit: 10 })).items).toEqual([]);
  });
});
