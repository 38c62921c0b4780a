import type { LogFacts } from './logger.ts';
import { StoreUnavailableError } from './store-errors.ts';

/**
 * What may be logged of an unforeseen error: its class, where it was thrown, and the code of what caused it, such as
 * `SQLITE_FULL` or `53100`. Not its message, which can repeat what it was given.
 */
export function errorFacts(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { error: typeof error };
  // The stack begins with the message, which may have lines of its own.
  const { stack = '', message } = error;
  const frames = stack.slice(Math.max(0, stack.indexOf(message)) + message.length);
  const at = /\n\s+at (.+)/.exec(frames)?.[1];
  const cause = codeOf(error.cause);
  return {
    error: error.name,
    at,
    ...(cause === undefined ? {} : { cause }),
    // These sentences are the kit's own, and say what to do.
    ...(error instanceof StoreUnavailableError ? { detail: error.message } : {}),
  };
}

/** A word that a database or Node chose, and nothing longer. */
function codeOf(cause: unknown): string | undefined {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : undefined;
}
