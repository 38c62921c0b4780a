import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fixtureFiles } from '../../doctor/fixtures.ts';
import { parseJson } from '../../graph/lossless-json.ts';
import type { Exchange } from '../../ports/preflight.ts';
import { CliError, UsageError } from '../cli-error.ts';

/** A folder that answers are kept in. */
export interface Recording {
  /** Resolves to how many answers were written. */
  write(exchanges: readonly Exchange[]): Promise<number>;
}

/**
 * Makes the folder, before anything is asked.
 *
 * @throws UsageError when something is in it; CliError when it cannot be made
 */
export async function openRecording(folder: string): Promise<Recording> {
  let inIt: string[];
  try {
    await mkdir(folder, { recursive: true });
    inIt = await readdir(folder);
  } catch {
    throw new CliError(`the folder ${folder} cannot be made or read. --record names a new or empty folder.`);
  }
  if (inIt.length > 0) throw new UsageError(`${folder} is not empty. --record names a new or empty folder.`);
  return {
    async write(exchanges) {
      for (const { name, text } of fixtureFiles(exchanges, { parseJson })) {
        // Nothing that came meanwhile is overwritten.
        await writeFile(join(folder, name), text, { flag: 'wx', mode: 0o600 });
      }
      return exchanges.length;
    },
  };
}
