import { createHash, timingSafeEqual } from 'node:crypto';
import express, { Router } from 'express';
import { logInPage } from './pages/log-in-page.ts';
import { findVisitor, visitorOf, type Visitor } from './visitor.ts';

/** What the log-in is made of. */
export interface LogInDeps {
  /** One for all accounts: this is an example. */
  password: string;
  /** Whether the page tells the password to everybody. */
  showPassword: boolean;
}

/** The log-in form, its answer, and the way out. */
export function logInRouter({ password, showPassword }: LogInDeps): Router {
  const router = Router();
  const hint = showPassword ? password : undefined;

  router.get('/log-in', (req, res) => {
    const visitor = visitorOf(req);
    if (visitor !== undefined) res.redirect(303, homeOf(visitor));
    else res.send(String(logInPage({ hint })));
  });

  router.post('/log-in', express.urlencoded({ extended: false, limit: '2kb' }), (req, res) => {
    const account = field(req.body, 'account');
    const visitor = findVisitor(account);
    if (visitor === undefined) {
      res.status(401).send(String(logInPage({ hint, problem: 'Choose who you are.' })));
    } else if (!isEqual(field(req.body, 'password'), password)) {
      const problem = 'That password is not right. Please try again.';
      res.status(401).send(String(logInPage({ hint, account, problem })));
    } else {
      req.session = { account };
      res.redirect(303, homeOf(visitor));
    }
  });

  router.post('/log-out', (req, res) => {
    req.session = null;
    res.redirect(303, '/log-in');
  });

  return router;
}

/** Where a visitor's work is. */
export function homeOf({ role }: Visitor): string {
  return role === 'staff' ? '/operator' : '/';
}

function field(body: unknown, name: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' ? value : '';
}

/** In constant time, so that the answer's delay says nothing about the password. */
function isEqual(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
