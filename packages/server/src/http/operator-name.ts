import type { Request } from 'express';
import { isOperatorName } from '../ports/given.ts';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import { HttpProblem } from './http-problem.ts';

/**
 * Who of the staff calls, in the host's words. A name that cannot stand in a history is the host's mistake, and nothing is
 * done under it.
 *
 * @throws HttpProblem
 */
export function operatorName(operator: NonNullable<EmbeddedSignupOptions['operator']>) {
  return (req: Request): string => {
    const name: unknown = operator(req);
    if (isOperatorName(name)) return name;
    throw new HttpProblem(
      'internal_error',
      'Nothing was done: the host’s option operator must return a name of 1 to 100 characters, without control characters.',
    );
  };
}
