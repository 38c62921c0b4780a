import { sql, type Kysely } from 'kysely';
import { SchemaTooNewError, StoreUnavailableError } from '../ports/store-errors.ts';
import type { Engine } from './engine/engine.ts';
import * as firstTables from './migrations/0001-first-tables.ts';
import * as decisions from './migrations/0002-decisions-and-host-events.ts';
import * as accounts from './migrations/0003-accounts.ts';
import * as pool from './migrations/0004-pool.ts';
import * as numbersInService from './migrations/0005-numbers-in-service.ts';
import type { Tables } from './tables.ts';

/** In order. A migration that has been released is never edited; the next one goes below. */
const migrations: { name: string; up: (db: Kysely<Tables>, now: number) => Promise<void> }[] = [
  { name: '0001-first-tables', up: firstTables.up },
  { name: '0002-decisions-and-host-events', up: decisions.up },
  { name: '0003-accounts', up: accounts.up },
  { name: '0004-pool', up: pool.up },
  { name: '0005-numbers-in-service', up: numbersInService.up },
];

/** The names of all migrations of this version, in order. */
export const migrationNames: readonly string[] = migrations.map(({ name }) => name);

interface MigrationRow {
  name: string;
  applied_at: number;
}

/**
 * Brings the schema up to date, all of it or nothing. Whoever comes second waits for the first and finds
 * nothing left to do. Where a look shows that already, nobody waits for anything.
 *
 * @param now milliseconds UTC, kept beside each migration
 * @returns the names of what was applied, in order
 * @throws SchemaTooNewError when the database knows migrations that this version does not
 * @throws StoreUnavailableError when the database cannot be used, or others keep it for too long
 */
export async function migrate(engine: Engine, now: number): Promise<string[]> {
  const before = await lookAtMigrations(engine);
  if (before !== undefined && missingIn(before).length === 0) return [];
  return engine.migrating(async (plain) => {
    const trx = plain.withTables<{ signup_migrations: MigrationRow }>();
    await trx.schema
      .createTable('signup_migrations')
      .ifNotExists()
      .addColumn('name', 'text', (c) => c.primaryKey().notNull())
      .addColumn('applied_at', 'bigint', (c) => c.notNull())
      .execute();
    const rows = await trx.selectFrom('signup_migrations').select('name').orderBy('name').execute();
    const missing = missingIn(rows);
    for (const { name, up } of missing) {
      await up(plain, now);
      await trx.insertInto('signup_migrations').values({ name, applied_at: now }).execute();
    }
    return missing.map(({ name }) => name);
  });
}

/** Whether every migration of this version is in the database. The next version may run beside and have more. */
export async function isSchemaCurrent(engine: Engine): Promise<boolean> {
  const rows = await appliedMigrations(engine);
  return migrations.every(({ name }) => rows.some((row) => row.name === name));
}

/** What was applied, or `undefined` in a database without the table. */
async function lookAtMigrations(engine: Engine): Promise<{ name: string }[] | undefined> {
  try {
    return await engine.reading(() => appliedMigrations(engine));
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    // The engines have different words for a missing table. If it is anything else, the migrator runs into it as well.
    return undefined;
  }
}

async function appliedMigrations(engine: Engine): Promise<{ name: string }[]> {
  const { rows } = await sql<{ name: string }>`select name from signup_migrations order by name`.execute(
    engine.read,
  );
  return rows;
}

/** What is left to do, in order. @throws SchemaTooNewError */
function missingIn(applied: readonly { name: string }[]): typeof migrations {
  const unknown = applied.filter(({ name }) => !migrations.some((migration) => migration.name === name));
  if (unknown.length > 0) {
    throw new SchemaTooNewError(
      `The database was migrated by a newer version of the kit (${unknown.map(({ name }) => name).join(', ')}). Update this node first.`,
    );
  }
  return migrations.filter(({ name }) => !applied.some((row) => row.name === name));
}
