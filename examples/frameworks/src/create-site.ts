import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EmbeddedSignup } from '@embedded-signup-kit/server';
import express, { type Express, type RequestHandler } from 'express';

/** What the site is made of. */
export interface SiteOptions {
  /** The kit. */
  signup: Pick<EmbeddedSignup, 'router'>;
  /** As the kit was told: where the SDK comes from. */
  sdkUrl: string;
  /** The folder of the built pages. @default `dist/pages` of this example */
  pages?: string;
}

/** The element's own two. React needs none, Vue makes one as soon as it is loaded. */
const trustedTypes = { plain: [], react: [], vue: ['vue'] };

/** Puts the three pages, the widget and the kit together. It does not listen yet. */
export function createSite({ signup, sdkUrl, pages = inExample('dist/pages') }: SiteOptions): Express {
  const site = express();
  site.disable('x-powered-by');
  for (const [page, names] of Object.entries(trustedTypes))
    site.use(`/${page}`, strictHeaders(sdkUrl, names));
  site.use('/signup', signup.router);
  site.use('/widget', express.static(widgetFolder()));
  site.use('/plain', express.static(inExample('plain')));
  site.use(express.static(pages));
  site.get('/favicon.ico', (_req, res) => void res.status(204).end());
  return site;
}

/** The strictest that the page works with, as a proof that it does. What Meta's own SDK needs is in the README. */
function strictHeaders(sdkUrl: string, policies: readonly string[]): RequestHandler {
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${new URL(sdkUrl).origin}`,
    "style-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${['lit-html', 'embedded-signup', ...policies].join(' ')}`,
  ].join('; ');
  return (_req, res, next) => {
    // Plain `same-origin` would cut the popup's link to the page.
    res.set({ 'Content-Security-Policy': policy, 'Cross-Origin-Opener-Policy': 'same-origin-allow-popups' });
    next();
  };
}

/** The folder of the CDN files: all of it is served, because the first file loads the others from beside itself. */
function widgetFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('@embedded-signup-kit/widget/cdn'));
}

/** `src/` and `dist/` are neighbours, so this holds for both. */
function inExample(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
