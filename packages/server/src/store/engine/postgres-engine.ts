import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { StoreUnavailableError } from '../../ports/store-errors.ts';
import type { Tables } from '../tables.ts';
import type { Engine } from './engine.ts';

/** `bigint` columns hold milliseconds and counts, far below 2^53, so they may be numbers here. */
const int8 = 20;

/** Any fixed number will do; it only has to be the same on every node. */
const migrationLock = 727_469_301;

/**
 * Connects to a PostgreSQL server. Any number of processes may share it.
 *
 * @param onLostConnection told when an idle connection dies; the pool makes a new one by itself
 */
export function openPostgres(url: string, onLostConnection: (error: Error) => void): Engine {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    application_name: 'embedded-signup-kit',
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text'),
    },
  });
  pool.on('error', onLostConnection);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });

  return {
    kind: 'postgres',
    read: db,
    async write(act) {
      try {
        return await db.transaction().execute(act);
      } catch (error) {
        // A deadlock or a serialization failure is nobody's fault: the other transaction went first, so it is our turn now.
        if (!isCollision(error)) return rethrow(error);
        return await db.transaction().execute(act).catch(rethrow);
      }
    },
    lockMigrations: async (trx) => {
      await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(trx);
    },
    databaseNow: sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
    isUniqueViolation: (error) => codeOf(error) === '23505',
    batchesInFlight: 2,
    async checkDurability() {
      const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`
        .execute(db)
        .catch(rethrow);
      if (rows[0]?.synchronous_commit === 'off') {
        throw new Error(
          'PostgreSQL runs with synchronous_commit=off, so an answered claim could be lost in a crash. ' +
            'Set it to on for this database: ALTER DATABASE … SET synchronous_commit = on.',
        );
      }
    },
    close: () => db.destroy(),
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function isCollision(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

// Classes 08 (connection), 53 (resources), 57P (shutting down), 55P03 (lock), 25006 (read only) and Node's own words.
const unavailable = /^(08|53|57P|58|55P03|25006|40001|40P01|ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_AGAIN)/;

function rethrow(error: unknown): never {
  const message = error instanceof Error ? error.message : '';
  if (
    unavailable.test(codeOf(error)) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered/.test(message)
  ) {
    throw new StoreUnavailableError(
      'PostgreSQL cannot be reached or is not ready. Nothing was written; try again.',
      {
        cause: error,
      },
    );
  }
  throw error;
}
