import { describe, it } from 'vitest';
import { storeContract } from '../../../src/testing/index.ts';
import { engines, openStore } from '../../support/databases.ts';

/** Holds the store on one engine to every sentence of the contract. A file of its own for each: they run beside each other. */
export function keepsContract(engine: 'SQLite' | 'PostgreSQL'): void {
  describe.each(engines.filter(({ name }) => name === engine))('the store on $name', ({ createMigrated }) => {
    const cases = storeContract(async ({ leaseMs }) => {
      const database = await createMigrated();
      const store = await openStore(database.address, leaseMs);
      return {
        ...store,
        async close() {
          await store.close();
          await database.drop();
        },
      };
    });
    for (const { name, run } of cases) it(name, run);
  });
}
