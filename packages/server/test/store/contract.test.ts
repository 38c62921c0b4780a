import { describe, it } from 'vitest';
import { storeContract } from '../../src/testing/index.ts';
import { engines, openStore } from '../support/databases.ts';

describe.each(engines)('the store on $name', ({ create }) => {
  const cases = storeContract(async ({ leaseMs }) => {
    const database = await create();
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
