import { Kysely, PostgresDialect, sql } from 'kysely';
import { StoreUnavailableError } from '../../ports/store-errors.ts';
import type { Tables } from '../tables.ts';
import { openCarefulPool } from './careful-pool.ts';
import type { Engine } from './engine.ts';

/** Any fixed number will do; it only has to be the same on every node. */
const migrationLock = 727_469_301;

/**
 * Connects to a PostgreSQL server. Any number of processes may share it.
 *
 * @param onLostConnection told when an idle connection dies; the pool makes a new one by itself
 */
export function openPostgres(url: string, onLostConnection: (error: Error) => void): Engine {
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: openCarefulPool(url, onLostConnection) }),
  });

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
    lockNames: async (trx, customerIds) => {
      for (const id of customerIds.toSorted()) {
        await sql`select pg_advisory_xact_lock(hashtextextended(${id}, ${migrationLock}))`.execute(trx);
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
    reading: (act) => act().catch(rethrow),
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
const unavailable = /^(08|53|57|58|55P03|25006|40001|40P01|ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_AGAIN)/;

// pg says these without a code.
const lost =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered|Query read timeout|already been destroyed|Cannot use a pool after/;

function rethrow(error: unknown): never {
  const message = error instanceof Error ? error.message : '';
  if (unavailable.test(codeOf(error)) || lost.test(message)) {
    throw new StoreUnavailableError(
      'PostgreSQL cannot be reached or is not ready. Nothing was confirmed; try again.',
      {
        cause: error,
      },
    );
  }
  throw error;
}
