import pg from 'pg';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Store } from '../../../src/ports/store.ts';
import { storeContract } from '../../../src/testing/index.ts';
import { engines, openStore, type TestDatabase } from '../../support/databases.ts';

/** Holds the store on one engine to every sentence of the contract. A file of its own for each: they run beside each other. */
export function keepsContract(engine: 'SQLite' | 'PostgreSQL'): void {
  describe.each(engines.filter(({ name }) => name === engine))('the store on $name', ({ createMigrated }) => {
    const emptied = emptiedDatabase(createMigrated);
    const cases = storeContract(async ({ leaseMs }) => {
      if (engine === 'PostgreSQL') return emptied.open(leaseMs);
      const database = await createMigrated();
      return closing(await openStore(database.address, leaseMs), database.drop);
    });
    for (const { name, run } of cases) it(name, run);
  });
}

const closing = (store: Store, afterwards: () => Promise<void>): Store => ({
  ...store,
  async close() {
    await store.close();
    await afterwards();
  },
});

/** One database for all cases, emptied after each: on PostgreSQL making one takes longer than most cases. */
function emptiedDatabase(create: () => Promise<TestDatabase>) {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await create();
  });
  afterAll(() => database?.drop());
  return {
    async open(leaseMs: number): Promise<Store> {
      const { address } = database ?? (await create());
      return closing(await openStore(address, leaseMs), () => empty(address));
    },
  };
}

/** Deletes every row but those that say which migrations were applied. */
async function empty(address: string): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables
       where schemaname = current_schema() and tablename like 'signup\\_%' and tablename <> 'signup_migrations'`,
    );
    await client.query(rows.map(({ name }) => `delete from ${name}`).join('; '));
  } finally {
    await client.end();
  }
}
