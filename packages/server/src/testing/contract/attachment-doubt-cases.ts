import assert from 'node:assert/strict';
import type { WorkLease } from '../../ports/records.ts';
import type { Store } from '../../ports/store.ts';
import {
  attachment,
  decided,
  fill,
  given,
  id,
  needsOperator,
  opened,
  outcomeOf,
  retried,
} from './attachment-world.ts';
import { poolNumber, t0, type ContractCase } from './contract-case.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const attempt = { objectId: id, kind: 'attach' } as const;

/** Meta is asked to put the number on the account. */
const asked = (store: Store, lease: WorkLease, now: number) =>
  store.spendAttempt({ lease, now, ...attempt, since: t0 - day, budget: 9 });

/** What a store promises about a number that Meta was asked to put on an account, when nobody knows what came of it. */
export const attachmentDoubtCases: ContractCase[] = [
  {
    name: 'offers a number that may be on an account to nobody, whoever ends its claim, until Meta’s list can say',
    async run(store) {
      await fill(store);
      for (const [n, how] of (['dismissed', 'ended'] as const).entries()) {
        const begun = t0 + n * day;
        const lease = await opened(store, how, { now: begun, heldUntil: begun + day });
        assert.deepEqual(await asked(store, lease, begun + 1), { allowed: true });
        await store.decide(decided(`attached-${how}`, begun + 2, how));
        assert.equal((await store.findNumber(id))?.heldBy, '');
        assert.deepEqual(await given(store, 'bob', begun + 3), []);
        assert.equal(await outcomeOf(store, 'y', { now: begun + 4, heldUntil: begun + hour }), 'held');
        const later = begun + 10 * minute + 3;
        await store.releaseHolds({ now: later, limit: 10 });
        assert.deepEqual(await given(store, how, later), [id]);
        await store.releaseHolds({ now: later + 2 * hour, limit: 10 });
      }
    },
  },
  {
    name: 'leaves such a number to a claim that may be tried again, and gives it back at once where Meta surely refused',
    async run(store) {
      await fill(store);
      const lease = await opened(store);
      await asked(store, lease, t0 + 1);
      await store.finishStep(needsOperator(lease, true));
      assert.equal((await store.findNumber(id))?.heldBy, attachment().sessionId);
      assert.deepEqual(await given(store, 'bob', t0 + 3), []);
      await store.decide(decided('attached-x', t0 + 4, 'dismissed'));
      await store.releaseHolds({ now: t0 + hour, limit: 10 });

      const refused = await opened(store, 'refused', { now: t0 + day, heldUntil: t0 + 2 * day });
      await asked(store, refused, t0 + day + 1);
      await store.returnAttempt({ lease: refused, ...attempt });
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0 + day + 1, complete: true });
      await store.decide(decided('attached-refused', t0 + day + 2, 'dismissed'));
      assert.deepEqual(await given(store, 'bob', t0 + day + 3), [id]);
    },
  },
  {
    name: 'keeps that an answer was lost when Meta surely refuses the next attempt, after an operator had the claim tried again',
    async run(store) {
      await fill(store);
      for (const [n, exact] of [true, false].entries()) {
        const begun = t0 + n * day;
        const name = `tried-${n}`;
        const lease = await opened(store, name, { now: begun, heldUntil: begun + day });
        assert.deepEqual(await asked(store, lease, begun + 1), { allowed: true });
        await store.finishStep({ ...needsOperator(lease, true), now: begun + 2 });
        await store.decide(retried(`attached-${name}`, begun + 3));
        const [again] = await store.leaseWork({ now: begun + 3, limit: 1 });
        assert.ok(again);
        assert.deepEqual(await asked(store, again, begun + 4), { allowed: true });
        await store.returnAttempt({ lease: again, ...attempt, at: exact ? begun + 4 : undefined });
        await store.finishStep({ ...needsOperator(again, true), now: begun + 5 });
        await store.decide(decided(`attached-${name}`, begun + 6, 'dismissed'));
        assert.equal((await store.findNumber(id))?.heldBy, '');
        assert.deepEqual(await given(store, 'bob', begun + 7), []);
        await store.releaseHolds({ now: begun + hour, limit: 10 });
      }
    },
  },
  {
    name: 'offers such a number to nobody either when its claim was over while it was to be deleted, and Meta refused to',
    async run(store) {
      await fill(store);
      const lease = await opened(store);
      await asked(store, lease, t0 + 1);
      const until = t0 + minute;
      assert.ok((await store.withholdNumber({ id, now: t0 + 2, until, force: true })).withheld);
      await store.decide(decided('attached-x', t0 + 3, 'dismissed'));
      await store.releaseNumber({ id, now: t0 + 4, until });
      assert.equal((await store.findNumber(id))?.heldBy, '');
      assert.deepEqual(await given(store, 'bob', t0 + minute), []);
      // Another deletion may begin.
      assert.ok((await store.withholdNumber({ id, now: t0 + 5, until, force: false })).withheld);
      await store.releaseHolds({ now: t0 + hour, limit: 10 });
      assert.deepEqual(await given(store, 'bob', t0 + hour), [id]);
    },
  },
  {
    name: 'believes no list of the pool that a node asked for whose clock was far ahead, before that time or after it',
    async run(store) {
      await fill(store);
      const mirrored = (now: number) => store.mirrorPool({ numbers: [poolNumber(1)], now, complete: true });
      const heldAfter = async (name: string, begun: number, ms: number) => {
        const lease = await opened(store, name, { now: begun, heldUntil: begun + day });
        await asked(store, lease, begun);
        await mirrored(begun + ms);
        await store.decide(decided(`attached-${name}`, begun + ms, 'dismissed'));
        return (await store.findNumber(id))?.heldBy;
      };
      await mirrored(t0 + 2 * day);
      assert.equal(await heldAfter('early', t0 + minute, 2 * minute), '');
      await store.releaseHolds({ now: t0 + 20 * minute, limit: 10 });
      // The right ones have taken over.
      assert.equal(await heldAfter('late', t0 + 20 * minute, 11 * minute), undefined);
      const lease = await opened(store, 'y', { now: t0 + hour, heldUntil: t0 + day });
      await asked(store, lease, t0 + hour);
      await mirrored(t0 + 2 * day);
      await store.decide(decided('attached-y', t0 + hour + 1, 'dismissed'));
      assert.equal((await store.findNumber(id))?.heldBy, '', 'nothing has been mirrored since');
    },
  },
];
