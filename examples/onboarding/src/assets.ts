import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { Router } from 'express';
import { inExample } from './example-folder.ts';

const publicFolder = inExample('public');
const widget = '@embedded-signup-kit/widget/cdn';

/** The files that pages load: the site's own, and `embedded-signup.js`, which any CDN could serve instead. */
export function assetsRouter(): Router {
  const router = Router();
  // Asked again each time, answered with 304: a rebuilt widget must not be hidden by a cache.
  const served = { index: false, maxAge: 0 } as const;
  router.use('/assets', express.static(publicFolder, served), express.static(widgetFolder(), served));
  router.get('/favicon.ico', (_req, res) => res.sendFile(join(publicFolder, 'favicon.svg'), served));
  return router;
}

function widgetFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(widget));
  } catch (cause) {
    throw new Error(`${widget} is not built yet: run "pnpm build" at the root of the repository.`, { cause });
  }
}
