import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { createEmbeddedSignup, type EmbeddedSignup } from '@embedded-signup-kit/server';
import { startSimulator } from '@embedded-signup-kit/simulator';
import express, { type Request } from 'express';
import { canaries } from './canaries.ts';
import { listen } from './stage.ts';

const widgetFolder = dirname(createRequire(import.meta.url).resolve('@embedded-signup-kit/widget/cdn'));

/** Where the kit stands, as the page sees it. */
export type KitPlace = 'same origin' | 'same site' | 'another site';

/** What the host's cookie says of calls from other sites. */
export type SameSite = 'lax' | 'none' | 'strict';

/** A host whose log-in is a cookie that no script can read, with a page and the kit at one origin or at two. */
export interface CookieSites {
  /** Logs the browser in that goes there, and answers with nothing else. */
  logInUrl: string;
  /** The page with the widget. */
  pageUrl: string;
  signup: EmbeddedSignup;
  /** What the kit was asked by browsers, and whether the cookie came along: `POST /sessions with cookie`. */
  asked: string[];
  close(): Promise<void>;
}

/**
 * Starts them. Browsers trust http on this machine, so `Secure` cookies work without a certificate; `localhost` at two
 * ports is one site, and 127.0.0.1 is another.
 */
export async function startCookieSites(place: KitPlace, sameSite: SameSite): Promise<CookieSites> {
  const sim = await startSimulator({ numbers: 1, host: '127.0.0.1' });
  const loggedIn = new Set<string>();
  const asked: string[] = [];
  const kitApp = express();
  const pageApp = place === 'same origin' ? kitApp : express();
  const kit = await listen(kitApp);
  const page = place === 'same origin' ? kit : await listen(pageApp);
  const kitUrl = place === 'another site' ? kit.url.replace('localhost', '127.0.0.1') : kit.url;

  const signup = await createEmbeddedSignup({
    meta: sim.meta,
    database: 'sqlite::memory:',
    secrets: [canaries.kitSecret],
    customer: (req) => (loggedIn.has(cookieOf(req)) ? 'lucky-shrub' : undefined),
    allowedOrigins: place === 'same origin' ? [] : [page.url],
    deps: { logger: { debug() {}, info() {}, warn() {}, error() {} } },
  });
  await signup.start();

  kitApp.get('/favicon.ico', (_req, res) => void res.status(204).end());
  kitApp.get('/log-in', (_req, res) => {
    const id = randomUUID();
    loggedIn.add(id);
    res
      .cookie('host', id, { httpOnly: true, secure: true, sameSite })
      .type('text')
      .send('You are logged in.');
  });
  kitApp.use(
    '/signup',
    (req, _res, next) => {
      asked.push(`${req.method} ${req.path} ${cookieOf(req) === '' ? 'without' : 'with'} cookie`);
      next();
    },
    signup.router,
  );
  pageApp.use('/widget', express.static(widgetFolder));
  pageApp.get('/', (_req, res) => {
    const server = place === 'same origin' ? '/signup' : `${kitUrl}/signup`;
    res.send(
      `<!doctype html><link rel="icon" href="data:,"><script type="module" src="/widget/embedded-signup.js"></script><embedded-signup server="${server}"></embedded-signup>`,
    );
  });

  return {
    logInUrl: `${kitUrl}/log-in`,
    pageUrl: page.url,
    signup,
    asked,
    async close() {
      await kit.close();
      if (page !== kit) await page.close();
      await signup.close();
      await sim.close();
    },
  };
}

function cookieOf(req: Request): string {
  return /(?:^|; )host=([^;]+)/.exec(req.get('cookie') ?? '')?.[1] ?? '';
}
