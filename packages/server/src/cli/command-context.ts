import type { Command } from 'commander';
import type { Signals } from './signals.ts';
import type { Terminal } from './terminal.ts';

/** What every command is given. */
export interface CommandContext {
  terminal: Terminal;
  signals: Signals;
  /** Makes the action of a command from a function that resolves to its exit code. */
  ends<Args extends unknown[]>(run: (...args: Args) => Promise<number>): (...args: Args) => Promise<void>;
}

/** Adds a command, or a group of them, to the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;

/** Every command needs it. */
export const configOption = [
  '--config <file>',
  'a .js or .mjs file whose default export is the options of createEmbeddedSignup, or a function that returns them',
] as const;

/** Lines that a command's help ends with. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ embedded-signup ${line}`).join('\n')}\n`;
}
