import type { Database, Statement } from 'better-sqlite3';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { createTurns } from './sqlite-turns.ts';
import { waitForLock, type LockWaits } from './sqlite-lock.ts';

/** What the driver needs beside the file. */
export interface SqliteDriverDeps {
  /** Called once before the first query: makes the connection ready. */
  prepare: () => Promise<void>;
  sleep: (ms: number) => Promise<void>;
  isBusy: (error: unknown) => boolean;
  waits: LockWaits;
}

/**
 * A Kysely dialect over one better-sqlite3 connection. Unlike Kysely's own it begins immediately (a deferred
 * transaction that first reads and then writes fails at once when another process wrote in between), keeps prepared
 * statements, and waits for a foreign lock without stopping the event loop.
 */
export function sqliteDialect(database: Database, deps: SqliteDriverDeps): Dialect {
  return {
    createDriver: () => createDriver(database, deps),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TransactionalSqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** SQLite can roll back a change of the schema; Kysely's adapter just does not rely on it. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function createDriver(database: Database, deps: SqliteDriverDeps): Driver {
  const connection = createConnection(database);
  const turns = createTurns();
  let isHeld = false;

  return {
    init: deps.prepare,
    async acquireConnection() {
      await turns.take();
      return connection;
    },
    async beginTransaction() {
      const waitingSince = turns.waiting();
      try {
        await waitForLock(() => database.exec('begin immediate'), {
          ...deps,
          // Known to be held for long: whoever comes now is told soon.
          ms: isHeld ? deps.waits.whileHeld : deps.waits.first,
        });
        isHeld = false;
      } catch (error) {
        if (deps.isBusy(error)) {
          isHeld = true;
          // They have waited for at least as long, and would now wait in vain one after the other.
          turns.refuseFirst(waitingSince, error);
        }
        throw error;
      }
    },
    commitTransaction: async (on) => void (await on.executeQuery(CompiledQuery.raw('commit'))),
    rollbackTransaction: () => {
      // A failed commit (disk full, I/O error) has already been rolled back by SQLite itself.
      if (database.inTransaction) database.exec('rollback');
      return Promise.resolve();
    },
    releaseConnection: () => {
      turns.pass();
      return Promise.resolve();
    },
    destroy: () => {
      database.close();
      return Promise.resolve();
    },
  };
}

/** Enough for every statement of the kit; batches of 64 sizes make the most of them. */
const statementsKept = 512;

function createConnection(database: Database): DatabaseConnection {
  const statements = new Map<string, Statement>();
  const prepare = (sql: string): Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    if (statements.size >= statementsKept) statements.clear();
    statements.set(sql, statement);
    return statement;
  };

  return {
    executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      try {
        const statement = prepare(sql);
        if (statement.reader) {
          // The row type is the query's, which Kysely knows and better-sqlite3 does not.
          return Promise.resolve({ rows: statement.all(...parameters) as Row[] });
        }
        return Promise.resolve({ rows: [], numAffectedRows: BigInt(statement.run(...parameters).changes) });
      } catch (error) {
        return Promise.reject(error);
      }
    },
    streamQuery() {
      throw new Error('sqliteDialect: streaming is not needed here; page with a cursor');
    },
  };
}
