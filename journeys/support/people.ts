import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Somebody at a browser of their own: nothing is shared with anybody else's. */
export interface Person {
  page: Page;
  context: BrowserContext;
  /** Everything the browser's console said, and every error on the page. */
  heard: string[];
  /** Every answer that the page got, headers and body. */
  received: string[];
}

/** Gives somebody a browser of their own. */
export async function somebody(browser: Browser, options: BrowserContextOptions = {}): Promise<Person> {
  // Without motion: a spinner that nobody looks at would be painted all the same.
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const heard: string[] = [];
  const received: string[] = [];
  context.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.stack ?? error.message}`));
  page.on('response', (response) => {
    const headers = JSON.stringify(response.headers());
    response.text().then(
      (body) => received.push(`${response.url()} ${headers} ${body}`),
      // A redirect has no body, and a page that is left takes its answers along.
      () => received.push(`${response.url()} ${headers}`),
    );
  });
  return { page, context, heard, received };
}

/** Logs in on the example site, as a customer or as `Harbor staff`. */
export async function logIn({ page }: Person, url: string, account: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('radio', { name: account }).check();
  await page.getByLabel('Password').fill('demo');
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** The widget's button. */
export const signUpButton = (page: Page) =>
  page.locator('embedded-signup').getByRole('button', { name: 'Continue with Meta' });

/** Waits until the widget stands at a status. */
export async function expectStatus(page: Page, status: string): Promise<void> {
  await expect
    .poll(
      () => page.locator('embedded-signup').evaluate((element) => Reflect.get(element, 'status') as string),
      {
        timeout: 15_000,
        message: `the widget should stand at ${status}`,
      },
    )
    .toBe(status);
}

/** Clicks the widget's button and resolves to Meta's window. */
export async function openPopup(page: Page): Promise<Page> {
  await expectStatus(page, 'ready');
  const opened = page.waitForEvent('popup');
  await signUpButton(page).click();
  const popup = await opened;
  await popup.getByRole('heading', { name: 'Log in' }).waitFor();
  return popup;
}

/** Goes through the first two screens of Meta's window: who, and which business. */
export async function goToNumbers(popup: Page): Promise<void> {
  await popup.getByRole('button', { name: 'Continue' }).click();
  await popup.getByRole('heading', { name: 'Choose your business' }).waitFor();
  await popup.getByRole('button', { name: 'Continue' }).click();
  await popup.getByRole('heading', { name: 'Choose your number' }).waitFor();
}

/** Takes a number of the customer's own, and leaves its code for later. */
export async function takeUnverifiedNumber(popup: Page, phoneNumber: string): Promise<void> {
  await popup.getByRole('radio', { name: 'Use my own number' }).check();
  await popup.getByLabel('Your phone number').fill(phoneNumber);
  await popup.getByRole('button', { name: 'Continue' }).click();
  await popup.getByRole('heading', { name: 'Verify your number' }).waitFor();
  await popup.getByRole('button', { name: 'Skip for now' }).click();
  await popup.getByRole('heading', { name: 'Review and finish' }).waitFor();
  await finish(popup);
}

/** Takes the number that is offered and finishes. */
export async function takeOfferedNumber(popup: Page, displayPhoneNumber: string): Promise<void> {
  await popup.getByRole('radio', { name: displayPhoneNumber }).check();
  await popup.getByRole('button', { name: 'Continue' }).click();
  await popup.getByRole('heading', { name: 'Review and finish' }).waitFor();
  await finish(popup);
}

/** Takes a number of the customer's own, enters the code that Meta sends to it, and finishes. */
export async function takeOwnNumber(popup: Page, phoneNumber: string): Promise<void> {
  await popup.getByRole('radio', { name: 'Use my own number' }).check();
  await popup.getByLabel('Your phone number').fill(phoneNumber);
  await popup.getByRole('button', { name: 'Continue' }).click();
  await popup.getByRole('heading', { name: 'Verify your number' }).waitFor();
  const told = await popup.getByTestId('demo-code').innerText();
  await popup.getByLabel('6-digit code').fill(/\d{3}-?\d{3}/.exec(told)?.[0].replace('-', '') ?? '');
  await popup.getByRole('button', { name: 'Continue' }).click();
  await popup.getByRole('heading', { name: 'Review and finish' }).waitFor();
  await finish(popup);
}

async function finish(popup: Page): Promise<void> {
  const closed = popup.waitForEvent('close');
  await popup.getByRole('button', { name: 'Finish' }).click();
  await closed;
}

/** The number that the widget shows as held for this customer. */
export async function heldNumber(page: Page): Promise<string> {
  return (await page.locator('embedded-signup [part=number-value]').innerText()).trim();
}
