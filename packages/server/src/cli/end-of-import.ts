import type { CommandContext } from './command-context.ts';
import { exitCodeOf, exitCodeOfParts } from './exit-codes.ts';

/** How an import ended. */
export interface ImportEnd {
  /** Rows that were looked at. */
  rows: number;
  done: number;
  refused: number;
  /** The first line that was not done, where it did not come to the end of the file. */
  nextLine: number | undefined;
  /** Why not, where nobody stopped it. */
  why: string | undefined;
}

/** Says why an import did not come to its end, and what to do then. Returns its exit code. */
export function endOfImport(
  { terminal, signals }: Pick<CommandContext, 'terminal' | 'signals'>,
  { rows, done, refused, nextLine, why }: ImportEnd,
): number {
  const again = 'What is done stays done. Run it again for the rest.';
  const heard = signals.heard();
  if (nextLine !== undefined && why === undefined && heard !== undefined) {
    terminal.say(`Interrupted before line ${nextLine}. ${again}`);
    return exitCodeOf[heard];
  }
  if (nextLine === undefined && rows === 0) terminal.say('There was no row in it.');
  if (nextLine === undefined) return exitCodeOfParts({ done, failed: refused });
  terminal.fail(`Stopped before line ${nextLine}: ${why ?? 'the rows could not be tried.'} ${again}`);
  return exitCodeOfParts({ done, failed: refused + 1 });
}
