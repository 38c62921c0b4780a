import type { LogFacts, Logger } from '../ports/logger.ts';

/** One line of JSON per message on stderr, so that stdout stays the host's. */
export function createConsoleLogger(write: (line: string) => void, now: () => number): Logger {
  const say =
    (level: string) =>
    (message: string, facts: LogFacts = {}): void =>
      write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, message, ...facts })}\n`);
  return { debug: () => undefined, info: say('info'), warn: say('warn'), error: say('error') };
}
