import { sql, type Kysely, type Transaction } from 'kysely';
import { StoreUnavailableError } from '../../ports/store-errors.ts';
import type { Tables } from '../tables.ts';
import { isCollision, isLockTimeout, rethrow } from './postgres-errors.ts';

/** How long one try waits for other migrators, and for tables; how long it rests; how many tries there are. Times in milliseconds. */
export interface MigratingPatience {
  turn: number;
  table: number;
  rest: number;
  tries: number;
}

/**
 * About ten minutes. A table is waited for only shortly: whoever waits for a table also stops those who come after, and a
 * running node gives up after 8 seconds. Longer than `deadlock_timeout`, so that a deadlock is called one.
 */
const usual: MigratingPatience = { turn: 4_000, table: 2_000, rest: 2_000, tries: 150 };

/**
 * Runs `act` in a transaction that no other migrator runs at the same time. What is in the way is waited for again and
 * again: another migrator, a running node with which it came into a deadlock, a long query that keeps a table.
 *
 * @param db a connection without limits of its own: the waiting is the server's
 * @param lock the number that all migrators of all versions lock
 * @throws StoreUnavailableError when that goes on for about ten minutes
 */
export async function migrateAlone<T>(
  db: Kysely<Tables>,
  lock: number,
  act: (trx: Transaction<Tables>) => Promise<T>,
  { turn, table, rest, tries }: MigratingPatience = usual,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    let isOurTurn = false;
    try {
      // Whatever the database's default is: what the last migrator wrote must be seen once its lock is free.
      return await db
        .transaction()
        .setIsolationLevel('read committed')
        .execute(async (trx) => {
          await setLocally(trx, { ...noLimits, lock_timeout: turn });
          await sql`select pg_advisory_xact_lock(${lock})`.execute(trx);
          isOurTurn = true;
          await setLocally(trx, { lock_timeout: table });
          return act(trx);
        });
    } catch (error) {
      if (!isCollision(error) && !isLockTimeout(error)) return rethrow(error);
      if (attempt === tries) throw new StoreUnavailableError(isOurTurn ? kept : others, { cause: error });
    }
    // Lets those through who came after.
    if (isOurTurn) await sql`select pg_sleep(${rest / 1_000})`.execute(db).catch(rethrow);
  }
}

const others =
  'Other nodes have been migrating this database for ten minutes. Nothing was changed here; start again when they are through.';
const kept =
  'A long query or transaction of somebody else has kept a table for ten minutes, so the schema could not be brought up to ' +
  'date. Nothing was changed. Look into pg_stat_activity, end it, and start again.';

/**
 * The role may have limits of its own. And a migrator that vanishes, machine and all, must not keep the lock for the hours
 * that the operating system gives a silent connection. Milliseconds, the keep-alives in seconds and counts.
 */
const noLimits = {
  statement_timeout: 0,
  idle_in_transaction_session_timeout: 60_000,
  tcp_keepalives_idle: 10,
  tcp_keepalives_interval: 5,
  tcp_keepalives_count: 6,
};

async function setLocally(trx: Transaction<Tables>, settings: Record<string, number>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    await sql`select set_config(${name}, ${String(value)}, true)`.execute(trx);
  }
}
