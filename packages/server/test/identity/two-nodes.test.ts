import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityStanding, nobody, type IdentityEvidence } from '../../src/domain/customer-identity.ts';
import type { Store } from '../../src/ports/store.ts';
import { createStore } from '../../src/store/create-store.ts';
import type { Engine } from '../../src/store/engine/engine.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { systemRandom } from '../../src/system/system-random.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { chanceOf, type Chance } from '../support/chance.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';

const rounds = process.env['TEST_LONG'] === '1' ? 400 : 40;
const seed = Number(process.env['TEST_SEED'] ?? 20_261_121);
const phoneNumberId = '777';
const customers = 60;

describe.each(engines)('two nodes that hear of the same customers at once, on $name', ({ create }) => {
  let database: TestDatabase;
  let nodes: Store[] = [];
  /** What any transaction of theirs ended with, before anybody tried it again. */
  let failures: unknown[] = [];

  /** A node whose failures are noted where they happen: above that, what failed is done again. */
  const openNode = (address: string): Store => {
    const engine = openDatabase(address, {
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onLostConnection: (error) => void failures.push(error),
    });
    const noting: Engine = {
      ...engine,
      write: (act) =>
        engine.write(async (trx) => {
          try {
            return await act(trx);
          } catch (error) {
            failures.push(error);
            throw error;
          }
        }),
    };
    return createStore({
      engine: noting,
      scope: { appId: '1', businessId: '2' },
      now: () => t0,
      defer: (run) => void setImmediate(run),
      leaseMs: 60_000,
      newId: systemRandom.id,
      destinations: () => ['handler'],
    });
  };

  beforeEach(async () => {
    failures = [];
    database = await create();
    await (await openStore(database.address)).close();
    nodes = [openNode(database.address), openNode(database.address)];
  });
  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await database.drop();
  });

  it('never wait for each other, and tell the host of each change once', async () => {
    const chance = chanceOf(seed);
    for (let round = 0; round < rounds; round += 1) {
      // Each round has new customers beside known ones, and everything is heard on both nodes, in an order of their own.
      const some = shuffled(
        chance,
        Array.from({ length: 20 }, () => seen(chance, chance.below(customers) + round)),
      );
      await Promise.all(
        nodes.flatMap((node) =>
          cut(chance, shuffled(chance, some)).map((evidence) => node.recordIdentities({ now: t0, evidence })),
        ),
      );
      const who = String(4_915_100_000_000 + round);
      await Promise.all(
        nodes.map((node, n) =>
          node.trustIdentity({ phoneNumberId, waId: who, now: t0 + round, who: `node ${n}` }),
        ),
      );
    }
    expect(failures, `seed ${seed}`).toEqual([]);

    const [node] = nodes;
    const events = (await node?.leaseHostEvents({ now: t0, limit: 10_000 })) ?? [];
    const told = new Map<unknown, number>();
    for (const { event } of events) told.set(event.data['waId'], (told.get(event.data['waId']) ?? 0) + 1);
    for (let n = rounds; n < customers + rounds; n += 1) {
      const waId = String(4_915_100_000_000 + n);
      const { standing } = identityStanding((await node?.findIdentity({ phoneNumberId, waId })) ?? nobody);
      expect(told.get(waId) ?? 0, `seed ${seed}, customer ${waId}`).toBe(standing === 'changed' ? 1 : 0);
    }
    expect(told.size, `seed ${seed}`).toBeGreaterThan(10);
  }, 60_000);

  it('never wait for each other when hundreds of customers are new, and each node hears of them from another end', async () => {
    const chance = chanceOf(seed);
    const bothHear = async (...heard: IdentityEvidence[][]) => {
      await Promise.all(nodes.map((node, n) => node.recordIdentities({ now: t0, evidence: heard[n] ?? [] })));
    };
    for (let round = 1; round <= 6; round += 1) {
      const all = Array.from({ length: 900 }, (_, n) => seen(chance, round * 1_000 + n));
      await bothHear(all, all.toReversed());
      // Half of them are known by now.
      const more = all.map((_, n) => seen(chance, round * 1_000 + 450 + n));
      await bothHear(more.toReversed(), more);
    }
    expect(failures).toEqual([]);
  }, 60_000);
});

const seen = (chance: Chance, n: number): IdentityEvidence => ({
  kind: 'seen',
  phoneNumberId,
  waId: String(4_915_100_000_000 + n),
  hash: `hash-${chance.below(30) === 0 ? 'b' : 'a'}`,
  at: t0 + chance.below(1_000) * 1_000,
  messageId: `wamid.${chance.below(1_000)}`,
});

/** Webhooks of a few changes each. */
function cut(chance: Chance, all: readonly IdentityEvidence[]): IdentityEvidence[][] {
  const half = 1 + chance.below(all.length - 1);
  return [all.slice(0, half), all.slice(half)];
}

function shuffled<T>(chance: Chance, all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, place: chance.below(1_000_000) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ one }) => one);
}
