import type { Engine } from './engine/engine.ts';
import { openPostgres } from './engine/postgres-engine.ts';
import { openSqlite } from './engine/sqlite-engine.ts';

/** What opening a database needs. */
export interface OpenDatabaseDeps {
  sleep: (ms: number) => Promise<void>;
  onLostConnection: (error: Error) => void;
}

/**
 * Opens the database that an address names: `sqlite:./data/signup.db`, `sqlite::memory:` or `postgres://…`.
 *
 * @throws StoreUnavailableError when a SQLite file cannot be opened
 */
export function openDatabase(address: string, deps: OpenDatabaseDeps): Engine {
  return address.startsWith('sqlite:')
    ? openSqlite(address.slice('sqlite:'.length), deps)
    : openPostgres(address, deps.onLostConnection);
}
