import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedSignup, type EmbeddedSignup, type HostEvent } from '@embedded-signup-kit/server';
import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { createSite, signedInCustomer } from 'example-onboarding/create-site';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  expectStatus,
  goToNumbers,
  heldNumber,
  logIn,
  openPopup,
  somebody,
  type Person,
} from './support/people.ts';
import { canaries } from './support/canaries.ts';
import { listen } from './support/stage.ts';

const minute = 60_000;

let browser: Browser;
let folder: string;
let sim: Simulator;
let signup: EmbeddedSignup;
let site: { url: string; close(): Promise<void> };
const told: HostEvent[] = [];
/** Meta's clock and the kit's go with the real one, and are moved on together where a person would wait. */
let moved = 0;
const clock = { now: () => Date.now() + moved };

beforeAll(async () => {
  browser = await chromium.launch(inject('chromium'));
  folder = await mkdtemp(join(tmpdir(), 'signup-journey-'));
  // After `Finish` the window stays, and delivers what it has to say when it is closed: time enough for a page to die.
  sim = await startSimulator({ numbers: 2, host: '127.0.0.1', now: clock.now, lastScreen: 'stays' });
  signup = await createEmbeddedSignup({
    meta: { ...sim.meta, webhookVerifyToken: sim.webhookVerifyToken },
    database: `sqlite:${join(folder, 'signup.db')}`,
    secrets: [canaries.kitSecret],
    customer: signedInCustomer,
    on: { claimRegistered: (event) => void told.push(event) },
    deps: { clock, logger: { debug() {}, info() {}, warn() {}, error() {} } },
  });
  await signup.start();
  site = await listen(createSite({ signup, meta: sim.meta }));
  await sim.setWebhook({ url: `${site.url}/signup/webhook`, verifyToken: sim.webhookVerifyToken });
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await signup.close();
  await sim.close();
  await rm(folder, { recursive: true, force: true });
});

/** Ends the pages of somebody's at once, as a browser does that crashes. */
const die = ({ context }: Person) => context.close();

describe('a customer whose browser dies when Meta’s window says that all is done', () => {
  it('finds the number registered when they log in again, and signs up for nothing twice', async () => {
    const customer = await somebody(browser);
    await logIn(customer, site.url, 'Lucky Shrub');
    const number = await heldNumber(customer.page);
    const popup = await openPopup(customer.page);
    await goToNumbers(popup);
    await popup.getByRole('radio', { name: number }).check();
    await popup.getByRole('button', { name: 'Continue' }).click();
    await popup.getByRole('heading', { name: 'Review and finish' }).waitFor();
    await popup.getByRole('button', { name: 'Finish' }).click();
    await popup.getByTestId('screen-finished').waitFor();
    await die(customer);
    const [account] = sim.state().accounts;
    expect(sim.state().phoneNumbers).toMatchObject([{ wabaId: account?.id, displayPhoneNumber: number }]);
    // The page never heard of it.
    expect((await signup.claims.list({ limit: 10 })).items).toEqual([]);

    await expect
      .poll(() => sim.deliveries().map(({ attempts }) => attempts.map(({ status }) => status)))
      .toContainEqual([200]);
    moved += 30 * minute;
    await expect
      .poll(async () => (await signup.claims.list({ limit: 10 })).items, { timeout: 30_000 })
      .toMatchObject([{ customerId: 'lucky-shrub', status: 'registered', displayPhoneNumber: number }]);
    expect(sim.state().phoneNumbers).toMatchObject([{ registerCalls: 1, hasPin: true }]);
    await expect.poll(() => told.map(({ type }) => type)).toEqual(['claimRegistered']);

    const again = await somebody(browser);
    await logIn(again, site.url, 'Lucky Shrub');
    await expectStatus(again.page, 'ready');
    // The site's own list shows it; the element offers the next number, not this one once more.
    await again.page.getByText(number).first().waitFor();
    await expect.poll(() => again.page.locator('main').innerText()).toMatch(/registered/i);
    expect(await heldNumber(again.page)).not.toBe(number);
    expect(again.heard.filter((line) => line.startsWith('error'))).toEqual([]);
    await again.context.close();

    const other = await somebody(browser);
    await logIn(other, site.url, 'Wind & Wool');
    await expect.poll(() => other.page.locator('main').innerText()).not.toContain(number);
    await other.context.close();

    moved += 24 * 60 * minute;
    await signup.runDue();
    expect((await signup.claims.list({ limit: 10 })).items).toHaveLength(1);
    expect(told).toHaveLength(1);
  });
});
