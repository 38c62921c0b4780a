import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Tables } from '../tables.ts';
import { openCarefulPool, ordinaryLimits, type PoolLimits } from './careful-pool.ts';
import type { Engine } from './engine.ts';
import { codeOf, isCollision, rethrow } from './postgres-errors.ts';
import { migrateAlone } from './postgres-migrating.ts';

/** Any fixed number will do; it only has to be the same on every node and in every version. */
const migrationLock = 727_469_301;

/** A migration takes as long as the tables are large. */
const migrationLimits: PoolLimits = { connections: 1, query: undefined };

const clock = sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`;

/**
 * Connects to a PostgreSQL server. Any number of processes may share it.
 *
 * @param onLostConnection told when an idle connection dies; the pool makes a new one by itself
 */
export function openPostgres(url: string, onLostConnection: (error: Error) => void): Engine {
  const connect = (limits: PoolLimits) =>
    new Kysely<Tables>({
      dialect: new PostgresDialect({ pool: openCarefulPool(url, onLostConnection, limits) }),
    });
  const db = connect(ordinaryLimits);
  // Whatever the database's default is: after waiting for a lock, a statement must see what the one before us wrote.
  const transaction = () => db.transaction().setIsolationLevel('read committed');

  return {
    kind: 'postgres',
    read: db,
    async write(act) {
      try {
        return await transaction().execute(act);
      } catch (error) {
        // A deadlock or a serialization failure is nobody's fault: the other transaction went first, so it is our turn now.
        if (!isCollision(error)) return rethrow(error);
        return await transaction().execute(act).catch(rethrow);
      }
    },
    async migrating(act) {
      const alone = connect(migrationLimits);
      try {
        return await migrateAlone(alone, migrationLock, act);
      } finally {
        await alone.destroy();
      }
    },
    lockNames: async (trx, customerIds) => {
      // The rows of unnest come in the order of the list, and each is locked before the next.
      await sql`select pg_advisory_xact_lock(hashtextextended(id, ${migrationLock}))
        from unnest(${customerIds.toSorted()}::text[]) as id`.execute(trx);
    },
    databaseNow: clock,
    async databaseTime() {
      const { rows } = await sql<{ now: number }>`select ${clock} as now`.execute(db).catch(rethrow);
      return rows[0]?.now;
    },
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
