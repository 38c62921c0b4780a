import express from 'express';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createEmbeddedSignup, type EmbeddedSignup } from '@embedded-signup-kit/server';
import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { expectStatus, openPopup, somebody } from './support/people.ts';
import { listen } from './support/stage.ts';

const widgetFolder = dirname(createRequire(import.meta.url).resolve('@embedded-signup-kit/widget/cdn'));

let browser: Browser;
let sim: Simulator;
let signup: EmbeddedSignup;
let site: { url: string; close(): Promise<void> };
let page: Page;
let posted: string[];

beforeAll(async () => {
  browser = await chromium.launch(inject('chromium'));
});
afterAll(() => browser.close());

// A page without any header of protection: here the widget has to protect itself.
beforeEach(async () => {
  sim = await startSimulator({ numbers: 1 });
  signup = await createEmbeddedSignup({
    meta: sim.meta,
    database: 'sqlite::memory:',
    secrets: ['a-secret-of-32-bytes-or-more-for-a-test'],
    customer: () => 'lucky-shrub',
    deps: { logger: { debug() {}, info() {}, warn() {}, error() {} } },
  });
  await signup.start();
  const app = express();
  app.use('/signup', signup.router);
  app.use('/widget', express.static(widgetFolder));
  app.get('/', (_req, res) =>
    res.send(
      '<!doctype html><script type="module" src="/widget/embedded-signup.js"></script><embedded-signup server="/signup"></embedded-signup>',
    ),
  );
  site = await listen(app);
  page = (await somebody(browser)).page;
  posted = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && /\/(claims|session-events)$/.test(request.url()))
      posted.push(request.url());
  });
});
afterEach(async () => {
  await page.context().close();
  await site.close();
  await signup.close();
  await sim.close();
});

const perfectFinish = JSON.stringify({
  type: 'WA_EMBEDDED_SIGNUP',
  event: 'FINISH',
  data: { phone_number_id: '123456789012345', waba_id: '223456789012345', business_id: '323456789012345' },
});

/** Frames a page of another origin that posts a message to the widget's page, and waits until it has. */
async function postFrom(origin: string, message: string): Promise<void> {
  const address = `${origin}/hostile.html`;
  const body = `<!doctype html><script>parent.postMessage(${JSON.stringify(message)}, '*')</script>`;
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
  const arrived = page.evaluate(
    (from) =>
      new Promise<void>((resolve) => {
        addEventListener('message', (event) => event.origin === from && resolve());
      }),
    origin,
  );
  await page.evaluate((src) => {
    const frame = document.createElement('iframe');
    frame.src = src;
    document.body.append(frame);
  }, address);
  await arrived;
}

describe('a perfect FINISH', () => {
  it.each([
    'https://evilfacebook.com',
    'https://www.facebook.com.evil.example',
    'https://business.facebook.com',
    'http://www.facebook.com',
  ])('from %s changes nothing, before the click and while the window is open', async (origin) => {
    await page.goto(site.url);
    await expectStatus(page, 'ready');
    await postFrom(origin, perfectFinish);
    await expectStatus(page, 'ready');
    const popup = await openPopup(page);
    await postFrom(origin, perfectFinish);
    await expectStatus(page, 'in-popup');
    await popup.close();
    await page.getByRole('button', { name: 'Open the window again' }).waitFor();
    await expectStatus(page, 'in-popup');
    expect(posted.filter((address) => address.endsWith('/claims'))).toEqual([]);
    expect((await signup.claims.list({ limit: 1 })).items).toEqual([]);
  });

  it('from Meta’s own origin changes nothing before the click', async () => {
    await page.goto(site.url);
    await expectStatus(page, 'ready');
    await postFrom(sim.url, perfectFinish);
    await expectStatus(page, 'ready');
    expect(posted).toEqual([]);
    expect((await signup.claims.list({ limit: 1 })).items).toEqual([]);
  });
});
