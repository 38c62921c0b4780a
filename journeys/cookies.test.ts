import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { startCookieSites, type CookieSites, type KitPlace, type SameSite } from './support/cookie-sites.ts';
import { expectStatus, goToNumbers, heldNumber, openPopup, takeOfferedNumber } from './support/people.ts';

// Private windows, which other journeys use, keep cookies from other sites whatever the host says of them.
const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };

let folder: string;
let context: BrowserContext;
let sites: CookieSites;
let page: Page;
let heard: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signup-profile-'));
  await mkdir(join(folder, 'Default'));
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
  context = await chromium.launchPersistentContext(folder, inject('chromium'));
});
afterAll(async () => {
  await context.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await page.close();
  await context.clearCookies();
  await sites.close();
});

async function logInAndCome(place: KitPlace, sameSite: SameSite): Promise<void> {
  sites = await startCookieSites(place, sameSite);
  page = await context.newPage();
  heard = [];
  page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
  await page.goto(sites.logInUrl);
  expect(await context.cookies()).toMatchObject([{ name: 'host', httpOnly: true, secure: true }]);
  await page.goto(sites.pageUrl);
}

describe('a customer whom the host knows by a secure cookie', () => {
  it.each<[string, KitPlace, SameSite]>([
    ['at the page’s own origin, SameSite=Strict', 'same origin', 'strict'],
    ['at another origin of the same site, SameSite=Strict', 'same site', 'strict'],
    ['at another site, SameSite=None', 'another site', 'none'],
  ])('signs up when the kit is %s', async (_name, place, sameSite) => {
    await logInAndCome(place, sameSite);
    await expectStatus(page, 'ready');
    const number = await heldNumber(page);
    const popup = await openPopup(page);
    await goToNumbers(popup);
    await takeOfferedNumber(popup, number);
    await expectStatus(page, 'registered');
    expect((await sites.signup.claims.list({ limit: 10 })).items).toMatchObject([
      { customerId: 'lucky-shrub', status: 'registered', displayPhoneNumber: number },
    ]);

    const posts = sites.asked.filter((one) => one.startsWith('POST'));
    expect(posts).toContain('POST /sessions with cookie');
    expect(posts).toContain('POST /claims with cookie');
    expect(posts.filter((one) => one.endsWith('without cookie'))).toEqual([]);
    // Browsers ask first, and without cookies, when the kit is of another origin.
    const askedFirst = sites.asked.filter((one) => one.startsWith('OPTIONS'));
    expect(askedFirst.includes('OPTIONS /sessions without cookie')).toBe(place !== 'same origin');
    expect(askedFirst.filter((one) => one.endsWith('with cookie'))).toEqual([]);
    expect(heard.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('is told to sign in, and waits for nothing, when the browser keeps the cookie from another site', async () => {
    await logInAndCome('another site', 'lax');
    await expectStatus(page, 'unavailable');
    await page.locator('embedded-signup').getByText('Please sign in first.').waitFor();
    expect(sites.asked).toEqual(['OPTIONS /sessions without cookie', 'POST /sessions without cookie']);
    expect((await sites.signup.pool.list({ limit: 10 })).items.some((one) => one.heldBy)).toBe(false);
  });
});
