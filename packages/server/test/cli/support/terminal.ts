import { PassThrough } from 'node:stream';
import { openTerminal, type Terminal } from '../../../src/cli/terminal.ts';

/** A terminal, or a pipe, that keeps what is written to it. */
export interface KeptTerminal {
  written: { out: string; err: string };
  terminal: Terminal;
  /** What a person types; `end()` is Ctrl-D. */
  typed: PassThrough;
}

/** @param where `isTTY` false is a pipe */
export function keptTerminal({
  isTTY = false,
  columns = 80,
  env = {},
}: { isTTY?: boolean; columns?: number; env?: Record<string, string> } = {}): KeptTerminal {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => ({
    isTTY,
    columns,
    write: (text: unknown, done?: unknown) => {
      written[name] += String(text);
      if (typeof done === 'function') done();
      return true;
    },
  });
  const typed = new PassThrough();
  const stdin = Object.assign(typed, { isTTY });
  return {
    written,
    terminal: openTerminal({ stdout: stream('out'), stderr: stream('err'), stdin, env }),
    typed,
  };
}

// eslint-disable-next-line no-control-regex -- this is what colours are made of
const colours = /\u001B\[\d+m/g;

/** What a person reads. */
export const withoutColours = (text: string): string => text.replace(colours, '');
