import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { StoreUnavailableError } from '../../ports/store-errors.ts';
import type { Tables } from '../tables.ts';
import type { Engine } from './engine.ts';
import { sqliteDialect } from './sqlite-driver.ts';

/** The first SQLite without the bug that could corrupt a WAL shared by several connections. */
const oldestSafe = [3, 51, 3];

/**
 * Opens a SQLite file, making its folder if need be. One connection writes; another reads, so that a list
 * never waits for a write.
 *
 * @param path a file's path, or `:memory:`
 * @throws StoreUnavailableError when the file cannot be opened
 */
export function openSqlite(path: string, deps: { sleep: (ms: number) => Promise<void> }): Engine {
  const inMemory = path === ':memory:';
  const open = () => {
    // While opening, SQLite itself waits for others who are opening the same new file; nothing else runs yet.
    const database = new Database(path, { timeout: 2_000 });
    database.pragma('journal_mode = WAL');
    // Said aloud because better-sqlite3 is compiled so that WAL falls to NORMAL, which loses commits when the power goes.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // From here on nobody waits inside SQLite, because that stops the event loop: the driver waits outside.
    database.pragma('busy_timeout = 0');
    return database;
  };
  const connect = () => {
    try {
      if (!inMemory) mkdirSync(dirname(path), { recursive: true });
      const writer = open();
      return { writer, reader: inMemory ? writer : open() };
    } catch (cause) {
      throw new StoreUnavailableError(
        isBusy(cause)
          ? `The database file ${path} is locked by another process. Try again.`
          : `The database file ${path} cannot be opened: check that it is a SQLite file, and that its folder can be written to.`,
        { cause },
      );
    }
  };
  const { writer, reader } = connect();
  const dialectDeps = { ...deps, isBusy };
  const write = new Kysely<Tables>({ dialect: sqliteDialect(writer, dialectDeps) });
  const read = inMemory ? write : new Kysely<Tables>({ dialect: sqliteDialect(reader, dialectDeps) });

  return {
    kind: 'sqlite',
    read,
    write: (act) => write.transaction().execute(act).catch(rethrow),
    reading: (act) => act().catch(rethrow),
    // `begin immediate` has let only one in already.
    lockMigrations: () => Promise.resolve(),
    lockNames: () => Promise.resolve(),
    databaseNow: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
    isUniqueViolation: (error) =>
      ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(codeOf(error)),
    batchesInFlight: 1,
    checkDurability: () => {
      const version = writer.prepare<[], { v: string }>('select sqlite_version() as v').get()?.v ?? '0.0.0';
      if (isOlder(version, oldestSafe)) {
        throw new Error(
          `The SQLite inside better-sqlite3 is ${version}; ${oldestSafe.join('.')} or newer is needed.`,
        );
      }
      if (writer.pragma('synchronous', { simple: true }) !== 2) {
        throw new Error('SQLite does not keep synchronous=FULL; a commit could be lost when the power goes.');
      }
      return Promise.resolve();
    },
    async close() {
      await Promise.all([write.destroy(), read.destroy()]);
      // Kysely closes a connection only if it has ever used it.
      for (const database of [writer, reader]) if (database.open) database.close();
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}

function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

function rethrow(error: unknown): never {
  const message = error instanceof Error ? error.message : '';
  if (/already been destroyed|database connection is not open/.test(message)) {
    throw new StoreUnavailableError('The database is closed: the server is shutting down.', { cause: error });
  }
  if (/^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|PROTOCOL|NOMEM)/.test(codeOf(error))) {
    throw new StoreUnavailableError(
      'The database file is locked, full or unreachable. Nothing was confirmed; try again.',
      {
        cause: error,
      },
    );
  }
  throw error;
}

function isOlder(version: string, than: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of than.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}
