import assert from 'node:assert/strict';
import type { Store } from '../../ports/store.ts';
import { leased, poolNumber, proof, t0, wish, type ContractCase } from './contract-case.ts';

const hour = 3_600_000;
const day = 24 * hour;
const id = '1000001';
const lateExpiry = t0 + 90 * day;

const mirror = (store: Store, now: number, ...numbers: number[]) =>
  store.mirrorPool({ numbers: numbers.map((n) => poolNumber(n)), now, complete: true });
const due = async (store: Store, now: number, limit = 10) =>
  (await store.listNumbersToCareFor({ now, limit })).map((number) => number.id);
/** Looks at every number that is due, and plans the next look. */
const careForAll = async (store: Store, now: number, careAt: number) => {
  const numbers = await store.listNumbersToCareFor({ now, limit: 100 });
  for (const number of numbers) await store.finishCare({ id: number.id, seen: number.careAt, careAt });
  return numbers;
};
/** What a store promises about looking after numbers. */
export const numberCareCases: ContractCase[] = [
  {
    name: 'has a look at a new number to take at once, and the next one when its time has come',
    async run(store) {
      await mirror(store, t0, 1, 2, 3);
      assert.deepEqual((await due(store, t0)).toSorted(), ['1000001', '1000002', '1000003']);
      assert.equal((await due(store, t0, 2)).length, 2);
      await store.finishCare({ id: '1000001', seen: undefined, careAt: t0 + 3 * hour });
      await store.finishCare({ id: '1000002', seen: undefined, careAt: t0 + 2 * hour });
      assert.deepEqual(await due(store, t0 + hour), ['1000003']);
      await store.finishCare({ id: '1000003', seen: undefined, careAt: t0 + 4 * hour });
      assert.deepEqual(await due(store, t0 + 2 * hour - 1), []);
      assert.deepEqual(await due(store, t0 + 2 * hour), ['1000002']);
      assert.deepEqual(await due(store, t0 + 9 * hour), ['1000002', '1000001', '1000003']);
      assert.deepEqual(await due(store, t0 + 9 * hour, 1), ['1000002']);
    },
  },
  {
    name: 'looks after no number that has left the pool or is claimed',
    async run(store) {
      await mirror(store, t0, 1, 2, 3);
      await store.markNumberGone({ id: '1000002', now: t0 + 1 });
      await store.openSession(wish('ada'));
      const lease = await leased(store, 'ada');
      assert.equal(await proof(store, lease, '777', id), 'saved');
      assert.deepEqual(await due(store, t0 + 90 * day), ['1000003']);
      const [number] = await store.listNumbersToCareFor({ now: t0, limit: 10 });
      assert.equal(number?.phoneNumber, '+15550100003');
      assert.equal(number.firstSeenAt, t0);
      assert.equal(number.toldStage, undefined);
    },
  },
  {
    name: 'has a look to take when Meta says something new, and not when it says the same again',
    async run(store) {
      await mirror(store, t0, 1, 2);
      await careForAll(store, t0, t0 + 7 * day);
      await mirror(store, t0 + 1, 1, 2);
      assert.deepEqual(await due(store, t0 + 2), []);
      const renewed = poolNumber(1, { verificationExpiresAt: lateExpiry });
      await store.mirrorPool({ numbers: [renewed], now: t0 + 3, complete: false });
      assert.deepEqual(await due(store, t0 + 3), [id]);
      await careForAll(store, t0 + 4, t0 + 7 * day);
      await store.keepNumber({ number: renewed, now: t0 + 5 });
      assert.deepEqual(await due(store, t0 + 5), [id]);
    },
  },
  {
    name: 'does not put a look off when there was news while it went on',
    async run(store) {
      await mirror(store, t0, 1, 2);
      // One is new, the other has been looked at before.
      await store.finishCare({ id: '1000002', seen: undefined, careAt: t0 + hour });
      const looked = await store.listNumbersToCareFor({ now: t0 + hour, limit: 10 });
      assert.deepEqual(looked.map((number) => number.id).toSorted(), ['1000001', '1000002']);
      for (const n of [1, 2]) {
        const number = poolNumber(n, { verificationExpiresAt: lateExpiry });
        await store.keepNumber({ number, now: t0 + hour + n });
      }
      for (const { id: one, careAt } of looked)
        await store.finishCare({ id: one, seen: careAt, careAt: t0 + 7 * day });
      assert.deepEqual((await due(store, t0 + 2 * hour)).toSorted(), ['1000001', '1000002']);
    },
  },
  {
    name: 'has a look to take at once where a clock that was ahead planned it for later than 8 days from now',
    async run(store) {
      await mirror(store, t0, 1, 2, 3);
      await store.finishCare({ id, seen: undefined, careAt: t0 + 30 * day });
      await store.finishCare({ id: '1000002', seen: undefined, careAt: t0 + 7 * day });
      await store.finishCare({ id: '1000003', seen: undefined, careAt: t0 });
      assert.deepEqual(await due(store, t0), ['1000003', id]);
      assert.deepEqual(await due(store, t0, 1), ['1000003']);
      assert.deepEqual(await due(store, t0 + 23 * day), ['1000003', '1000002']);
      await store.finishCare({ id, seen: t0 + 30 * day, careAt: t0 + day });
      assert.deepEqual(await due(store, t0), ['1000003']);
    },
  },
  {
    name: 'plans no look twice: who comes late changes nothing',
    async run(store) {
      await mirror(store, t0, 1);
      const [first] = await store.listNumbersToCareFor({ now: t0, limit: 1 });
      await store.finishCare({ id, seen: first?.careAt, careAt: t0 + hour });
      await store.finishCare({ id, seen: first?.careAt, careAt: t0 + 9 * hour });
      assert.deepEqual(await due(store, t0 + hour), [id]);
      await store.finishCare({ id: '404', seen: undefined, careAt: t0 });
    },
  },
];
