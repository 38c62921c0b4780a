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
const told = async (store: Store) => {
  const leases = await store.leaseHostEvents({ now: t0 + 100 * day, limit: 100 });
  const events = leases.map(({ event }) => event);
  return events.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1));
};

/** What a store promises about looking after numbers, and about telling the host of them. */
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
      await careForAll(store, t0, t0 + 40 * day);
      await mirror(store, t0 + 1, 1, 2);
      assert.deepEqual(await due(store, t0 + 2), []);
      const renewed = poolNumber(1, { verificationExpiresAt: lateExpiry });
      await store.mirrorPool({ numbers: [renewed], now: t0 + 3, complete: false });
      assert.deepEqual(await due(store, t0 + 3), [id]);
      await careForAll(store, t0 + 4, t0 + 40 * day);
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
        await store.finishCare({ id: one, seen: careAt, careAt: t0 + 40 * day });
      assert.deepEqual((await due(store, t0 + 2 * hour)).toSorted(), ['1000001', '1000002']);
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
  {
    name: 'tells of the end of a verification once for each stage, and anew for a new end',
    async run(store) {
      await mirror(store, t0, 1);
      const tell = (stage: 45 | 14 | 3 | 0, expiresAt: number, now: number) =>
        store.tellOfExpiry({ id, now, expiresAt, stage });
      const end = t0 + 44 * day;
      assert.equal(await tell(45, end, t0), true);
      assert.equal(await tell(45, end, t0 + 1), false);
      assert.equal(await tell(14, end, t0 + 30 * day), true);
      assert.equal(await tell(45, end, t0 + 30 * day), false);
      assert.equal(await tell(14, end, t0 + 31 * day), false);
      const [cared] = await store.listNumbersToCareFor({ now: t0 + 31 * day, limit: 1 });
      assert.deepEqual([cared?.toldExpiry, cared?.toldStage], [end, 14]);
      assert.equal(await tell(0, end, end), true);
      assert.equal(await tell(3, end, end), false);
      assert.equal(await tell(45, end + 90 * day, end + 50 * day), true);
      const events = await told(store);
      assert.deepEqual(
        events.map((event) => [event.type, event.claimId, event.data['stage'], event.data['daysLeft']]),
        [
          ['numberExpiring', undefined, 45, 44],
          ['numberExpiring', undefined, 14, 14],
          ['numberExpiring', undefined, 0, 0],
          ['numberExpiring', undefined, 45, 40],
        ],
      );
      const [first] = events;
      assert.equal(first?.occurredAt, new Date(t0).toISOString());
      assert.equal(first.data['expiresAt'], new Date(end).toISOString());
      const number = first.data['number'] as Record<string, unknown>; // what the store put there
      assert.deepEqual([number['id'], number['phoneNumber']], [id, '+15550100001']);
    },
  },
  {
    name: 'tells once however many ask at once, and of each stage once',
    async run(store) {
      await mirror(store, t0, 1, 2);
      const end = t0 + 14 * day;
      const said = await Promise.all(
        Array.from({ length: 24 }, (_, n) =>
          store.tellOfExpiry({ id: n % 2 === 0 ? id : '1000002', now: t0, expiresAt: end, stage: 14 }),
        ),
      );
      assert.equal(said.filter((isNews) => isNews).length, 2);
      const dropped = await Promise.all(
        Array.from({ length: 24 }, () => store.tellOfUnverified({ id, now: t0, droppedAt: end })),
      );
      assert.equal(dropped.filter((isNews) => isNews).length, 1);
      assert.deepEqual((await told(store)).map(({ type }) => type).toSorted(), [
        'numberExpiring',
        'numberExpiring',
        'numberUnverified',
      ]);
    },
  },
  {
    name: 'tells of a number that was never verified once, and for good',
    async run(store) {
      await mirror(store, t0, 1);
      const droppedAt = t0 + 90 * day;
      const now = t0 + 75 * day;
      assert.equal(await store.tellOfUnverified({ id, now, droppedAt }), true);
      assert.equal(await store.tellOfUnverified({ id, now: now + 1, droppedAt }), false);
      await mirror(store, now + 2, 1);
      assert.equal(await store.tellOfUnverified({ id, now: now + 3, droppedAt }), false);
      const [event, ...others] = await told(store);
      assert.deepEqual(others, []);
      assert.equal(event?.type, 'numberUnverified');
      assert.deepEqual(
        [event.data['droppedAt'], event.data['daysLeft']],
        [new Date(droppedAt).toISOString(), 15],
      );
      const [cared] = await store.listNumbersToCareFor({ now, limit: 1 });
      assert.equal(cared?.toldUnverifiedAt, now);
    },
  },
  {
    name: 'tells of no number that has left the pool, is claimed, or was never there',
    async run(store) {
      await mirror(store, t0, 1, 2);
      await store.openSession(wish('ada'));
      const lease = await leased(store, 'ada');
      assert.equal(await proof(store, lease, '777', id), 'saved');
      await store.markNumberGone({ id: '1000002', now: t0 + 1 });
      for (const one of [id, '1000002', '404']) {
        const by = { id: one, now: t0 + 2 };
        assert.equal(await store.tellOfExpiry({ ...by, expiresAt: t0 + day, stage: 3 }), false);
        assert.equal(await store.tellOfUnverified({ ...by, droppedAt: t0 + day }), false);
      }
      assert.deepEqual(await told(store), []);
    },
  },
];
