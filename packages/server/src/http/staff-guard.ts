import type { Request, RequestHandler } from 'express';
import { HttpProblem } from './http-problem.ts';

/**
 * Keeps pages of other sites from using the log-in of staff, which probably is a cookie. Forms and images of theirs can
 * send a request along with it, but not as JSON, and browsers say where it comes from. Answers are never kept.
 */
export const staffGuard: RequestHandler = (req, res, next) => {
  res.set('Cache-Control', 'no-store');
  const site = req.headers['sec-fetch-site'];
  if (site === 'cross-site') {
    throw new HttpProblem('origin_not_allowed', 'Use a page of the host’s own site: this one is of another.');
  }
  const reads = req.method === 'GET' || req.method === 'HEAD';
  // A button without a body often names no type; the browser's own word that it is ours is as good.
  if (!reads && site !== 'same-origin' && !isJson(req)) {
    throw new HttpProblem(
      'unsupported_media_type',
      'Send JSON with Content-Type: application/json, also without a body.',
    );
  }
  next();
};

const isJson = (req: Request): boolean =>
  /^application\/json *(;|$)/i.test(req.headers['content-type'] ?? '');
