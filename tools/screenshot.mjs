// `pnpm screenshot`: makes the README's picture from the running example, against the simulator, and then those of every
// state of the card. Build first (`pnpm build`), because it starts the example as `pnpm demo` does.
// @ts-check
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from './find-chromium.mjs';
import { takeStates } from './screenshot-states.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const images = new URL('../docs/images/', import.meta.url);
const size = { width: 1120, height: 760 };

const site = spawn(
  process.execPath,
  ['examples/onboarding/dist/main.js', '--port', '4870', '--simulator-port', '4871'],
  {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
try {
  await new Promise((resolve, reject) => {
    site.stdout.once('data', resolve);
    site.once('exit', (code) => reject(new Error(`The example ended with ${code} before it was ready.`)));
  });
  await mkdir(images, { recursive: true });
  await takePicture('http://localhost:4870');
} finally {
  site.kill('SIGTERM');
}
await takeStates();

/** @param {string} url */
async function takePicture(url) {
  const browser = await chromium.launch(await findChromium());
  const page = await browser.newPage({ viewport: size, deviceScaleFactor: 2 });
  await page.goto(url);
  await page.getByRole('radio', { name: 'Lucky Shrub' }).check();
  await page.getByLabel('Password').fill('demo');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.locator('embedded-signup:state(ready)').waitFor();
  await page.screenshot({ path: fileURLToPath(new URL('onboarding.png', images)) });
  await browser.close();
}
