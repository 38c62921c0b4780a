import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { StoreUnavailableError } from '../../ports/store-errors.ts';
import type { Tables } from '../tables.ts';
import type { Engine } from './engine.ts';
import { sqliteDialect } from './sqlite-driver.ts';
import { codeOf, isBusy, rethrow } from './sqlite-errors.ts';
import { requestWaits, startWaits, waitForLock, type LockWaits } from './sqlite-lock.ts';

/** The first SQLite without the bug that could corrupt a WAL shared by several connections. */
export const oldestSafe: readonly number[] = [3, 51, 3];

/** What a log that grew while somebody read for long is cut to when it begins anew. Bytes. */
const walKept = 64 * 1024 * 1024;

/**
 * Opens a SQLite file, making its folder if need be. One connection writes; another reads, so that a list
 * never waits for a write. Both are made ready by the first query, which may wait for other processes.
 *
 * @param path a file's path, or `:memory:`
 * @throws StoreUnavailableError when the file cannot be opened; the first query throws it when it is no SQLite file
 */
export function openSqlite(path: string, deps: { sleep: (ms: number) => Promise<void> }): Engine {
  const inMemory = path === ':memory:';
  const open = () => {
    try {
      if (!inMemory) mkdirSync(dirname(path), { recursive: true });
      // Nobody waits inside SQLite, because that stops the event loop: the driver waits outside.
      return new Database(path, { timeout: 0 });
    } catch (cause) {
      throw cannotOpen(path, cause);
    }
  };
  const connect = (database: Database.Database, waits: LockWaits) =>
    new Kysely<Tables>({
      dialect: sqliteDialect(database, {
        ...deps,
        isBusy,
        waits,
        prepare: () =>
          waitForLock(() => prepare(database), { ...deps, isBusy, ms: startWaits.first }).catch(
            (cause: unknown) => {
              throw cannotOpen(path, cause);
            },
          ),
      }),
    });
  const writer = open();
  const reader = inMemory ? writer : open();
  const write = connect(writer, requestWaits);
  const read = inMemory ? write : connect(reader, requestWaits);

  return {
    kind: 'sqlite',
    read,
    write: (act) => write.transaction().execute(act).catch(rethrow),
    async migrating(act) {
      // What is in memory belongs to one connection.
      if (inMemory) return write.transaction().execute(act);
      const alone = connect(open(), startWaits);
      try {
        // `begin immediate` lets only one in.
        return await alone.transaction().execute(act).catch(explained);
      } finally {
        await alone.destroy();
      }
    },
    reading: (act) => act().catch(rethrow),
    lockNames: () => Promise.resolve(),
    databaseNow: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
    databaseTime: () => Promise.resolve(undefined),
    isUniqueViolation: (error) =>
      ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(codeOf(error)),
    batchesInFlight: 1,
    async checkDurability() {
      const { rows } = await sql<{ v: string }>`select sqlite_version() as v`.execute(write).catch(rethrow);
      const version = rows[0]?.v ?? '0.0.0';
      if (isOlder(version, oldestSafe)) {
        throw new Error(
          `The SQLite inside better-sqlite3 is ${version}; ${oldestSafe.join('.')} or newer is needed.`,
        );
      }
      if (writer.pragma('synchronous', { simple: true }) !== 2) {
        throw new Error('SQLite does not keep synchronous=FULL; a commit could be lost when the power goes.');
      }
    },
    async close() {
      await Promise.all([write.destroy(), read.destroy()]);
      // Kysely closes a connection only if it has ever used it.
      for (const database of [writer, reader]) if (database.open) database.close();
    },
  };
}

/** In WAL mode already, none of this needs a lock; a new file is locked for a moment by whoever comes first. */
function prepare(database: Database.Database): void {
  database.pragma('journal_mode = WAL');
  // Said aloud because better-sqlite3 is compiled so that WAL falls to NORMAL, which loses commits when the power goes.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma(`journal_size_limit = ${walKept}`);
}

function cannotOpen(path: string, cause: unknown): StoreUnavailableError {
  return new StoreUnavailableError(
    isBusy(cause)
      ? `The database file ${path} is locked by another process. Try again.`
      : `The database file ${path} cannot be opened: check that it is a SQLite file, and that its folder can be written to.`,
    { cause },
  );
}

function explained(cause: unknown): never {
  if (!isBusy(cause)) return rethrow(cause);
  throw new StoreUnavailableError(
    'Another process has kept the lock of the database file for a minute, so its schema could not be brought up to date. ' +
      'Nothing was changed. If that process still migrates, start again; if not, find and end it.',
    { cause },
  );
}

/** Whether a version such as `3.51.2` comes before another one. */
export function isOlder(version: string, than: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of than.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}
