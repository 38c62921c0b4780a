import type { Request, RequestHandler } from 'express';
import { messagePage } from './pages/message-page.ts';
import { visitorOf } from './visitor.ts';

const changesNothing = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site's page posts. The cookie is `SameSite=Lax` already; this also covers sibling domains,
 * and the log-in form, which needs no cookie. A request that no browser sent has nobody's cookie to misuse.
 */
export const sameOriginOnly: RequestHandler = (req, res, next) => {
  if (changesNothing.has(req.method) || isSameOrigin(req)) {
    next();
    return;
  }
  const text = 'This was sent by a page of another site, so nothing was done.';
  res.status(403).send(String(messagePage({ visitor: visitorOf(req), title: 'Not accepted', text })));
};

function isSameOrigin(req: Request): boolean {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = req.get('origin');
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === req.get('host');
}
