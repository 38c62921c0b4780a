import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createEmbeddedSignup, type EmbeddedSignup } from '@embedded-signup-kit/server';
import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { createSite } from 'example-frameworks/create-site';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { countMessageListeners, messageListeners } from './support/message-listeners.ts';
import {
  expectStatus,
  goToNumbers,
  heldNumber,
  openPopup,
  somebody,
  takeOfferedNumber,
  type Person,
} from './support/people.ts';
import { listen } from './support/stage.ts';

const example = fileURLToPath(new URL('../examples/frameworks', import.meta.url));

let browser: Browser;
/** The pages once more, with what React and Vue say only while a site is being developed. */
let development: string;
let sim: Simulator;
let signup: EmbeddedSignup;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await chromium.launch(inject('chromium'));
  development = await mkdtemp(join(tmpdir(), 'signup-frameworks-'));
  const vite = join(example, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--mode', 'development', '--outDir', development, '--emptyOutDir'];
  await promisify(execFile)(process.execPath, args, {
    cwd: example,
    env: { ...process.env, NODE_ENV: 'development' },
  });
});
afterAll(async () => {
  await browser.close();
  await rm(development, { recursive: true, force: true });
});

beforeEach(async () => {
  sim = await startSimulator({ numbers: 1, host: '127.0.0.1' });
  closers.push(() => sim.close());
  signup = await createEmbeddedSignup({
    meta: sim.meta,
    database: 'sqlite::memory:',
    secrets: ['a-secret-of-32-bytes-or-more-for-a-test'],
    customer: () => 'lucky-shrub',
    deps: { logger: { debug() {}, info() {}, warn() {}, error() {} } },
  });
  closers.push(() => signup.close());
  await signup.start();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Serves the example and opens one of its pages in a browser of its own. */
async function open(name: string, pages?: string): Promise<Person> {
  const options = { signup, sdkUrl: sim.meta.sdkUrl };
  const site = await listen(createSite(pages === undefined ? options : { ...options, pages }));
  closers.push(() => site.close());
  const person = await somebody(browser);
  closers.push(() => person.context.close());
  await countMessageListeners(person.context);
  await person.page.goto(`${site.url}/${name}/`);
  return person;
}

const news = (page: Page) => page.locator('output');
const remove = (page: Page) => page.getByRole('button', { name: 'Remove it' }).click();
const putBack = (page: Page) => page.getByRole('button', { name: 'Put it back' }).click();

/** What a developer would see in red or yellow, but for Lit's notice that its development build was bundled. */
const complaints = ({ heard }: Person) =>
  heard.filter((line) => /^(error|warning)/.test(line) && !line.includes('lit.dev/msg/dev-mode'));

describe.each(['plain', 'react', 'vue'])('the page in %s', (name) => {
  it('fills Meta’s forms by properties, and is told of the registered number', async () => {
    const person = await open(name);
    const { page } = person;
    await expectStatus(page, 'ready');
    const number = await heldNumber(page);
    const popup = await openPopup(page);
    await page.locator('embedded-signup').getByText('Bring Lucky Shrub to WhatsApp').waitFor();
    const attributes = await page.locator('embedded-signup').evaluate((one) => one.getAttributeNames());
    expect(attributes).not.toContain('prefill');
    expect(attributes).not.toContain('labels');

    await popup.getByRole('button', { name: 'Continue' }).click();
    await popup.getByRole('heading', { name: 'Choose your business' }).waitFor();
    expect(await popup.getByLabel('Business name').inputValue()).toBe('Lucky Shrub');
    expect(await popup.getByLabel('E-mail of the business').inputValue()).toBe('hello@luckyshrub.example');
    await popup.getByRole('button', { name: 'Continue' }).click();
    await popup.getByRole('radio', { name: number }).check();
    await popup.getByRole('button', { name: 'Continue' }).click();
    await popup.getByRole('heading', { name: 'Review and finish' }).waitFor();
    expect(await popup.getByTestId('screen-review').innerText()).toContain('Lucky Shrub Plants');
    await popup.getByRole('button', { name: 'Finish' }).click();

    await expect.poll(() => news(page).innerText(), { timeout: 15_000 }).toBe(`Registered: ${number}`);
    expect((await signup.claims.list({ limit: 10 })).items).toMatchObject([{ status: 'registered' }]);
    expect(complaints(person)).toEqual([]);
  });

  it('is told where the customer left, and of a problem that Meta reports', async () => {
    const person = await open(name);
    const { page } = person;
    const popup = await openPopup(page);
    await goToNumbers(popup);
    await popup.getByRole('button', { name: 'Report a problem' }).click();
    await popup.getByRole('button', { name: 'Send report' }).click();
    await expect.poll(() => news(page).innerText()).toBe('Problem: meta_error');
    await popup.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => news(page).innerText()).toMatch(/^Left at: [A-Z_]+$/);
    expect(complaints(person)).toEqual([]);
  });

  it('takes the element out and puts it back twenty times, and nothing is left behind', async () => {
    const person = await open(name);
    const { page } = person;
    await expectStatus(page, 'ready');
    const before = await messageListeners(page);
    for (let round = 1; round <= 20; round += 1) {
      await remove(page);
      expect(await page.locator('embedded-signup').count()).toBe(0);
      await putBack(page);
      // Some are taken out while they are still at work.
      if (round % 4 === 0) await expectStatus(page, 'ready');
    }
    expect(await page.locator('embedded-signup').count()).toBe(1);
    expect(await messageListeners(page)).toBe(before);

    // And once with Meta's window open, when there is something to leave behind.
    const abandoned = await openPopup(page);
    const during = await messageListeners(page);
    await remove(page);
    expect(await messageListeners(page)).toBeLessThan(during);
    await abandoned.close();
    // The SDK listens as well, and stops when it sees that its window is gone.
    await expect.poll(() => messageListeners(page), { timeout: 15_000 }).toBe(before);

    await putBack(page);
    await expectStatus(page, 'ready');
    const number = await heldNumber(page);
    const popup = await openPopup(page);
    await goToNumbers(popup);
    await takeOfferedNumber(popup, number);
    await expect.poll(() => news(page).innerText(), { timeout: 15_000 }).toBe(`Registered: ${number}`);
    expect((await signup.claims.list({ limit: 10 })).items).toHaveLength(1);
    expect(complaints(person)).toEqual([]);
  });
});

describe.each(['react', 'vue'])('the development build of %s', (name) => {
  it('finds nothing to complain of, from the first to the last render', async () => {
    const person = await open(name, development);
    const { page } = person;
    const popup = await openPopup(page);
    await goToNumbers(popup);
    await popup.getByRole('button', { name: 'Cancel' }).click();
    await news(page).getByText('Left at').waitFor();
    await remove(page);
    await putBack(page);
    await expectStatus(page, 'ready');
    expect(complaints(person)).toEqual([]);
  });
});
