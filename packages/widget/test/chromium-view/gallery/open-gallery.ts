import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import type { gallery } from './gallery.ts';

declare global {
  interface Window {
    gallery: typeof gallery;
  }
}

const html = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
<title>Every state of the card</title><body><script type="module" src="/gallery.js"></script></body></html>`;

// As strict as a page can be: no style and no script but the page's own files, and no string becomes HTML.
const policy =
  "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";

/** The gallery's files, by name. */
async function buildGallery(): Promise<Map<string, string>> {
  const built = await build({
    root: fileURLToPath(new URL('../../../', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@embedded-signup-kit/source', 'import', 'module', 'browser', 'default'] },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL('gallery.ts', import.meta.url)),
        formats: ['es'],
        fileName: () => 'gallery.js',
      },
    },
  });
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  return new Map(outputs.map((file) => [file.fileName, file.type === 'chunk' ? file.code : '']));
}

/** Opens the gallery in pages of their own; what a page complains about on its console fails the test that opened it. */
export async function createGallery(browser: Browser) {
  const files = await buildGallery();
  return async (options: BrowserContextOptions = {}): Promise<Page & { complaints: string[] }> => {
    const context = await browser.newContext(options);
    const page = Object.assign(await context.newPage(), { complaints: [] as string[] });
    page.on('pageerror', (error) => page.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') page.complaints.push(message.text());
    });
    await page.route('**/*', (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === 'favicon.ico') return route.fulfill({ status: 204 });
      const body = files.get(name);
      return body === undefined
        ? route.fulfill({
            contentType: 'text/html',
            headers: { 'content-security-policy': policy },
            body: html,
          })
        : route.fulfill({ contentType: 'text/javascript', body });
    });
    await page.goto('https://gallery.example/');
    await page.waitForFunction(() => 'gallery' in window);
    return page;
  };
}
