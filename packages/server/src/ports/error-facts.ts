import type { LogFacts } from './logger.ts';

/**
 * What may be logged of an unforeseen error: its class and where it was thrown. Not its message, which can repeat what it
 * was given.
 */
export function errorFacts(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { error: typeof error };
  return { error: error.name, at: /\n\s+at (.+)/.exec(error.stack ?? '')?.[1] };
}
