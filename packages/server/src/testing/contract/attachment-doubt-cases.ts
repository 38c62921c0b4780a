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
} from './attachment-world.ts';
import { poolNumber, t0, type ContractCase } from './contract-case.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const attempt = { objectId: id, kind: 'attach' } as const;

/** Meta is asked to put the number on the account. */
const asked = (store: Store, lease: WorkLease, now: number) =>
  store.spendAttempt({ lease, now, ...attempt, since: t0 - day, budget: 2 });

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
];
