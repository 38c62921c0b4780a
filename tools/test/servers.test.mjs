// The browser and the database that the other tests are given.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { afterEach, expect, it, vi } from 'vitest';
import { canConnect } from '../can-connect.mjs';
import { findChromium } from '../find-chromium.mjs';
import { findPostgres } from '../find-postgres.mjs';

afterEach(() => vi.unstubAllEnvs());

it('the browser opens a page and a popup that talk to each other', async () => {
  const site = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      request.url === '/popup'
        ? '<script>opener.postMessage("hello", location.origin)</script>'
        : '<button onclick="open(`/popup`, `popup`, `width=400,height=300`)">Open</button><script>onmessage = ({ data }) => (document.title = data)</script>',
    );
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const browser = await chromium.launch(await findChromium());
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${site.address().port}/`);
    await page.click('button');
    await page.waitForFunction('document.title === "hello"');
    expect(page.context().pages()).toHaveLength(2);
  } finally {
    await browser.close();
    site.close();
  }
});

it('a browser that does not start is named in one sentence', async () => {
  vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');
  await expect(findChromium()).rejects.toThrow(
    /^CHROMIUM_PATH is "\/nowhere\/chromium", which does not start/,
  );
});

it('a folder without a PostgreSQL server is named in one sentence', async () => {
  vi.stubEnv('POSTGRES_BIN', '/nowhere/bin');
  await expect(findPostgres()).rejects.toThrow(/^POSTGRES_BIN is "\/nowhere\/bin", which has no initdb/);
});

it('PostgreSQL ends with the process that started it, even when that is killed', async () => {
  const script = fileURLToPath(new URL('../start-postgres.mjs', import.meta.url));
  const { TEST_POSTGRES_URL: _, ...env } = process.env;
  const starter = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const [url] = await once(createInterface({ input: starter.stdout }), 'line');
  expect(await canConnect(url)).toBeUndefined();
  starter.kill('SIGKILL');
  await vi.waitUntil(async () => (await canConnect(url))?.includes('ECONNREFUSED'), {
    timeout: 15_000,
    interval: 50,
  });
});
