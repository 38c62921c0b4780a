// Part of `pnpm screenshot`: the card in every state, light and dark, in English and in Arabic, as four sheets in
// docs/images/states; and the way of a customer in one row. It needs no build and no server: the card is drawn by the
// gallery that its tests use.
// @ts-check
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from './find-chromium.mjs';
import { smallPng } from './small-png.mjs';

const widget = fileURLToPath(new URL('../packages/widget/', import.meta.url));
const images = new URL('../docs/images/', import.meta.url);
const address = 'https://gallery.example/';
const html = '<!doctype html><title>States</title><body><script type="module" src="/gallery.js"></script>';
const way = ['ready', 'in the window', 'registering', 'registered'];

/** Draws all of them, and puts them into docs/images. */
export async function takeStates() {
  const files = await buildGallery();
  await mkdir(new URL('states/', images), { recursive: true });
  const browser = await chromium.launch(await findChromium());
  /**
   * @param {'light' | 'dark'} colorScheme
   * @param {number} deviceScaleFactor
   * @param {string} show what the gallery is to show
   * @param {string} file
   */
  const take = async (colorScheme, deviceScaleFactor, show, file) => {
    const page = await browser.newPage({
      viewport: { width: 2200, height: 1000 },
      colorScheme,
      deviceScaleFactor,
      reducedMotion: 'reduce',
    });
    await page.route(`${address}**`, (route) => {
      const body = files.get(new URL(route.request().url()).pathname.slice(1));
      return route.fulfill(
        body === undefined
          ? { contentType: 'text/html', body: html }
          : { contentType: 'text/javascript', body },
      );
    });
    await page.goto(address);
    await page.waitForFunction('window.gallery');
    await page.evaluate(`gallery.${show}`);
    await writeFile(new URL(file, images), smallPng(await page.locator('.wall, .row').screenshot()));
    await page.close();
  };
  for (const scheme of /** @type {const} */ (['light', 'dark'])) {
    await take(scheme, 2, `showRow(${JSON.stringify(way)})`, `card-${scheme}.png`);
    await take(scheme, 1, "showAll('ltr')", `states/${scheme}-ltr.png`);
    await take(scheme, 1, "showAll('rtl')", `states/${scheme}-rtl.png`);
  }
  await browser.close();
}

/** @returns {Promise<Map<string, string>>} the gallery's scripts, by name */
async function buildGallery() {
  const built = await build({
    root: widget,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@embedded-signup-kit/source', 'import', 'module', 'browser', 'default'] },
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: `${widget}test/chromium-view/gallery/gallery.ts`,
        formats: ['es'],
        fileName: () => 'gallery.js',
      },
    },
  });
  const files = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  return new Map(files.map((file) => [file.fileName, file.type === 'chunk' ? file.code : '']));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await takeStates();
}
