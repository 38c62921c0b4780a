import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import type { Durability, InspectedDatabase } from '../../ports/preflight.ts';
import { sqliteDialect } from '../engine/sqlite-driver.ts';
import { isOlder, oldestSafe } from '../engine/sqlite-engine.ts';
import { isBusy } from '../engine/sqlite-errors.ts';
import { requestWaits } from '../engine/sqlite-lock.ts';
import type { Tables } from '../tables.ts';
import { whyElsewhere } from './file-system.ts';
import type { InspectDeps } from './inspect-deps.ts';
import { readTables } from './read-tables.ts';

/** A file that is copied over, or repaired after a crash, is locked for a moment. Milliseconds. */
const patience = 1_000;

/** Looks at a SQLite file. It is opened for reading only, and not made. @throws Error with the sentence to act on */
export async function inspectSqlite(
  path: string,
  { scope, now, sleep, fileSystemOf, lapsingBefore }: InspectDeps & { lapsingBefore: number },
): Promise<InspectedDatabase> {
  const durability: Durability = { failures: [], warnings: [] };
  const inspected = { kind: 'sqlite', aheadMs: undefined, durability } as const;
  if (path === ':memory:') {
    durability.failures.push(
      'The database is in memory, and gone when the process ends: name a file, such as sqlite:./data/signup.db.',
    );
    return { ...inspected, schema: 'missing', pool: undefined };
  }
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && !found.isFile())
    throw new Error(`${path} is no file: name a file in \`database\`.`);
  const folder = await writableFolder(path);
  const why = whyElsewhere(path, await fileSystemOf(folder).catch(() => 0));
  if (why !== undefined) {
    durability.warnings.push(`The database file ${why}: put it on a disk of this machine that is backed up.`);
  }
  if (found === undefined) return { ...inspected, schema: 'missing', pool: undefined };
  await access(path, constants.R_OK | constants.W_OK).catch(() => {
    throw new Error(
      `The database file ${path} cannot be read and written by this user: run it as the user of the server.`,
    );
  });

  const database = open(path);
  const db = new Kysely<Tables>({
    dialect: sqliteDialect(database, {
      prepare: () => Promise.resolve(),
      sleep,
      isBusy,
      waits: requestWaits,
    }),
  });
  try {
    const version = String(database.prepare('select sqlite_version()').pluck().get());
    if (isOlder(version, oldestSafe)) {
      durability.failures.push(
        `The SQLite inside better-sqlite3 is ${version}: install better-sqlite3 with SQLite ${oldestSafe.join('.')} or newer.`,
      );
    }
    const isNoTable = (error: unknown) => error instanceof Error && error.message.startsWith('no such table');
    return {
      ...inspected,
      ...(await readTables(db, { scope, now: now(), lapsingBefore, isNoTable })),
    };
  } catch (cause) {
    throw cannotRead(path, cause);
  } finally {
    await db.destroy();
    if (database.open) database.close();
  }
}

function open(path: string): Database.Database {
  try {
    return new Database(path, { readonly: true, fileMustExist: true, timeout: patience });
  } catch (cause) {
    throw cannotRead(path, cause);
  }
}

function cannotRead(path: string, cause: unknown): Error {
  return new Error(
    isBusy(cause)
      ? `The database file ${path} is locked by another process. Try again.`
      : `The database file ${path} cannot be read: check that it is a SQLite file, and run this as the user of the server.`,
    { cause },
  );
}

/** The folder of the file, or the nearest one that is there and in which it can be made. */
async function writableFolder(path: string): Promise<string> {
  let folder = dirname(resolve(path));
  for (;;) {
    const found = await stat(folder).catch(() => undefined);
    if (found?.isDirectory() === true) break;
    if (found !== undefined) throw new Error(`${folder} is no folder: the database ${path} cannot be in it.`);
    folder = dirname(folder);
  }
  await access(folder, constants.W_OK).catch(() => {
    throw new Error(
      `The folder ${folder} cannot be written to by this user: SQLite needs files beside ${path}.`,
    );
  });
  return folder;
}
