import type { Request, RequestHandler } from 'express';
import { HttpProblem } from './http-problem.ts';

/** What the guard is made of. */
export interface CrossOriginDeps {
  /** Whether a page of this origin may call. */
  mayCall: (origin: string) => boolean;
}

/**
 * Lets pages of the same origin and of the allowed origins in, and nobody else's. Never reflects an origin that is not
 * allowed, and never `*`, because the host's cookies ride along.
 */
export function crossOrigin({ mayCall }: CrossOriginDeps): RequestHandler {
  return (req, res, next) => {
    res.vary('Origin');
    const { origin } = req.headers;
    const allowed = origin !== undefined && mayCall(origin);
    if (allowed) {
      res.set('Access-Control-Allow-Origin', origin);
      res.set('Access-Control-Allow-Credentials', 'true');
    } else if (!isSameOrigin(req)) {
      throw new HttpProblem(
        'origin_not_allowed',
        'Add the origin of this page to allowedOrigins, exactly as the browser sends it.',
      );
    }
    if (req.method === 'OPTIONS' && allowed) {
      res.set('Access-Control-Allow-Methods', 'GET, POST');
      res.set('Access-Control-Allow-Headers', 'Authorization, Content-Type, X-Signup-Session');
      res.set('Access-Control-Max-Age', '600');
      res.status(204).end();
      return;
    }
    next();
  };
}

/**
 * Browsers say it themselves in `Sec-Fetch-Site`; older ones are judged by `Origin` against `Host`. A call without
 * either comes from no page, and has to bring a session or the host's authentication like any other.
 */
function isSameOrigin(req: Request): boolean {
  const site = req.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = req.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
