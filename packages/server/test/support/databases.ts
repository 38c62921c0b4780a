import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { HostEventDestination } from '../../src/ports/host-events.ts';
import type { Store } from '../../src/ports/store.ts';
import { createStore } from '../../src/store/create-store.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { systemRandom } from '../../src/system/system-random.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';

/** An empty database of its own, of one kind. */
export interface TestDatabase {
  /** For `openDatabase` and for the option `database`. */
  address: string;
  drop(): Promise<void>;
}

/** Both engines, each with a way to get an empty database. */
export const engines: { name: string; create: () => Promise<TestDatabase> }[] = [
  {
    name: 'SQLite',
    async create() {
      const folder = await mkdtemp(join(tmpdir(), 'signup-test-'));
      return {
        address: `sqlite:${join(folder, 'signup.db')}`,
        drop: () => rm(folder, { recursive: true, force: true }),
      };
    },
  },
  {
    name: 'PostgreSQL',
    async create() {
      const server = inject('postgresUrl');
      const schema = `signup_${randomUUID().replaceAll('-', '')}`;
      await query(server, `create schema ${schema}`);
      const url = new URL(server);
      url.searchParams.set('options', `-c search_path=${schema}`);
      return {
        address: url.href,
        drop: () => query(server, `drop schema if exists ${schema} cascade`),
      };
    },
  },
];

async function query(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A migrated store on a database, as one node would open it. */
export async function openStore(
  address: string,
  leaseMs = 60_000,
  destinations: readonly HostEventDestination[] = ['handler'],
  scope = { appId: '1', businessId: '2' },
): Promise<Store> {
  const engine = openDatabase(address, {
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onLostConnection: (error) => {
      throw error;
    },
  });
  const store = createStore({
    engine,
    scope,
    now: () => t0,
    defer: (run) => void setImmediate(run),
    leaseMs,
    newId: systemRandom.id,
    destinations: () => destinations,
  });
  try {
    await store.migrate();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}
