import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityStanding, nobody, type IdentityEvidence } from '../../src/domain/customer-identity.ts';
import type { IdentityCursor } from '../../src/ports/identity-store.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Engine } from '../../src/store/engine/engine.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { chanceOf } from '../support/chance.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { openNode, type Node } from './support/two-kinds-of-nodes.ts';

const rounds = process.env['TEST_LONG'] === '1' ? 300 : 30;
const seed = Number(process.env['TEST_SEED'] ?? 20_261_121);
const phoneNumberId = '777';
const customers = 40;
const waIdOf = (n: number) => String(4_915_100_000_000 + n);

describe.each(engines)('customers who are forgotten while others hear of them, on $name', (engine) => {
  let database: TestDatabase;
  let nodes: Node[] = [];
  /** What any transaction ended with, before anybody tried it again. */
  let failures: unknown[] = [];
  const noting = (inner: Engine): Engine => ({
    ...inner,
    write: (act) =>
      inner.write(async (trx) => {
        try {
          return await act(trx);
        } catch (error) {
          failures.push(error);
          throw error;
        }
      }),
  });
  beforeEach(async () => {
    failures = [];
    database = await engine.createMigrated();
    nodes = [['handler'] as const, ['handler'] as const, []].map((destinations) =>
      openNode(database.address, destinations, noting),
    );
  });
  afterEach(async () => {
    await Promise.all(nodes.map(({ store }) => store.close()));
    await database.drop();
  });

  const seen = (n: number, hash: string, at: number): IdentityEvidence => ({
    kind: 'seen',
    phoneNumberId,
    waId: waIdOf(n),
    hash,
    at: t0 + at * 1000,
    messageId: `wamid.${at}`,
  });
  const removeAll = async (store: Store, before: number) => {
    let after: IdentityCursor | undefined;
    do ({ next: after } = await store.removeIdentities({ before, limit: 7, after }));
    while (after !== undefined);
  };

  it('make nobody fail and nobody wait, and are known again by what is heard afterwards', async () => {
    const chance = chanceOf(seed);
    const [first, second, deaf] = nodes.map(({ store }) => store);
    if (first === undefined || second === undefined || deaf === undefined)
      throw new Error('a node is missing');
    const all = Array.from({ length: customers }, (_, n) => n);
    for (let round = 1; round <= rounds; round += 1) {
      const hear = (store: Store, order: readonly number[]) =>
        store.recordIdentities({
          now: t0,
          evidence: order.map((n) =>
            seen(n, chance.below(9) === 0 ? 'b' : 'a', round * 10 + chance.below(9)),
          ),
        });
      await Promise.all([
        hear(first, all),
        hear(second, all.toReversed()),
        hear(deaf, all),
        ...Array.from({ length: 8 }, () =>
          first.forgetIdentity({ phoneNumberId, waId: waIdOf(chance.below(customers)), now: t0, who: 'ann' }),
        ),
        ...Array.from({ length: 3 }, () =>
          second.trustIdentity({ phoneNumberId, waId: waIdOf(chance.below(customers)), now: t0, who: 'ann' }),
        ),
        first.tellOfUnheardChanges({ now: t0, limit: 10 }),
        second.tellOfUnheardChanges({ now: t0, limit: 10 }),
        removeAll(second, t0 + (round - 1) * 10_000),
      ]);
    }
    // A node that finds a customer gone begins anew; nothing else ever fails.
    const others = failures.filter(
      (error) => !(error instanceof Error && error.name === 'IdentityGoneError'),
    );
    expect(others, `seed ${seed}`).toEqual([]);

    await removeAll(first, Number.MAX_SAFE_INTEGER);
    for (const n of all) {
      expect(await second.findIdentity({ phoneNumberId, waId: waIdOf(n) }), `seed ${seed}`).toBeUndefined();
    }
    await deaf.recordIdentities({ now: t0, evidence: all.map((n) => seen(n, 'c', 1)) });
    for (const n of all) {
      const identity = await second.findIdentity({ phoneNumberId, waId: waIdOf(n) });
      expect(identityStanding(identity ?? nobody)).toEqual({
        standing: 'known',
        hash: 'c',
        seenAt: t0 + 1000,
      });
    }
  }, 60_000);

  /** A node on which something happens before each query of a transaction. */
  const slowNode = (before: () => unknown): Node => {
    const slow = openNode(database.address, ['handler'], (inner) => ({
      ...inner,
      write: (act) =>
        inner.write((trx) =>
          act(
            new Proxy(trx, {
              get(target, name) {
                const value: unknown = Reflect.get(target, name, target);
                if (name !== 'getExecutor' || typeof value !== 'function') {
                  return typeof value === 'function' ? value.bind(target) : value;
                }
                return () => {
                  const executor: object = value.call(target);
                  return delayed(executor, before);
                };
              },
            }),
          ),
        ),
    }));
    nodes.push(slow);
    return slow;
  };

  it('are heard of anew by a webhook that found them known a moment ago', async () => {
    let meanwhile: (() => Promise<unknown>) | undefined;
    const slow = slowNode(() => meanwhile?.());
    await slow.store.recordIdentities({ now: t0, evidence: [seen(1, 'a', 1)] });
    let queries = 0;
    meanwhile = async () => {
      queries += 1;
      // SQLite lets nobody in between.
      if (queries !== 3 || engine.name === 'SQLite') return;
      await nodes[0]?.store.forgetIdentity({ phoneNumberId, waId: waIdOf(1), now: t0, who: 'ann' });
    };
    await slow.store.recordIdentities({ now: t0, evidence: [seen(1, 'b', 2)] });
    expect(queries).toBeGreaterThan(2);
    const identity = await slow.store.findIdentity({ phoneNumberId, waId: waIdOf(1) });
    expect(identity?.seen?.hash).toBe('b');
    // Forgotten: the older hash is no news of anybody.
    expect(identityStanding(identity ?? nobody).standing).toBe(
      engine.name === 'SQLite' ? 'changed' : 'known',
    );
  });

  it.each([1, 2])('are not kept by whoever vouches for them at this moment (%i)', async (query) => {
    let meanwhile: (() => Promise<unknown>) | undefined;
    const slow = slowNode(() => meanwhile?.());
    const whom = { phoneNumberId, waId: waIdOf(1), now: t0 };
    await slow.store.recordIdentities({ now: t0, evidence: [seen(1, 'a', 1)] });
    let queries = 0;
    const forget = () => nodes[0]?.store.forgetIdentity({ ...whom, who: 'ann' });
    meanwhile = async () => {
      queries += 1;
      // SQLite lets nobody in between.
      if (queries === query && engine.name !== 'SQLite') await forget();
    };
    const late = await slow.store.trustIdentity({ ...whom, who: 'bob', changeId: 'AAAAAAAAAAAAAAAA' });
    expect(late.outcome).toBe('another_change');
    meanwhile = undefined;
    const isForgotten = queries >= query && engine.name !== 'SQLite';
    expect((await slow.store.findIdentity(whom)) === undefined).toBe(isForgotten);
    expect(queries).toBeGreaterThan(0);
  });
});

/** The executor, with something that happens before each of its queries. */
function delayed(executor: object, before: () => unknown): object {
  return new Proxy(executor, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name !== 'executeQuery') return value.bind(target);
      return async (...args: unknown[]) => {
        await before();
        return Reflect.apply(value, target, args);
      };
    },
  });
}
