import { Option, type Command } from 'commander';
import type { Signals } from './signals.ts';
import type { Terminal } from './terminal.ts';

/** What every command is given. */
export interface CommandContext {
  terminal: Terminal;
  signals: Signals;
  /** The environment: the options, where there is no file, and who calls. */
  env: Record<string, string | undefined>;
  /** What comes in, for commands that read a file named `-`. */
  stdin: AsyncIterable<Uint8Array>;
  /** Whose process it is, where the system knows that. */
  loggedInAs: () => string | undefined;
  /** Makes the action of a command from a function that resolves to its exit code. */
  ends<Args extends unknown[]>(run: (...args: Args) => Promise<number>): (...args: Args) => Promise<void>;
}

/** Adds a command, or a group of them, to the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;

/** What the options of every command that needs the kit have. */
export interface ConfigOption {
  config?: string;
}

/** Every command has it. */
export const configOption = [
  '--config <file>',
  'a .js or .mjs file whose default export is the options of createEmbeddedSignup, or a function that returns them; without it they come from the environment',
] as const;

/** For programs that read the output. */
export const jsonOption = ['--json', 'print JSON'] as const;

/** Whose name goes into histories. */
export const asOption = () =>
  new Option('--as <name>', 'your name, for the history (default: the name you are logged in with)');

/** Lines that a command's help ends with. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ embedded-signup ${line}`).join('\n')}\n`;
}
