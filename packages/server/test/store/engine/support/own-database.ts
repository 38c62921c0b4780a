import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/**
 * A PostgreSQL database of one's own, not only a schema: locks of migrators, limits and connections are a database's, and
 * other tests run on the same server.
 */
export interface OwnDatabase {
  url: string;
  /** As the superuser. Rows of the last statement. */
  query(sql: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
  /** One more connection, closed with the database. */
  connect(): Promise<pg.Client>;
  drop(): Promise<void>;
}

/** Makes an empty one, or a copy of another one that nobody is connected to. */
export async function createOwnDatabase(template = 'template1'): Promise<OwnDatabase> {
  const name = `signup_${randomUUID().replaceAll('-', '')}`;
  const server = new pg.Client({ connectionString: inject('postgresUrl') });
  await server.connect();
  await server.query(`create database ${name} template ${template}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const clients: pg.Client[] = [];
  const connect = async () => {
    const client = new pg.Client({ connectionString: url.href });
    // It may be a victim of what a test does to connections.
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  };
  const isUsed = async () => {
    const { rowCount } = await server.query('select 1 from pg_stat_activity where datname = $1', [name]);
    return rowCount !== 0;
  };
  return {
    url: url.href,
    connect,
    async query(sql, parameters) {
      const { rows } = await server.query<Record<string, unknown>>(sql, parameters);
      return rows;
    },
    async drop() {
      await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
      // Those who have said goodbye may go by themselves; who stays, such as a killed process's connection, is ended.
      for (let look = 0; look < 100 && (await isUsed()); look += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await server.query(`drop database if exists ${name} with (force)`);
      await server.end();
    },
  };
}
