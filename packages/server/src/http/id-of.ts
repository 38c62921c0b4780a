import type { Request } from 'express';
import { HttpProblem } from './http-problem.ts';

/**
 * The id in the address of a route. Anything but an id of ours is nothing here, and PostgreSQL would stumble over some of
 * it.
 *
 * @throws HttpProblem
 */
export function idOf(req: Request<{ id: string }>): string {
  const { id } = req.params;
  if (/^[0-9a-f-]{36}$/.test(id)) return id;
  throw new HttpProblem('not_found', 'There is nothing with this id. Look it up in the list.');
}
