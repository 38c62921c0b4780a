import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityStanding, nobody } from '../../src/domain/customer-identity.ts';
import type { Store } from '../../src/ports/store.ts';
import { createStore } from '../../src/store/create-store.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { systemRandom } from '../../src/system/system-random.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';

const customer = { phoneNumberId: '777', waId: '16505551234' };

describe.each(engines)('apps and businesses that share a database, on $name', ({ create }) => {
  let database: TestDatabase;
  let stores: Store[] = [];
  const open = (appId: string, businessId: string) =>
    createStore({
      engine: openDatabase(database.address, {
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        onLostConnection: () => undefined,
      }),
      scope: { appId, businessId },
      now: () => t0,
      defer: (run) => void setImmediate(run),
      leaseMs: 60_000,
      newId: systemRandom.id,
      destinations: () => ['handler'],
    });
  beforeEach(async () => {
    database = await create();
    await (await openStore(database.address)).close();
    stores = [open('1', '2'), open('3', '2'), open('1', '4')];
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  });

  const hear = (store: Store | undefined, hash: string, at: number) =>
    store?.recordIdentities({
      now: t0,
      evidence: [{ kind: 'seen', ...customer, hash, at, messageId: `wamid.${hash}` }],
    });
  const standing = async (store: Store) => identityStanding((await store.findIdentity(customer)) ?? nobody);

  it('know nothing of each other’s customers, and are not told of their changes', async () => {
    for (const [n, store] of stores.entries()) await hear(store, `hash-${n}`, t0 + n * 1000);
    await stores[0]?.trustIdentity({ ...customer, now: t0 + 9_000, who: 'ann' });
    for (const [n, store] of stores.entries()) {
      expect(await standing(store)).toMatchObject({ standing: 'known', hash: `hash-${n}` });
      expect((await store.findIdentity(customer))?.trustedBy).toBe(n === 0 ? 'ann' : undefined);
      expect(await store.leaseHostEvents({ now: t0, limit: 10 })).toEqual([]);
    }
    await hear(stores[1], 'another', t0 + 10_000);
    expect(await Promise.all(stores.map(async (store) => (await standing(store)).standing))).toEqual([
      'known',
      'changed',
      'known',
    ]);
    const told = await Promise.all(stores.map((store) => store.leaseHostEvents({ now: t0, limit: 10 })));
    expect(told.map(({ length }) => length)).toEqual([0, 1, 0]);
  });
});
