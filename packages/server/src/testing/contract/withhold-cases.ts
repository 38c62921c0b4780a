import assert from 'node:assert/strict';
import type { Store } from '../../ports/store.ts';
import { leased, poolNumber, proof, t0, wish, type ContractCase } from './contract-case.ts';

const hour = 3_600_000;
const day = 24 * hour;
const id = '1000001';

/** The first numbers of the pool. */
export const fill = (store: Store, count = 1) =>
  store.mirrorPool({
    numbers: Array.from({ length: count }, (_, n) => poolNumber(n + 1)),
    now: t0,
    complete: true,
  });
/** What a session was given. */
export const idsOf = (opened: { numbers: { id: string }[] }) => opened.numbers.map((number) => number.id);
/** Asks for a deletion of the first number to begin. */
export const tried = (store: Store, over: Partial<Parameters<Store['withholdNumber']>[0]> = {}) =>
  store.withholdNumber({ id, now: t0 + 1, until: t0 + hour, force: false, ...over });
/** Begins a deletion: what tells it from others. */
export const withhold = async (store: Store, over: Parameters<typeof tried>[1] = {}) => {
  const said = await tried(store, over);
  assert.ok(said.withheld, JSON.stringify(said));
  return { id: over.id ?? id, until: said.until };
};
/** Why one may not begin; `undefined`: it has. */
export const refusal = async (store: Store, over: Parameters<typeof tried>[1] = {}) => {
  const said = await tried(store, over);
  return said.withheld ? undefined : said.why;
};
/** Whose the first number is, and until when. */
export const heldOf = async (store: Store) => {
  const number = await store.findNumber(id);
  return [number?.heldBy, number?.heldUntil];
};
/** A session of an hour that is opened then. */
export const at = (now: number) => ({ now, launchUntil: now + hour, verifiedUntil: now + hour + day });

const cancel = (store: Store, over: { sessionId: string; holdUntil: number }) =>
  store.recordSessionEvent({
    id: `cancel-${over.sessionId}`,
    at: t0 + 2,
    event: 'CANCEL',
    step: undefined,
    errorCode: undefined,
    errorMessage: undefined,
    metaSessionId: undefined,
    ...over,
  });

/** What a store promises about a number that is set aside for nobody, while it is being deleted. */
export const withholdCases: ContractCase[] = [
  {
    name: 'gives a number that is set aside for nobody to no customer, until it is given back',
    async run(store) {
      await fill(store);
      const deletion = await withhold(store);
      assert.deepEqual(idsOf(await store.openSession(wish('ada', at(t0 + 2)))), []);
      await store.releaseNumber({ ...deletion, now: t0 + 3 });
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
      assert.deepEqual(await tried(store), { withheld: false, why: 'held', until: t0 + hour });
      assert.deepEqual(idsOf(await store.openSession(wish('ada', at(t0 + 2)))), [id]);
      const over = t0 + 2 + hour;
      await withhold(store, { now: over, until: over + hour });
      assert.deepEqual(idsOf(await store.openSession(wish('ada', at(over + 1)))), []);
    },
  },
  {
    name: 'takes a number from its customer when it must, remembers it, gives them another one, and leaves it to them afterwards',
    async run(store) {
      await fill(store, 2);
      assert.deepEqual(idsOf(await store.openSession(wish('ada'))), [id]);
      const deletion = await withhold(store, { force: true });
      assert.deepEqual(idsOf(await store.openSession(wish('ada', at(t0 + 2)))), ['1000002']);
      const found = await store.findPoolNumber({ phoneNumber: '+15550100001', customerId: 'ada' });
      assert.equal(found?.heldByCustomer, true);
      await store.releaseNumber({ ...deletion, now: t0 + 3 });
      assert.deepEqual(await heldOf(store), ['ada', t0 + hour]);
      assert.deepEqual(idsOf(await store.openSession(wish('bob', at(t0 + 4)))), []);
      assert.deepEqual(idsOf(await store.openSession(wish('ada', at(t0 + 5)))), [id]);
      // And their hold ends as if nothing had been.
      const over = t0 + 5 + hour;
      assert.deepEqual(idsOf(await store.openSession(wish('bob', at(over)))), [id]);
    },
  },
  {
    name: 'leaves it to the claim of its customer as well',
    async run(store) {
      await fill(store);
      await store.openSession(wish('ada'));
      const lease = await leased(store, 'ada');
      const deletion = await withhold(store, { force: true });
      await store.releaseNumber({ ...deletion, now: t0 + 2 });
      assert.equal((await store.keepHold({ lease, now: t0 + 3, until: t0 + day }))?.id, id);
    },
  },
  {
    name: 'gives it to others when the time of its customer was over meanwhile, or when they had cancelled',
    async run(store) {
      await fill(store);
      for (const cancelled of [false, true]) {
        const from = t0 + (cancelled ? day : 0);
        await store.openSession(wish('ada', { ...at(from), id: `session-${from}` }));
        const deletion = await withhold(store, { now: from + 1, until: from + 2 * hour, force: true });
        if (cancelled) await cancel(store, { sessionId: `session-${from}`, holdUntil: from + 3 });
        const now = cancelled ? from + 3 : from + hour;
        await store.releaseNumber({ ...deletion, now });
        assert.deepEqual(await heldOf(store), [undefined, undefined]);
        assert.deepEqual(idsOf(await store.openSession(wish('bob', at(now)))), [id]);
        await store.releaseHolds({ now: now + hour, limit: 10 });
      }
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
      await cancel(store, { sessionId: 'session-of-ada', holdUntil: t0 + 3 });
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
      assert.equal(await refusal(store), 'claimed');
      const deletion = await withhold(store, { force: true });
      const number = await store.findNumber(id);
      assert.deepEqual([number?.claimId, number?.claimedBy], [lease.claimId, 'ada']);
      assert.equal(await refusal(store, { id: '404' }), 'missing');
      await store.doubtNumber(deletion);
      await store.releaseNumber({ ...deletion, now: t0 + 3 });
      assert.equal((await store.findNumber(id))?.claimId, lease.claimId);
    },
  },
  {
    name: 'gives no customer’s number back who holds it',
    async run(store) {
      await fill(store);
      await store.openSession(wish('ada'));
      await store.doubtNumber({ id, until: t0 + hour });
      await store.releaseNumber({ id, now: t0 + 1, until: t0 + hour });
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
          const withheld = await refusal(store, { id: numberId });
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
