import assert from 'node:assert/strict';
import type { Store } from '../../ports/store.ts';
import { leased, poolNumber, proof, t0, wish, type ContractCase } from './contract-case.ts';

const hour = 3_600_000;
const day = 24 * hour;
const id = '1000001';

const fill = (store: Store, count = 1) =>
  store.mirrorPool({
    numbers: Array.from({ length: count }, (_, n) => poolNumber(n + 1)),
    now: t0,
    complete: true,
  });
const idsOf = (opened: { numbers: { id: string }[] }) => opened.numbers.map((number) => number.id);
const withhold = (store: Store, over: Partial<Parameters<Store['withholdNumber']>[0]> = {}) =>
  store.withholdNumber({ id, now: t0 + 1, until: t0 + hour, force: false, ...over });
const at = (now: number) => ({ now, launchUntil: now + hour, verifiedUntil: now + hour + day });

/** What a store promises about a number that is set aside for nobody, while it is being deleted. */
export const withholdCases: ContractCase[] = [
  {
    name: 'gives a number that is set aside for nobody to no customer, until it is given back',
    async run(store) {
      await fill(store);
      assert.equal(await withhold(store), 'withheld');
      assert.deepEqual(idsOf(await store.openSession(wish('ada', at(t0 + 2)))), []);
      await store.releaseNumber({ id, now: t0 + 3 });
      assert.deepEqual(idsOf(await store.openSession(wish('ada', at(t0 + 4)))), [id]);
    },
  },
  {
    name: 'gives it to customers again once its time is over, and once only',
    async run(store) {
      await fill(store);
      await withhold(store);
      assert.equal(await store.releaseHolds({ now: t0 + hour - 1, limit: 10 }), 0);
      assert.deepEqual(idsOf(await store.openSession(wish('ada', at(t0 + hour)))), [id]);
      assert.deepEqual(idsOf(await store.openSession(wish('bob', at(t0 + hour)))), []);
    },
  },
  {
    name: 'sets no number aside that a customer holds, and one whose hold is over',
    async run(store) {
      await fill(store);
      await store.openSession(wish('ada'));
      assert.equal(await withhold(store), 'held');
      assert.deepEqual(idsOf(await store.openSession(wish('ada', at(t0 + 2)))), [id]);
      const over = t0 + 2 + hour;
      assert.equal(await withhold(store, { now: over, until: over + hour }), 'withheld');
      assert.deepEqual(idsOf(await store.openSession(wish('ada', at(over + 1)))), []);
    },
  },
  {
    name: 'ends a hold when it must, remembers it, and gives its customer another number',
    async run(store) {
      await fill(store, 2);
      assert.deepEqual(idsOf(await store.openSession(wish('ada'))), [id]);
      assert.equal(await withhold(store, { force: true }), 'withheld');
      assert.deepEqual(idsOf(await store.openSession(wish('ada', at(t0 + 2)))), ['1000002']);
      const found = await store.findPoolNumber({ phoneNumber: '+15550100001', customerId: 'ada' });
      assert.equal(found?.heldByCustomer, true);
      // A hold that has ended is nobody's any more: the number can be held anew.
      await store.releaseNumber({ id, now: t0 + 3 });
      assert.deepEqual(idsOf(await store.openSession(wish('bob', at(t0 + 4)))), [id]);
    },
  },
  {
    name: 'attaches no number to a claim that was set aside for nobody',
    async run(store) {
      await fill(store);
      await store.openSession(wish('ada'));
      const lease = await leased(store, 'ada');
      await withhold(store, { force: true });
      assert.equal(await store.keepHold({ lease, now: t0 + 2, until: t0 + day }), undefined);
      assert.equal((await store.findNumber(id))?.heldUntil, t0 + hour);
    },
  },
  {
    name: 'does not shorten it when the customer who held it cancels',
    async run(store) {
      await fill(store);
      await store.openSession(wish('ada'));
      await withhold(store, { force: true, until: t0 + day });
      await store.recordSessionEvent({
        id: 'e1',
        sessionId: 'session-of-ada',
        at: t0 + 2,
        event: 'CANCEL',
        step: undefined,
        errorCode: undefined,
        errorMessage: undefined,
        metaSessionId: undefined,
        holdUntil: t0 + 3,
      });
      assert.equal((await store.findNumber(id))?.heldUntil, t0 + day);
    },
  },
  {
    name: 'leaves a claimed number to its claim, and one that it does not know alone',
    async run(store) {
      await fill(store);
      await store.openSession(wish('ada'));
      const lease = await leased(store, 'ada');
      assert.equal(await proof(store, lease, '777', id), 'saved');
      assert.equal(await withhold(store), 'claimed');
      assert.equal(await withhold(store, { force: true }), 'withheld');
      const number = await store.findNumber(id);
      assert.deepEqual([number?.claimId, number?.claimedBy], [lease.claimId, 'ada']);
      assert.equal(await withhold(store, { id: '404' }), 'missing');
      await store.releaseNumber({ id, now: t0 + 3 });
      assert.equal((await store.findNumber(id))?.claimId, lease.claimId);
    },
  },
  {
    name: 'gives no customer’s number back who holds it',
    async run(store) {
      await fill(store);
      await store.openSession(wish('ada'));
      await store.releaseNumber({ id, now: t0 + 1 });
      assert.equal((await store.findNumber(id))?.heldBy, 'ada');
      assert.deepEqual(idsOf(await store.openSession(wish('bob'))), []);
    },
  },
  {
    name: 'never both gives a number and sets it aside, when a customer and an operator come at once',
    async run(store) {
      await fill(store, 24);
      const outcomes = await Promise.all(
        Array.from({ length: 24 }, async (_, n) => {
          const numberId = String(1_000_001 + n);
          const opening = store.openSession(wish(`customer-${n}`));
          const withheld = await withhold(store, { id: numberId });
          return { numberId, withheld, given: idsOf(await opening) };
        }),
      );
      const given = outcomes.flatMap((outcome) => outcome.given);
      assert.equal(new Set(given).size, given.length, 'a number was given twice');
      for (const { numberId, withheld } of outcomes) {
        const number = await store.findNumber(numberId);
        if (given.includes(numberId)) assert.match(number?.heldBy ?? '', /^customer-/);
        assert.equal(given.includes(numberId), withheld === 'held', numberId);
      }
    },
  },
];
