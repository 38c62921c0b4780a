import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityStanding, nobody, type IdentityEvidence } from '../../src/domain/customer-identity.ts';
import type { Store } from '../../src/ports/store.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { chanceOf } from '../support/chance.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import {
  happenings,
  plainIdentities,
  type Happening,
  type PlainCustomer,
} from './support/plain-identities.ts';

const isLong = process.env['TEST_LONG'] === '1';
const seeds = isLong ? [1, 2, 3, 4, 5, 6, 7, 8] : [Number(process.env['TEST_SEED'] ?? 20_261_121)];
const count = 10_000;

describe.each(engines)('10,000 shuffled and repeated events about who customers are, on $name', (engine) => {
  let database: TestDatabase;
  let stores: Store[] = [];
  beforeEach(async () => {
    database = await engine.createMigrated();
    stores = [await openStore(database.address), await openStore(database.address)];
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  });

  const runs = seeds.flatMap((seed) => [
    { seed, count, where: 'both nodes' },
    { seed, count: isLong ? count : 2_000, where: 'one of the nodes' },
  ]);
  it.each(runs)(
    'end as a plain model says, and the host is told as often, where it hears of them by $where (seed $seed)',
    async ({ seed, where, count: size }) => {
      let late = 0;
      const hearsOfBoth = where === 'both nodes';
      if (!hearsOfBoth) stores.push(await openStore(database.address, 60_000, []));
      const nodes = hearsOfBoth ? stores : stores.slice(1);
      const all = happenings(chanceOf(seed), size, t0);
      const expected = plainIdentities(all);
      const chance = chanceOf(seed + 1);
      for (const [n, batch] of inBatches(all, () => 1 + chance.below(120)).entries()) {
        // Of a change that somebody has vouched for since nobody is told, so it is told before.
        if (!hearsOfBoth && batch[0]?.what === 'vouched') late += await tellAll(stores[0]);
        await hear(nodes[n % nodes.length], batch);
      }
      late += await tellAll(stores[0]);
      expect(late > 0, `seed ${seed}`).toBe(!hearsOfBoth);
      const told = await toldBy(stores[0]);
      const found = await Promise.all(expected.map((customer) => asFound(stores[1], customer, told)));
      expect(found, `seed ${seed}`).toEqual(expected);
      // It is about something: each standing is there, and the host was told, of some more than once.
      const standings = new Set(expected.map(({ standing }) => standing.standing));
      expect(standings.size, `seed ${seed}`).toBe(3);
      expect(Math.max(...expected.map((customer) => customer.told)), `seed ${seed}`).toBeGreaterThan(1);
    },
    60_000,
  );
});

/** Cuts the happenings into webhooks; somebody who vouches stands alone. */
function inBatches(all: readonly Happening[], size: () => number): Happening[][] {
  const batches: Happening[][] = [];
  let batch: Happening[] = [];
  let room = size();
  for (const happening of all) {
    if (batch.length >= room || happening.what === 'vouched' || batch.at(-1)?.what === 'vouched') {
      batches.push(batch);
      batch = [];
      room = size();
    }
    batch.push(happening);
  }
  return [...batches, batch].filter(({ length }) => length > 0);
}

async function hear(store: Store | undefined, batch: readonly Happening[]): Promise<void> {
  const evidence: IdentityEvidence[] = [];
  for (const happening of batch) {
    const { phoneNumberId, waId, at } = happening;
    if (happening.what === 'vouched') {
      await store?.trustIdentity({ phoneNumberId, waId, now: at, who: 'ann' });
    } else if (happening.what === 'seen') {
      const { hash, messageId } = happening;
      evidence.push({ kind: 'seen', phoneNumberId, waId, hash, at, messageId });
    } else {
      evidence.push({ kind: 'mismatch', phoneNumberId, waId, at, messageId: happening.messageId });
    }
  }
  if (evidence.length > 0) await store?.recordIdentities({ now: t0, evidence });
}

/** Tells of all changes that were noted where nobody hears of them; answers with how many. */
async function tellAll(store: Store | undefined): Promise<number> {
  let told = 0;
  // More than there are: what is told again and again must not go on for ever.
  for (let round = 0; round < 100; round += 1) {
    const some = (await store?.tellOfUnheardChanges({ now: t0, limit: 100 })) ?? 0;
    if (some === 0) break;
    told += some;
  }
  return told;
}

/** How often the host is told of each customer. */
async function toldBy(store: Store | undefined): Promise<Map<string, number>> {
  const told = new Map<string, number>();
  for (;;) {
    const leases = (await store?.leaseHostEvents({ now: t0, limit: 500 })) ?? [];
    if (leases.length === 0) return told;
    for (const { event } of leases) {
      expect(event.type).toBe('identityChanged');
      const name = nameOf(event.data);
      told.set(name, (told.get(name) ?? 0) + 1);
    }
  }
}

async function asFound(
  store: Store | undefined,
  { phoneNumberId, waId }: PlainCustomer,
  told: ReadonlyMap<string, number>,
): Promise<PlainCustomer> {
  const identity = await store?.findIdentity({ phoneNumberId, waId });
  const standing = identityStanding(identity ?? nobody);
  return { phoneNumberId, waId, standing, told: told.get(nameOf({ phoneNumberId, waId })) ?? 0 };
}

const nameOf = ({ phoneNumberId, waId }: Readonly<Record<string, unknown>>): string =>
  `${String(phoneNumberId)}/${String(waId)}`;
