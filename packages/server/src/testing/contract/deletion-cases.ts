import assert from 'node:assert/strict';
import { t0, wish, type ContractCase } from './contract-case.ts';
import { at, fill, heldOf, idsOf, refusal, tried, withhold } from './withhold-cases.ts';

const hour = 3_600_000;
const day = 24 * hour;
const id = '1000001';

/** What a store promises about deletions of one number that know nothing of each other. */
export const deletionCases: ContractCase[] = [
  {
    name: 'sets a number aside for one deletion at a time, whoever asks, and gives it back for that one only',
    async run(store) {
      await fill(store);
      const first = await withhold(store);
      for (const force of [false, true])
        assert.deepEqual(await tried(store, { now: t0 + 2, until: t0 + day, force }), {
          withheld: false,
          why: 'being_deleted',
          until: first.until,
        });
      const second = await withhold(store, { now: first.until, until: first.until + hour });
      await store.releaseNumber({ ...first, now: first.until + 1 });
      await store.doubtNumber(first);
      assert.equal(await refusal(store, { now: first.until + 1, until: t0 + day }), 'being_deleted');
      await store.releaseNumber({ ...second, now: first.until + 2 });
      assert.deepEqual(await heldOf(store), [undefined, undefined]);
    },
  },
  {
    name: 'leaves a number set aside whose deletion is in doubt, lets the next one begin at once, and gives it back for none',
    async run(store) {
      await fill(store);
      await store.openSession(wish('ada'));
      const first = await withhold(store, { force: true });
      await store.doubtNumber(first);
      // The same end as before, as two have who come in one millisecond.
      for (let n = 2; n < 5; n += 1) {
        const next = await withhold(store, { now: t0 + n });
        assert.notEqual(next.until, first.until);
        assert.equal(await refusal(store, { now: t0 + n, force: true }), 'being_deleted');
        await store.releaseNumber({ ...first, now: t0 + n });
        assert.deepEqual(await heldOf(store), ['', next.until]);
        await store.releaseNumber({ ...next, now: t0 + n });
        assert.deepEqual(await heldOf(store), ['', first.until]);
        assert.deepEqual(idsOf(await store.openSession(wish('bob', at(t0 + n)))), []);
      }
      assert.deepEqual(idsOf(await store.openSession(wish('bob', at(first.until)))), [id]);
      // Nothing of it is left for a deletion that begins anew.
      const later = t0 + day;
      const last = await withhold(store, { now: later, until: later + hour });
      await store.releaseNumber({ ...last, now: later + 1 });
      assert.deepEqual(await heldOf(store), [undefined, undefined]);
    },
  },
  {
    name: 'gives a number back once the doubt of an earlier deletion is over',
    async run(store) {
      await fill(store);
      const first = await withhold(store);
      await store.doubtNumber(first);
      const second = await withhold(store, { now: first.until - 1, until: t0 + day });
      await store.releaseNumber({ ...second, now: first.until });
      assert.deepEqual(idsOf(await store.openSession(wish('ada', at(first.until)))), [id]);
    },
  },
];
