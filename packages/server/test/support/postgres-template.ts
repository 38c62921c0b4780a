import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

const migrations = new URL('../../src/store/migrations/', import.meta.url);

/** The address of one of a server's databases. */
export function postgresAddress(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs a statement on a connection of its own. */
export async function query(server: string, sql: string): Promise<void> {
  await withClient(server, (client) => client.query(sql));
}

/** Ends connections to it as well, such as those of a host that was killed. Those that are closing have a second to do so. */
export async function dropDatabase(server: string, name: string): Promise<void> {
  await withClient(server, async (client) => {
    await client.query(`do $$ begin
      for attempt in 1..200 loop
        exit when not exists (select from pg_stat_activity where datname = '${name}');
        perform pg_sleep(0.005);
        perform pg_stat_clear_snapshot();
      end loop;
    end $$`);
    await client.query(`drop database if exists ${name} with (force)`);
  });
}

let template: Promise<string> | undefined;

/**
 * A database with all tables, to be copied: that takes a quarter of the time that making the tables does. The first who asks
 * makes it, also of several processes; on a server that outlives the tests it stays, named after the migrations.
 *
 * @param migrate makes the tables
 */
export function migratedTemplate(
  server: string,
  migrate: (address: string) => Promise<void>,
): Promise<string> {
  template ??= makeTemplate(server, migrate);
  return template;
}

async function makeTemplate(server: string, migrate: (address: string) => Promise<void>): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(migrations)).sort())
    hash.update(await readFile(new URL(file, migrations)));
  const name = `signup_template_${hash.digest('hex').slice(0, 16)}`;
  await withClient(server, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('signup_template'))`);
    const known = await client.query('select from pg_database where datname = $1', [name]);
    if (known.rowCount !== 0) return;
    // Under another name until it is whole: whoever makes it may be killed.
    await client.query(`drop database if exists ${name}_new with (force)`);
    await client.query(`create database ${name}_new`);
    await migrate(postgresAddress(server, `${name}_new`));
    await client.query(`alter database ${name}_new rename to ${name}`);
  });
  return name;
}

async function withClient(server: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
