import { randomBytes } from 'node:crypto';
import type { EmbeddedSignup } from '@embedded-signup-kit/server';
import cookieSession from 'cookie-session';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { staffApiOnly, staffPageOnly } from './access.ts';
import { assetsRouter } from './assets.ts';
import { customerPages } from './customer-pages.ts';
import { logInRouter } from './log-in.ts';
import { messagePage } from './pages/message-page.ts';
import { operatorPage } from './pages/operator-page.ts';
import { sameOriginOnly } from './same-origin.ts';
import { securityHeaders, type MetaAddresses } from './security-headers.ts';
import { visitorOf } from './visitor.ts';

export { demoCustomers, type DemoCustomer } from './customers.ts';
export { signedInCustomer } from './visitor.ts';
export type { MetaAddresses } from './security-headers.ts';

/** What the site is made of. */
export interface SiteOptions {
  /** The kit, made with {@link signedInCustomer} as its `customer`. */
  signup: Pick<EmbeddedSignup, 'router' | 'operator'> & { claims: Pick<EmbeddedSignup['claims'], 'list'> };
  /** As the kit was told: where the popup comes from. @default Meta's own addresses */
  meta?: MetaAddresses;
  /** Of every account. @default 'demo' */
  password?: string;
  /** Whether the log-in page tells the password. @default true when none is given */
  showPassword?: boolean;
  /** Sign the log-in cookie, the current one first. @default random: everybody is logged out by a restart */
  cookieKeys?: string[];
}

/**
 * Puts the site of Harbor Messaging together. It does not listen yet.
 *
 * @throws Error when the widget is not built
 * @example
 * const signup = await createEmbeddedSignup({ ...options, customer: signedInCustomer });
 * createSite({ signup }).listen(4000);
 */
export function createSite({ signup, meta = {}, ...options }: SiteOptions): Express {
  const { password = 'demo', showPassword = options.password === undefined } = options;
  const { cookieKeys = [randomBytes(32).toString('base64')] } = options;

  const site = express();
  site.disable('x-powered-by');
  // Behind a TLS proxy on this machine, its word counts that the visitor came by https.
  site.set('trust proxy', 'loopback');
  site.use(securityHeaders(meta));
  site.use(assetsRouter());
  site.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  // `secure` is left to the library: it sets the flag whenever the request came by https.
  site.use(
    cookieSession({
      name: 'harbor',
      keys: cookieKeys,
      httpOnly: true,
      sameSite: 'lax',
      maxAge: 12 * 60 * 60 * 1000,
    }),
  );

  // The kit reads and checks its own bodies: no body parser may stand before it.
  site.use('/signup', signup.router);

  site.use(sameOriginOnly);
  site.use(logInRouter({ password, showPassword }));
  site.use(customerPages(signup));
  site.get('/operator', staffPageOnly, (_req, res) => {
    res.send(String(operatorPage()));
  });
  site.use('/operator/api', staffApiOnly, signup.operator);

  site.use((req, res) => {
    const text = 'There is no page at this address.';
    res.status(404).send(String(messagePage({ visitor: visitorOf(req), title: 'Nothing here', text })));
  });
  site.use(somethingBroke);
  return site;
}

/** The visitor gets a sentence, the log the error; Express alone would show its stack to both. */
const somethingBroke: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const status = statusOf(error);
  if (status >= 500) console.error(error);
  const text = status >= 500 ? 'Please try again in a moment.' : 'The request could not be understood.';
  res.status(status).send(String(messagePage({ visitor: visitorOf(req), title: 'That did not work', text })));
};

function statusOf(error: unknown): number {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
