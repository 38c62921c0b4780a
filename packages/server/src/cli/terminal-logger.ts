import type { LogFacts, Logger } from '../ports/logger.ts';
import { oneLineOf } from './display-width.ts';
import type { Terminal } from './terminal.ts';

/**
 * The kit's log as a person at a terminal wants it: what a server notes in the course of its day is left out, and a warning
 * is a line that no progress is written over.
 */
export function terminalLogger({ say }: Pick<Terminal, 'say'>): Logger {
  const warn = (message: string, facts: LogFacts = {}): void => {
    const known = Object.entries(facts).filter(([, value]) => value !== undefined);
    const words = known.map(([name, value]) => `${name} ${oneLineOf(String(value))}`);
    say(`warning: ${message}${words.length === 0 ? '' : ` (${words.join(', ')})`}`);
  };
  return { debug: () => undefined, info: () => undefined, warn, error: warn };
}
