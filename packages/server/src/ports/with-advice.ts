import type { GraphError } from './graph-error.ts';
import { graphError } from './graph-errors.ts';

/** The same error with another sentence at its end: the one that helps where it happened. */
export function withAdvice(error: GraphError, advice: string | undefined): GraphError {
  if (advice === undefined || advice === error.advice) return error;
  const what = error.message.slice(0, -error.advice.length).trimEnd();
  return graphError(what, { ...error.facts, advice }, { cause: error });
}
