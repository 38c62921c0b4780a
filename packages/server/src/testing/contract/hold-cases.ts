import assert from 'node:assert/strict';
import type { Store } from '../../ports/store.ts';
import { leased, poolNumber, t0, wish, type ContractCase } from './contract-case.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const idsOf = (opened: { numbers: { id: string }[] }) => opened.numbers.map((number) => number.id);
const heldUntil = async (store: Store, id: string) =>
  (await store.listPool({ limit: 100 })).items.find((item) => item.id === id)?.heldUntil;
/** The same wish, so much later. */
const later = (ms: number) => ({
  now: t0 + ms,
  launchUntil: t0 + ms + hour,
  verifiedUntil: t0 + ms + hour + day,
});
const cancel = (store: Store, sessionId: string, at: number) =>
  store.recordSessionEvent({
    id: `cancel-of-${sessionId}-${at}`,
    sessionId,
    at,
    event: 'CANCEL',
    step: undefined,
    errorCode: undefined,
    errorMessage: undefined,
    metaSessionId: undefined,
    holdUntil: at + 10 * minute,
  });

/** What a store promises about a customer who comes again. */
export const holdCases: ContractCase[] = [
  {
    name: 'gives a number again only while it stays verified long enough; the hold on it ends by itself',
    async run(store) {
      const ends = poolNumber(1, { verificationExpiresAt: t0 + hour + day + 5 * minute });
      await store.mirrorPool({ numbers: [ends, poolNumber(2)], now: t0, complete: true });
      assert.deepEqual(idsOf(await store.openSession(wish('ada'))), ['1000001']);
      assert.deepEqual(idsOf(await store.openSession(wish('ada', later(4 * minute)))), ['1000001']);
      assert.deepEqual(idsOf(await store.openSession(wish('ada', later(5 * minute)))), ['1000002']);
      assert.deepEqual(idsOf(await store.openSession(wish('ada', later(6 * minute)))), ['1000002']);
      assert.equal(await heldUntil(store, '1000001'), t0 + 4 * minute + hour);
      assert.equal(await heldUntil(store, '1000002'), t0 + 6 * minute + hour);
    },
  },
  {
    name: 'gives no number rather than one that does not stay verified long enough, to whoever holds it as well',
    async run(store) {
      const ends = poolNumber(1, { verificationExpiresAt: t0 + hour + day + 1 });
      await store.mirrorPool({ numbers: [ends], now: t0, complete: true });
      assert.deepEqual(idsOf(await store.openSession(wish('ada'))), ['1000001']);
      assert.deepEqual(idsOf(await store.openSession(wish('ada', later(1)))), []);
      assert.deepEqual(idsOf(await store.openSession(wish('bob', later(2 * hour)))), []);
    },
  },
  {
    name: 'gives another number when the one that is held lapses or leaves the pool, and drains nothing when it is back',
    async run(store) {
      const [one, two, three] = [poolNumber(1), poolNumber(2), poolNumber(3)] as const;
      await store.mirrorPool({ numbers: [one, two, three], now: t0, complete: true });
      assert.deepEqual(idsOf(await store.openSession(wish('ada'))), ['1000001']);
      const lapsed = { ...one, verificationStatus: 'EXPIRED' };
      await store.mirrorPool({ numbers: [lapsed, two, three], now: t0 + 1, complete: true });
      assert.deepEqual(idsOf(await store.openSession(wish('ada', later(1)))), ['1000002']);
      await store.mirrorPool({ numbers: [lapsed, three], now: t0 + 2, complete: true });
      assert.deepEqual(idsOf(await store.openSession(wish('ada', later(2)))), ['1000003']);
      await store.mirrorPool({ numbers: [one, two, three], now: t0 + 3, complete: true });
      assert.deepEqual(idsOf(await store.openSession(wish('ada', later(3)))), ['1000001']);
      assert.deepEqual(idsOf(await store.openSession(wish('bob', later(4)))), []);
      // The holds that were not given again are over, the other is not.
      assert.deepEqual(idsOf(await store.openSession(wish('carol', { ...later(hour + 2), wanted: 3 }))), [
        '1000002',
        '1000003',
      ]);
    },
  },
  {
    name: 'fills up what a customer holds already, and gives it again in the same order',
    async run(store) {
      const numbers = [
        poolNumber(1, { verificationExpiresAt: undefined }),
        poolNumber(2, { verificationExpiresAt: t0 + 20 * day }),
        poolNumber(3, { verificationExpiresAt: t0 + 10 * day }),
      ];
      await store.mirrorPool({ numbers, now: t0, complete: true });
      assert.deepEqual(idsOf(await store.openSession(wish('ada'))), ['1000003']);
      const both = await store.openSession(wish('ada', { wanted: 3 }));
      assert.deepEqual(idsOf(both), ['1000003', '1000002', '1000001']);
      assert.deepEqual(await store.openSession(wish('ada', { wanted: 3, id: 'another' })), both);
      assert.deepEqual(idsOf(await store.openSession(wish('ada', { wanted: 1 }))), ['1000003']);
    },
  },
  {
    name: 'honours a wish for a country before the number of an earlier wish, which is left to its tab',
    async run(store) {
      const german = [poolNumber(3, { country: 'DE' }), poolNumber(4, { country: 'DE' })];
      await store.mirrorPool({ numbers: [poolNumber(1), poolNumber(2), ...german], now: t0, complete: true });
      const open = async (country: string, ms: number, over = {}) =>
        idsOf(await store.openSession(wish('ada', { ...later(ms), country, id: `tab-${country}`, ...over })));
      assert.deepEqual(await open('US', 0), ['1000001']);
      assert.deepEqual(await open('DE', 1), ['1000003']);
      // Both tabs are loaded again, and drain nothing.
      assert.deepEqual(await open('US', 2), ['1000001']);
      assert.deepEqual(await open('DE', 3), ['1000003']);
      assert.equal(await heldUntil(store, '1000001'), t0 + 2 + hour);
      assert.equal(await heldUntil(store, '1000003'), t0 + 3 + hour);
      assert.equal(await heldUntil(store, '1000002'), undefined);
      assert.equal(await heldUntil(store, '1000004'), undefined);
      assert.deepEqual(await open('DE', 4, { wanted: 3 }), ['1000003', '1000004', '1000001']);
    },
  },
  {
    name: 'gives what a customer holds rather than another number, where the wished country has none',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1), poolNumber(2)], now: t0, complete: true });
      assert.deepEqual(idsOf(await store.openSession(wish('ada'))), ['1000001']);
      assert.deepEqual(idsOf(await store.openSession(wish('ada', { country: 'DE' }))), ['1000001']);
      assert.equal(await heldUntil(store, '1000002'), undefined);
    },
  },
  {
    name: 'sets three times what a session wants aside at most, for a customer who wishes for one country after the other',
    async run(store) {
      const countries = ['AR', 'BR', 'CL', 'DE', 'ES', 'FR', 'GB'];
      const numbers = countries.map((country, n) => poolNumber(n, { country }));
      await store.mirrorPool({ numbers, now: t0, complete: true });
      const given: string[] = [];
      for (const country of [...countries, ...countries])
        given.push(...idsOf(await store.openSession(wish('ada', { country }))));
      assert.equal(given.length, 14);
      assert.equal(new Set(given).size, 3);
      const { items } = await store.listPool({ limit: 10 });
      assert.equal(items.filter((item) => item.heldBy === 'ada').length, 3);
    },
  },
  {
    name: 'sends nobody away while holds that are over wait to be given back',
    async run(store) {
      const numbers = Array.from({ length: 64 }, (_, n) => poolNumber(n));
      await store.mirrorPool({ numbers, now: t0, complete: true });
      const all = (name: string, ms: number) =>
        Promise.all(Array.from({ length: 64 }, (_, n) => store.openSession(wish(`${name}-${n}`, later(ms)))));
      assert.equal(new Set((await all('before', 0)).flatMap(idsOf)).size, 64);
      assert.equal(new Set((await all('after', hour)).flatMap(idsOf)).size, 64);
    },
  },
  {
    name: 'does not shorten a hold that a claim made longer, when its customer loads the page again',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
      await store.openSession(wish('ada'));
      const lease = await leased(store, 'ada');
      const kept = await store.keepHold({ lease, now: t0 + 1, until: t0 + 12 * hour });
      assert.equal(kept?.heldUntil, t0 + 12 * hour);
      await store.openSession(wish('ada', { id: 'another', ...later(2) }));
      assert.equal(await heldUntil(store, '1000001'), t0 + 12 * hour);
      assert.equal(await store.releaseHolds({ now: t0 + 2 * hour, limit: 10 }), 0);
      assert.deepEqual(idsOf(await store.openSession(wish('bob', later(2 * hour)))), []);
    },
  },
  {
    name: 'goes on holding for a claim what its session was given last',
    async run(store) {
      const german = poolNumber(2, { country: 'DE' });
      await store.mirrorPool({ numbers: [poolNumber(1), german], now: t0, complete: true });
      await store.openSession(wish('ada', { country: 'US' }));
      assert.deepEqual(idsOf(await store.openSession(wish('ada', { ...later(1), country: 'DE' }))), [
        '1000002',
      ]);
      const lease = await leased(store, 'ada');
      const kept = await store.keepHold({ lease, now: t0 + 2, until: t0 + 3 * hour });
      assert.equal(kept?.id, '1000002');
    },
  },
  {
    name: 'shortens on CANCEL what the session itself was given, and nothing that another tab has by now',
    async run(store) {
      const german = poolNumber(2, { country: 'DE' });
      await store.mirrorPool({ numbers: [poolNumber(1), german], now: t0, complete: true });
      await store.openSession(wish('ada', { id: 'first', country: 'US' }));
      await store.openSession(wish('ada', { id: 'second', country: 'DE' }));
      await cancel(store, 'first', t0);
      assert.equal(await heldUntil(store, '1000001'), t0 + 10 * minute);
      assert.equal(await heldUntil(store, '1000002'), t0 + hour);
      await store.openSession(wish('ada', { id: 'third', country: 'US', ...later(minute) }));
      assert.equal(await heldUntil(store, '1000001'), t0 + minute + hour);
      await cancel(store, 'first', t0 + 2 * minute);
      assert.equal(await heldUntil(store, '1000001'), t0 + minute + hour);
      await cancel(store, 'third', t0 + 3 * minute);
      assert.equal(await heldUntil(store, '1000001'), t0 + 13 * minute);
    },
  },
];
