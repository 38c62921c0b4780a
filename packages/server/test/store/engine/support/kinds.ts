import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { until } from '../../../torture/support/until.ts';
import { createOwnDatabase } from './own-database.ts';

/** A database that can be looked at and copied. */
export interface Copyable {
  address: string;
  /** Every table, column and index, in words that are equal when they are. */
  schema(): Promise<string>;
  rows(sql: string): Promise<unknown[]>;
  /** One more with the same in it. Nobody else may be connected. */
  copy(): Promise<Copyable>;
  drop(): Promise<void>;
}

/** Both engines, each with a way to get an empty database of its own. */
export const kinds: { name: 'SQLite' | 'PostgreSQL'; create: () => Promise<Copyable> }[] = [
  { name: 'SQLite', create: createFile },
  { name: 'PostgreSQL', create: createDatabase },
];

async function createFile(): Promise<Copyable> {
  const folder = await mkdtemp(join(tmpdir(), 'signup-migrating-'));
  const rows = (text: string): Promise<unknown[]> => {
    const file = new Database(join(folder, 'signup.db'));
    try {
      return Promise.resolve(file.prepare(text).all());
    } finally {
      file.close();
    }
  };
  return {
    address: `sqlite:${join(folder, 'signup.db')}`,
    async schema() {
      const all = await rows('select type, name, tbl_name, sql from sqlite_master order by type, name');
      return all.map((row) => JSON.stringify(row)).join('\n');
    },
    rows,
    async copy() {
      const other = await createFile();
      await cp(folder, join(other.address.slice('sqlite:'.length), '..'), { recursive: true });
      return other;
    },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function createDatabase(template?: string): Promise<Copyable> {
  const database = await createOwnDatabase(template);
  const name = new URL(database.url).pathname.slice(1);
  /** The server may still be busy with what a dead process has sent. */
  const alone = () =>
    until('nobody else is connected', async () => {
      const others = await database.query('select 1 from pg_stat_activity where datname = $1', [name]);
      return others.length === 0;
    });
  const rows = async (text: string): Promise<unknown[]> => {
    await alone();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    address: database.url,
    async schema() {
      const all = await rows(`
        select table_name || '.' || column_name as name, data_type || is_nullable || coalesce(column_default, '') as what
          from information_schema.columns where table_schema = 'public'
        union all select indexname, indexdef from pg_indexes where schemaname = 'public'
        order by 1, 2`);
      return all.map((row) => JSON.stringify(row)).join('\n');
    },
    rows,
    async copy() {
      await alone();
      return createDatabase(name);
    },
    drop: () => database.drop(),
  };
}
