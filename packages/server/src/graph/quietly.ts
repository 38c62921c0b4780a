import type { LogFacts, Logger } from '../ports/logger.ts';

/**
 * Tells something to code that is not ours. What it throws, now or later, must not turn an answer, of a call that was paid for,
 * into a failure, nor end the process.
 */
export function quietly(tell: () => unknown): void {
  try {
    void Promise.resolve(tell()).catch(() => undefined);
  } catch {
    // As said above.
  }
}

/** The same logger, which never fails. */
export function quietLogger(logger: Logger): Logger {
  const level = (name: keyof Logger) => (message: string, facts?: LogFacts) =>
    quietly(() => logger[name](message, facts));
  return { debug: level('debug'), info: level('info'), warn: level('warn'), error: level('error') };
}
