// Finds a Chromium for the browser tests, so that a machine with nothing but Node can run them.
// Playwright's own download is not used: it needs a host that many networks block.
// @ts-check
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { unpackChromium } from './unpack-chromium.mjs';
import { installDebianPackage } from './debian-package.mjs';
import { isExecutable, pathFolders } from './find-program.mjs';

/** @typedef {{ executablePath: string, args: string[] }} Browser */

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const usualPlaces = [
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

// The tests talk to loopback only; a browser that calls home makes them slow and different from day to day.
const quietArgs = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-quic',
  '--metrics-recording-only',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
];

/**
 * @returns {Promise<Browser>} what playwright-core's `chromium.launch` takes
 * @throws {Error} one sentence that says how to get a browser
 */
export async function findChromium() {
  const asked = process.env.CHROMIUM_PATH ?? process.env.CHROME_PATH;
  if (asked) {
    const problem = await tryBrowser(asked);
    if (problem === undefined) return browser(asked);
    throw new Error(`CHROMIUM_PATH is "${asked}", which does not start as a Chromium: ${problem}`);
  }
  for (const file of installedBrowsers()) {
    if ((await tryBrowser(file)) === undefined) return browser(file);
  }
  const unpacked = await unpackChromium();
  if (unpacked !== undefined && (await tryBrowser(unpacked)) === undefined) return browser(unpacked);
  if (await installDebianPackage('chromium')) {
    for (const file of installedBrowsers()) {
      if ((await tryBrowser(file)) === undefined) return browser(file);
    }
  }
  throw new Error(
    'The browser tests need Chromium: install Chromium or Google Chrome, or set CHROMIUM_PATH to the program.',
  );
}

/** @param {string} executablePath @returns {Browser} */
function browser(executablePath) {
  // Chromium refuses to run as root with its sandbox, and containers rarely allow the sandbox at all.
  const sandboxArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executablePath, args: [...quietArgs, ...sandboxArgs] };
}

function installedBrowsers() {
  const onPath = names.flatMap((name) => pathFolders().map((folder) => join(folder, name)));
  return [...onPath, ...usualPlaces].filter(isExecutable);
}

/**
 * A file that is there may still be a stub that asks to install a snap, or lack a library: only a page proves it.
 * @param {string} executablePath
 * @returns {Promise<string | undefined>} what went wrong
 */
async function tryBrowser(executablePath) {
  try {
    const started = await chromium.launch({ ...browser(executablePath), timeout: 30_000 });
    try {
      await (await started.newPage()).setContent('<p>up</p>');
    } finally {
      await started.close();
    }
    return undefined;
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n', 1)[0];
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(JSON.stringify(await findChromium(), undefined, 2));
}
