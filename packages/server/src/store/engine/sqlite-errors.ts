import Database from 'better-sqlite3';
import { StoreUnavailableError } from '../../ports/store-errors.ts';

/** SQLite's word for an error, such as `SQLITE_BUSY`; empty for any other error. */
export function codeOf(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}

/** Whether another connection has the lock. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

/** @throws StoreUnavailableError when the file cannot be used now, and otherwise the error itself */
export function rethrow(error: unknown): never {
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
