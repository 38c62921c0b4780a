import type { Request, RequestHandler } from 'express';
import { HostAnswerError } from './host-answer-error.ts';
import { HttpProblem } from './http-problem.ts';

/** What the guard is made of. */
export interface CrossOriginDeps {
  /** Whether a page of this origin may call. */
  mayCall: (origin: string) => boolean;
}

/**
 * Lets pages of the same origin and of the allowed origins in, and nobody else's. Never reflects an origin that is not
 * allowed, and never `*`, because the host's cookies ride along. `null`, which is what a sandboxed page calls itself,
 * is let in only by a function of the host's that says so.
 */
export function crossOrigin({ mayCall }: CrossOriginDeps): RequestHandler {
  return (req, res, next) => {
    res.vary('Origin');
    const { origin } = req.headers;
    const allowed = origin !== undefined && isAllowed(mayCall(origin));
    if (allowed) {
      res.set('Access-Control-Allow-Origin', origin);
      res.set('Access-Control-Allow-Credentials', 'true');
      // Else a page of another origin could not say when to try again.
      res.set('Access-Control-Expose-Headers', 'Retry-After');
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
    if (!reads.has(req.method) && isForm(req)) {
      throw new HttpProblem('unsupported_media_type', 'Send JSON with Content-Type: application/json.');
    }
    next();
  };
}

const reads: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A promise counts as true for JavaScript, so a host's `async` function would let everybody in. */
function isAllowed(answer: unknown): boolean {
  if (typeof answer === 'boolean') return answer;
  // What a table of origins says of one that it does not have.
  if (answer === undefined || answer === null) return false;
  throw new HostAnswerError('options.allowedOrigins returned what cannot be used: it must be true or false');
}

/**
 * What a page of any site can send along with cookies, without asking first. Refused even when it is empty, and when a
 * parser of the host's has read it already: browsers that tell neither origin nor site are known by this alone.
 */
function isForm(req: Request): boolean {
  const type = req.headers['content-type'];
  return type !== undefined && !/^application\/json\s*(;|$)/i.test(type);
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
