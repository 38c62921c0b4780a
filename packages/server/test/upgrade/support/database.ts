import Database from 'better-sqlite3';
import pg from 'pg';
import type { TestDatabase } from '../../support/databases.ts';

/** Does something to a database behind the kit's back. */
export async function run({ address }: TestDatabase, text: string): Promise<void> {
  if (address.startsWith('sqlite:')) {
    const file = new Database(address.slice('sqlite:'.length), { timeout: 5_000 });
    file.exec(text);
    file.close();
    return;
  }
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query(text);
  await client.end();
}

/** Looks into a database behind the kit's back. Figures are numbers, whichever engine it is. */
export async function rowsOf<Row extends object>({ address }: TestDatabase, text: string): Promise<Row[]> {
  if (address.startsWith('sqlite:')) {
    const file = new Database(address.slice('sqlite:'.length), { timeout: 5_000 });
    const rows = file.prepare<[], Row>(text).all();
    file.close();
    return rows;
  }
  const bigint = 20;
  const types = {
    getTypeParser: (type: number): ((value: string) => unknown) =>
      type === bigint ? Number : (pg.types.getTypeParser(type, 'text') as (value: string) => unknown), // as pg documents it
  };
  const client = new pg.Client({ connectionString: address, types });
  await client.connect();
  const { rows } = await client.query<Row>(text);
  await client.end();
  return rows;
}

/** A table of the figures 1 to `count`, as `n (i)` in front of a statement. */
export const figures = (engine: string, count: number): string =>
  engine === 'SQLite'
    ? `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${count})`
    : `with n (i) as (select * from generate_series(1, ${count}))`;
