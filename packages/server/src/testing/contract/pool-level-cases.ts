import assert from 'node:assert/strict';
import type { Store } from '../../ports/store.ts';
import { leased, poolNumber, proof, t0, wish, type ContractCase } from './contract-case.ts';

const hour = 3_600_000;
const day = 24 * hour;

const mirror = (store: Store, now: number, ...numbers: ReturnType<typeof poolNumber>[]) =>
  store.mirrorPool({ numbers, now, complete: true });
const warn = (store: Store, over: Partial<Parameters<Store['warnOfLowPool']>[0]> = {}) =>
  store.warnOfLowPool({
    now: t0,
    verifiedUntil: t0 + day + hour,
    levels: [{ country: 'US', low: 2 }],
    ...over,
  });
const told = async (store: Store) => {
  const leases = await store.leaseHostEvents({ now: t0 + 100 * day, limit: 100 });
  return leases.map(({ event }) => [
    event.type,
    event.data['country'],
    event.data['free'],
    event.data['low'],
  ]);
};
const us = (free: number) => [{ country: 'US', free }];

/** What a store promises about a pool that runs out. */
export const poolLevelCases: ContractCase[] = [
  {
    name: 'remembers countries, each once, whoever notes them',
    async run(store) {
      assert.deepEqual(await store.listCountries(), []);
      await store.noteCountries(['US', 'DE', 'US']);
      await store.noteCountries([]);
      await Promise.all(Array.from({ length: 8 }, () => store.noteCountries(['DE', 'BR', ''])));
      assert.deepEqual(await store.listCountries(), ['', 'BR', 'DE', 'US']);
    },
  },
  {
    name: 'counts what could be given to a customer now, and nothing else',
    async run(store) {
      const numbers = [
        poolNumber(1),
        poolNumber(2, { verificationExpiresAt: undefined }),
        poolNumber(3, { verificationExpiresAt: t0 + day + hour }),
        poolNumber(4, { verificationStatus: 'NOT_VERIFIED' }),
        poolNumber(5, { country: 'DE' }),
        poolNumber(6, { country: undefined }),
        poolNumber(7),
        poolNumber(8),
        poolNumber(9),
      ];
      await mirror(store, t0, ...numbers);
      // One is held, one claimed, one deleted, one set aside for nobody.
      await store.openSession(wish('ada', { country: 'US' }));
      const lease = await leased(store, 'ada');
      assert.equal(await proof(store, lease, '777', '1000007'), 'saved');
      await store.markNumberGone({ id: '1000008', now: t0 });
      await store.withholdNumber({ id: '1000009', now: t0, until: t0 + hour, force: false });
      const levels = ['US', 'DE', 'FR', ''].map((country) => ({ country, low: 9 }));
      assert.deepEqual(await warn(store, { levels }), [
        { country: 'US', free: 1 },
        { country: 'DE', free: 1 },
        { country: 'FR', free: 0 },
        { country: '', free: 1 },
      ]);
      assert.deepEqual(await store.listCountries(), ['', 'DE', 'FR', 'US']);
    },
  },
  {
    name: 'tells the host where there are too few, and says nothing where there are enough',
    async run(store) {
      await mirror(store, t0, poolNumber(1), poolNumber(2), poolNumber(3, { country: 'DE' }));
      const levels = [
        { country: 'US', low: 2 },
        { country: 'DE', low: 2 },
        { country: 'FR', low: 0 },
        { country: '', low: 1 },
      ];
      assert.deepEqual(await warn(store, { levels }), [
        { country: 'DE', free: 1 },
        { country: '', free: 0 },
      ]);
      const events = await told(store);
      assert.equal(events.length, 2);
      for (const event of [
        ['poolLow', 'DE', 1, 2],
        ['poolLow', undefined, 0, 1],
      ]) {
        const isSame = (other: unknown[]) => JSON.stringify(other) === JSON.stringify(event);
        assert.ok(events.some(isSame), JSON.stringify(events));
      }
    },
  },
  {
    name: 'tells the host once while there are too few, however long and whoever asks',
    async run(store) {
      await mirror(store, t0, poolNumber(1));
      const said = await Promise.all(Array.from({ length: 12 }, () => warn(store)));
      assert.deepEqual(new Set(said.map((low) => JSON.stringify(low))), new Set([JSON.stringify(us(1))]));
      assert.deepEqual(await warn(store, { now: t0 + 40 * day, verifiedUntil: t0 + 41 * day }), us(0));
      assert.equal((await told(store)).length, 1);
    },
  },
  {
    name: 'tells the host again only when there were enough in between and a day has passed',
    async run(store) {
      const [one, two] = [poolNumber(1), poolNumber(2)] as const;
      await mirror(store, t0, one);
      assert.deepEqual(await warn(store), us(1));
      await mirror(store, t0 + 1, one, two);
      assert.deepEqual(await warn(store, { now: t0 + hour }), []);
      await mirror(store, t0 + 2, one);
      // A hold that comes and goes is no news.
      assert.deepEqual(await warn(store, { now: t0 + 2 * hour }), us(1));
      assert.deepEqual(await told(store), [['poolLow', 'US', 1, 2]]);
      assert.deepEqual(await warn(store, { now: t0 + day - 1 }), us(1));
      assert.deepEqual(await told(store), []);
      assert.deepEqual(await warn(store, { now: t0 + day }), us(1));
      assert.deepEqual(await warn(store, { now: t0 + 9 * day }), us(1));
      assert.deepEqual(await told(store), [['poolLow', 'US', 1, 2]]);
    },
  },
];
