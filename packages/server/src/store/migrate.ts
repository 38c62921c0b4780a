import { sql, type Kysely } from 'kysely';
import { SchemaTooNewError } from '../ports/store-errors.ts';
import type { Engine } from './engine/engine.ts';
import * as firstTables from './migrations/0001-first-tables.ts';
import * as decisions from './migrations/0002-decisions-and-host-events.ts';
import type { Tables } from './tables.ts';

/** In order. A migration that has been released is never edited; the next one goes below. */
const migrations: { name: string; up: (db: Kysely<Tables>) => Promise<void> }[] = [
  { name: '0001-first-tables', up: firstTables.up },
  { name: '0002-decisions-and-host-events', up: decisions.up },
];

interface MigrationRow {
  name: string;
  applied_at: number;
}

/**
 * Brings the schema up to date, all of it or nothing. Whoever comes second waits for the first and finds
 * nothing left to do.
 *
 * @param now milliseconds UTC, kept beside each migration
 * @throws SchemaTooNewError when the database knows migrations that this version does not
 */
export async function migrate(engine: Engine, now: number): Promise<void> {
  await engine.write(async (plain) => {
    await engine.lockMigrations(plain);
    const trx = plain.withTables<{ signup_migrations: MigrationRow }>();
    await trx.schema
      .createTable('signup_migrations')
      .ifNotExists()
      .addColumn('name', 'text', (c) => c.primaryKey().notNull())
      .addColumn('applied_at', 'bigint', (c) => c.notNull())
      .execute();
    const rows = await trx.selectFrom('signup_migrations').select('name').orderBy('name').execute();
    const applied = new Set(rows.map((row) => row.name));

    const unknown = [...applied].filter((name) => !migrations.some((migration) => migration.name === name));
    if (unknown.length > 0) {
      throw new SchemaTooNewError(
        `The database was migrated by a newer version of the kit (${unknown.join(', ')}). Update this node first.`,
      );
    }
    for (const { name, up } of migrations) {
      if (applied.has(name)) continue;
      await up(plain);
      await trx.insertInto('signup_migrations').values({ name, applied_at: now }).execute();
    }
  });
}

/** Whether every migration of this version is in the database. The next version may run beside and have more. */
export async function isSchemaCurrent(engine: Engine): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`select name from signup_migrations`.execute(engine.read);
  return migrations.every(({ name }) => rows.some((row) => row.name === name));
}
