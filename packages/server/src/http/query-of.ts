import type { Request } from 'express';
import { z } from 'zod';
import { HttpProblem } from './http-problem.ts';

/** A word of a query, without control characters: PostgreSQL takes no NUL. */
export const word = z
  .string()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'must be without control characters');

/** What every list can be asked for. */
export const page = {
  cursor: word.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/**
 * The query, checked by a schema.
 *
 * @throws HttpProblem
 */
export function queryOf<Output>(req: Request, schema: z.ZodType<Output>): Output {
  const parsed = schema.safeParse(req.query);
  if (parsed.success) return parsed.data;
  throw new HttpProblem(
    'invalid_request',
    'Change the query as named in issues.',
    parsed.error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message })),
  );
}
