import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  expectStatus,
  goToNumbers,
  heldNumber,
  openPopup,
  somebody,
  takeOfferedNumber,
} from './support/people.ts';

const file = fileURLToPath(new URL('../examples/minimal/server.js', import.meta.url));

let browser: Browser;
let sim: Simulator;
let host: ChildProcess;
let url: string;

beforeAll(async () => {
  browser = await chromium.launch(inject('chromium'));
  sim = await startSimulator({ numbers: 1 });
  const port = await freePort();
  url = `http://localhost:${port}`;
  host = spawn(process.execPath, [file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      STAFF_TOKEN: 'please',
      META_APP_ID: sim.appId,
      META_APP_SECRET: sim.appSecret,
      META_CONFIG_ID: sim.configId,
      META_BUSINESS_ID: sim.businessId,
      META_SYSTEM_USER_TOKEN: sim.systemUserToken,
      META_GRAPH_URL: sim.url,
      META_SDK_URL: `${sim.url}/en_US/sdk.js`,
      META_DIALOG_ORIGINS: sim.url,
      SIGNUP_DATABASE: 'sqlite::memory:',
      SIGNUP_SECRETS: 'a-secret-of-32-bytes-or-more-for-a-test',
    },
  });
  if (host.stdout === null) throw new Error('no output to wait for');
  await once(host.stdout, 'data');
});
afterAll(async () => {
  await browser.close();
  await sim.close();
});

describe('the smallest complete host', () => {
  it('is what the README says, to the letter', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const [, snippet] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(snippet).toBe(await readFile(file, 'utf8'));
  });

  it('has the page of the README’s snippet', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const [, snippet = ''] = /```html\n([\s\S]*?)```/.exec(readme) ?? [];
    const page = await (await fetch(url)).text();
    expect(snippet.trim().split('\n').length).toBeGreaterThan(1);
    for (const line of snippet.trim().split('\n')) expect(page).toContain(line.trim());
  });

  it('brings a customer from the click to a registered number', async () => {
    const { page, context } = await somebody(browser);
    await page.goto(url);
    const number = await heldNumber(page);
    const popup = await openPopup(page);
    await goToNumbers(popup);
    await takeOfferedNumber(popup, number);
    await expectStatus(page, 'registered');
    await context.close();
  });

  it('shows the operator’s routes to staff alone', async () => {
    const ask = (headers: Record<string, string>) => fetch(`${url}/operator/claims`, { headers });
    expect((await ask({})).status).toBe(401);
    const answer = await ask({ authorization: 'Bearer please' });
    expect(await answer.json()).toMatchObject({
      claims: [{ customerId: 'demo-customer', status: 'registered' }],
    });
  });

  it('ends by itself when it is told to', async () => {
    const ended = once(host, 'exit');
    host.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP port was asked for
  server.close();
  await once(server, 'close');
  return port;
}
