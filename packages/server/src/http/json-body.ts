import express, { type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { HttpProblem } from './http-problem.ts';

/** Far above any body of the contract. */
const mostBytes = '64kb';

/** Reads JSON bodies. A body that the host has parsed already is taken as it is. */
export const jsonBody: RequestHandler = express.json({ limit: mostBytes, inflate: false, strict: true });

/**
 * The body, checked by a schema. Answers refuse what is malformed by naming where and what, never by repeating a value.
 *
 * @throws HttpProblem
 */
export function bodyOf<Output>(req: Request, schema: z.ZodType<Output>): Output {
  const body: unknown = req.body;
  const isEmpty = body === undefined || body === null;
  if (isEmpty && sentSomething(req)) {
    throw new HttpProblem('unsupported_media_type', 'Send JSON with Content-Type: application/json.');
  }
  const parsed = schema.safeParse(isEmpty ? {} : body);
  if (parsed.success) return parsed.data;
  throw new HttpProblem(
    'invalid_request',
    'Change what is named in issues.',
    parsed.error.issues.slice(0, 20).map((issue) => ({
      path: issue.path.map(String).join('.'),
      message: issue.message,
    })),
  );
}

/** A body that the JSON parser left alone, because it does not say that it is JSON. */
function sentSomething(req: Request): boolean {
  return Number(req.headers['content-length'] ?? 0) > 0 || req.headers['transfer-encoding'] !== undefined;
}

/**
 * Answers with JSON. Express's own `res.json` also makes an ETag, which is a third of its time and of no use to answers
 * that are never cached.
 */
export function sendJson(res: Response, status: number, body: object): void {
  res.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
