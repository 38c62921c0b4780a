import { chromium, type Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import {
  expectStatus,
  goToNumbers,
  heldNumber,
  logIn,
  openPopup,
  signUpButton,
  somebody,
  takeOfferedNumber,
  takeOwnNumber,
  type Person,
} from './support/people.ts';
import { canaries } from './support/canaries.ts';
import { setStage, type Stage } from './support/stage.ts';

let browser: Browser;
let stage: Stage;
const people: Person[] = [];

beforeAll(async () => {
  browser = await chromium.launch(inject('chromium'));
});
afterAll(() => browser.close());
beforeEach(async () => {
  stage = await setStage({ numbers: 2 });
});
afterEach(async () => {
  for (const { context } of people.splice(0)) await context.close();
  await stage.close();
});

async function come(): Promise<Person> {
  const person = await somebody(browser);
  people.push(person);
  return person;
}
const count = (call: string) => stage.calls().filter((one) => one === call).length;

describe('a customer', () => {
  it('signs up with a pre-verified number, sees it registered, and the BSP has it on record', async () => {
    const customer = await come();
    await logIn(customer, stage.url, 'Lucky Shrub');
    await expectStatus(customer.page, 'ready');
    const number = await heldNumber(customer.page);

    const popup = await openPopup(customer.page);
    await goToNumbers(popup);
    await takeOfferedNumber(popup, number);
    await expectStatus(customer.page, 'registered');
    expect(await heldNumber(customer.page)).toBe(number);

    const staff = await come();
    await logIn(staff, stage.url, 'Harbor staff');
    const [account] = stage.sim.state().accounts;
    const row = staff.page
      .getByRole('row')
      .filter({ hasText: 'lucky-shrub' })
      .filter({ hasText: account?.id ?? '?' });
    await row.waitFor();
    expect(await row.innerText()).toContain(number);
    expect(await row.innerText()).toMatch(/registered/i);

    expect(count('GET /oauth/access_token')).toBe(1);
    expect(count('POST /:id/subscribed_apps')).toBe(1);
    expect(count('POST /:id/register')).toBe(1);
    // The simulator, like Meta, takes six digits and nothing else.
    expect(stage.sim.state().phoneNumbers).toMatchObject([
      { hasPin: true, registerCalls: 1, status: 'VERIFIED' },
    ]);

    const next = await come();
    await logIn(next, stage.url, 'Wind & Wool');
    await expectStatus(next.page, 'ready');
    expect(await heldNumber(next.page)).not.toBe(number);
  });

  it('leaves the window, can go on at once, and the number is soon free for others', async () => {
    const customer = await come();
    await logIn(customer, stage.url, 'Lucky Shrub');
    const popup = await openPopup(customer.page);
    await goToNumbers(popup);
    await popup.getByRole('button', { name: 'Cancel' }).click();
    await expectStatus(customer.page, 'cancelled');
    await expect.poll(() => signUpButton(customer.page).isEnabled()).toBe(true);
    expect(stage.sim.state().phoneNumbers).toEqual([]);

    const { items } = await stage.signup.pool.list({ limit: 10 });
    const held = items.find((number) => number.heldBy === 'lucky-shrub');
    expect((held?.heldUntil ?? 0) - Date.now()).toBeLessThanOrEqual(10 * 60_000);

    const again = customer.page.waitForEvent('popup');
    await signUpButton(customer.page).click();
    const second = await again;
    await second.getByRole('heading', { name: 'Log in' }).waitFor();
    await goToNumbers(second);
    await takeOfferedNumber(second, held?.displayPhoneNumber ?? '?');
    await expectStatus(customer.page, 'registered');
    expect(count('POST /:id/register')).toBe(1);
  });

  it('brings a number of their own, and the claim says so', async () => {
    const customer = await come();
    await logIn(customer, stage.url, 'Lucky Shrub');
    const popup = await openPopup(customer.page);
    await goToNumbers(popup);
    await takeOwnNumber(popup, '+1 555 020 0042');
    await expectStatus(customer.page, 'registered');
    const { items } = await stage.signup.claims.list({ limit: 10 });
    expect(items).toMatchObject([
      { customerId: 'lucky-shrub', status: 'registered', numberSource: 'own', phoneNumber: '+15550200042' },
    ]);
  });

  it('closes the window without a word, is asked about it, and opens it again', async () => {
    const customer = await come();
    await logIn(customer, stage.url, 'Lucky Shrub');
    await expectStatus(customer.page, 'ready');
    const number = await heldNumber(customer.page);
    const popup = await openPopup(customer.page);
    await popup.close();
    const again = customer.page.getByRole('button', { name: 'Open the window again' });
    await again.waitFor();
    await expectStatus(customer.page, 'in-popup');
    const opened = customer.page.waitForEvent('popup');
    await again.click();
    const second = await opened;
    await goToNumbers(second);
    await takeOfferedNumber(second, number);
    await expectStatus(customer.page, 'registered');
  });
});

describe('two customers at once', () => {
  it('are not both offered the last number: the second is told that there is none', async () => {
    await stage.close();
    stage = await setStage({ numbers: 1 });
    const [first, second] = [await come(), await come()];
    await logIn(first, stage.url, 'Lucky Shrub');
    await expectStatus(first.page, 'ready');
    await logIn(second, stage.url, 'Wind & Wool');
    await expectStatus(second.page, 'ready');
    expect(await first.page.locator('embedded-signup [part=number-value]').count()).toBe(1);
    expect(await second.page.locator('embedded-signup [part=number-value]').count()).toBe(0);
    await second.page.getByText('No prepared number is available right now').waitFor();

    const popup = await openPopup(second.page);
    await goToNumbers(popup);
    await popup.getByRole('radio', { name: 'Use my own number' }).waitFor();
    expect(await popup.getByRole('radio', { name: /\d/ }).count()).toBe(0);
  });
});

describe('no secret', () => {
  it('reaches a page, a console, a log or the database, in a whole sign-up', async () => {
    const customer = await come();
    await logIn(customer, stage.url, 'Lucky Shrub');
    const codes: string[] = [];
    customer.page.on('request', (request) => {
      const body: unknown = request.url().endsWith('/claims') ? request.postDataJSON() : undefined;
      if (typeof body === 'object' && body !== null && 'code' in body) codes.push(String(body.code));
    });
    const number = await heldNumber(customer.page);
    const popup = await openPopup(customer.page);
    await goToNumbers(popup);
    await takeOfferedNumber(popup, number);
    await expectStatus(customer.page, 'registered');
    const staff = await come();
    await logIn(staff, stage.url, 'Harbor staff');
    await staff.page.getByRole('row').filter({ hasText: 'lucky-shrub' }).first().waitFor();

    expect(codes).toHaveLength(1);
    const secrets = [...Object.values(canaries), ...codes];
    const everything = {
      answers: [...customer.received, ...staff.received].join('\n'),
      consoles: [...customer.heard, ...staff.heard].join('\n'),
      page: await customer.page.content(),
      log: stage.log.join('\n'),
      database: await stage.files(),
    };
    for (const [place, text] of Object.entries(everything)) {
      for (const secret of secrets) expect(text.includes(secret), `${place} holds a secret`).toBe(false);
    }
    expect(everything.answers).toContain('registered');
    expect(customer.heard.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
