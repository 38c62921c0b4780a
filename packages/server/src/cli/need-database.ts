import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from './cli-error.ts';
import { oneLineOf } from './display-width.ts';

const sqlite = 'sqlite:';

/**
 * Refuses a SQLite file that is not there, before it or its folder is made: a typo in its path would be a pool without numbers.
 * Any other address is left to whoever opens it.
 *
 * @param address as the option `database` has it, its default included
 * @throws CliError with the path as the system understands it
 */
export async function needDatabase(address: string): Promise<void> {
  const path = address.slice(sqlite.length);
  if (!address.startsWith(sqlite) || path === ':memory:') return;
  // A folder or what cannot be looked at is told by whoever opens it.
  const isMissing = await stat(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
  if (!isMissing) return;
  throw new CliError(
    `There is no database at ${oneLineOf(resolve(path))}: check \`database\` (SIGNUP_DATABASE), or make it with: embedded-signup migrate`,
  );
}
