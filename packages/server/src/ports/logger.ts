/**
 * Facts that may stand in a log: plain values under a name. There is no way to pass an object through, so
 * no token rides along inside one.
 */
export type LogFacts = Record<string, string | number | boolean | undefined>;

/** Where the kit says what it does. Pino and winston fit with a one-line adapter; `console` fits as it is. */
export interface Logger {
  debug(message: string, facts?: LogFacts): void;
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  error(message: string, facts?: LogFacts): void;
}
