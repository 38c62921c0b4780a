import assert from 'node:assert/strict';
import type { AccountEvent } from '../../domain/account-event.ts';
import type { AccountLease } from '../../ports/accounts.ts';
import type { Store } from '../../ports/store.ts';
import { leased, poolNumber, proof, t0, type ContractCase } from './contract-case.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A change of a webhook; the same name is the same change. */
const change = (mark: string, event: AccountEvent) => ({ mark, event });
const added = (at: number, wabaId = '888'): AccountEvent => ({
  kind: 'added',
  wabaId,
  ownerBusinessId: '9',
  at,
});
const removed = (at: number, wabaId = '888'): AccountEvent => ({
  kind: 'removed',
  wabaId,
  ownerBusinessId: undefined,
  at,
});

const hear = (store: Store, now: number, ...changes: ReturnType<typeof change>[]) =>
  store.recordWebhook({ now, lookAt: now + minute, changes });

async function look(store: Store, now: number): Promise<AccountLease> {
  const [lease] = await store.leaseAccounts({ now, limit: 10 });
  if (lease === undefined) throw new Error('no account is to be looked at');
  return lease;
}

/** What a store promises about customers' accounts, of which Meta speaks by webhook and in lists. */
export const accountCases: ContractCase[] = [
  {
    name: 'takes each change of a webhook once, however often and in whatever company it comes',
    async run(store) {
      const [a, b, c] = [change('a', added(t0)), change('b', added(t0, '889')), change('c', removed(t0 + 5))];
      assert.deepEqual(await hear(store, t0, a, b), { fresh: 2 });
      assert.deepEqual(await hear(store, t0 + 1, b, c, a), { fresh: 1 });
      assert.deepEqual(await hear(store, t0 + 2, a, b, c), { fresh: 0 });
      const together = await Promise.all([
        hear(store, t0, change('d', added(t0, '890'))),
        hear(store, t0, change('d', added(t0, '890')), a),
      ]);
      assert.equal(together[0].fresh + together[1].fresh, 1);
      assert.equal(await store.forgetHeard({ before: t0, limit: 10 }), 0);
      assert.equal(await store.forgetHeard({ before: t0 + 30 * day, limit: 3 }), 3);
    },
  },
  {
    name: 'looks at an account that was added after the browser had its time, and at one that was removed at once',
    async run(store) {
      await hear(store, t0, change('a', added(t0)));
      assert.deepEqual(await store.leaseAccounts({ now: t0 + minute - 1, limit: 10 }), []);
      const lease = await look(store, t0 + minute);
      assert.equal(lease.wabaId, '888');
      assert.equal(lease.ownerBusinessId, '9');
      assert.equal(lease.addedAt, t0);
      assert.equal(lease.looks, 1);
      assert.deepEqual(await store.leaseAccounts({ now: t0 + minute, limit: 10 }), [], 'it is leased');
      assert.equal(await store.renewAccount({ lease }), true);
      const again = { lease, now: t0 + minute, lookAgainAt: t0 + day, settled: true };
      assert.equal(await store.finishAccount(again), true);
      assert.deepEqual(await store.leaseAccounts({ now: t0 + day - 1, limit: 10 }), []);
      await hear(store, t0 + 2 * minute, change('b', removed(t0 + 2 * minute)));
      const gone = await look(store, t0 + 2 * minute);
      assert.equal(gone.removedAt, t0 + 2 * minute);
      assert.equal(gone.looks, 1);
    },
  },
  {
    name: 'looks again at once when there was news during a look',
    async run(store) {
      await hear(store, t0, change('a', added(t0)));
      const lease = await look(store, t0 + minute);
      await hear(store, t0 + minute, change('b', removed(t0 + minute)));
      await store.finishAccount({ lease, now: t0 + minute, lookAgainAt: undefined, settled: true });
      assert.equal((await look(store, t0 + minute)).removedAt, t0 + minute);
    },
  },
  {
    name: 'lets nobody write under an account’s lease that somebody else has taken over',
    leaseMs: 0,
    async run(store) {
      await hear(store, t0, change('a', added(t0)));
      const stale = await look(store, t0 + minute);
      await look(store, t0 + minute);
      assert.equal(await store.renewAccount({ lease: stale }), false);
      assert.equal(await store.endAccount({ lease: stale, now: t0, kept: [], isLast: true }), undefined);
      assert.equal(
        await store.finishAccount({ lease: stale, now: t0, lookAgainAt: undefined, settled: true }),
        false,
      );
    },
  },
  {
    name: 'keeps the newest word about an account, in whatever order the words come',
    async run(store) {
      const words = [added(t0), removed(t0 + 10), added(t0 + 20)];
      const orders = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
      ];
      for (const [index, order] of orders.entries()) {
        const wabaId = String(500 + index);
        for (const which of order) {
          const word = words[which];
          if (word !== undefined) await hear(store, t0, change(`${index}/${which}`, { ...word, wabaId }));
        }
      }
      const leases = await store.leaseAccounts({ now: t0 + minute, limit: 10 });
      assert.equal(leases.length, orders.length);
      for (const { addedAt, removedAt } of leases) assert.deepEqual([addedAt, removedAt], [t0 + 20, t0 + 10]);
    },
  },
  {
    name: 'looks at an account that was removed and added in one second: Meta decides',
    async run(store) {
      await hear(store, t0, change('r', removed(t0)));
      const lease = await look(store, t0);
      await store.finishAccount({ lease, now: t0, lookAgainAt: undefined, settled: true });
      await hear(store, t0, change('a', added(t0)));
      const again = await look(store, t0 + minute);
      assert.deepEqual([again.addedAt, again.removedAt], [t0, t0]);
    },
  },
  {
    name: 'ends what is live on an account that was removed, except for what Meta still shows',
    async run(store) {
      await proof(store, await leased(store, 'ada'), '777');
      await hear(store, t0, change('gone', removed(t0 - minute)));
      const lease = await look(store, t0);
      const ended = { lease, now: t0 + 1, isLast: true };
      assert.equal(await store.endAccount({ ...ended, kept: ['777'] }), 0);
      assert.equal(await store.endAccount({ ...ended, kept: ['778'] }), 1);
      assert.equal(await store.endAccount({ ...ended, kept: [] }), 0);
      const claim = await store.findClaim('claim-ada');
      assert.equal(claim?.status, 'ended');
      assert.equal(claim.reason?.code, 'partner_removed');
      assert.deepEqual(await store.leaseWork({ now: t0 + day, limit: 10 }), []);
      const told = await store.leaseHostEvents({ now: t0 + 1, limit: 10 });
      assert.deepEqual(
        told.map(({ event }) => event.type),
        ['claimEnded'],
      );
    },
  },
  {
    name: 'ends the claim on a number that left its account alone, in any spelling',
    async run(store) {
      const of = async (name: string, n: number) => {
        const lease = await leased(store, name, { codeMark: name });
        const { phoneNumber } = poolNumber(n);
        await store.finishStep({
          lease,
          now: t0,
          event: 'proven',
          patch: { phoneNumberId: String(70 + n), wabaId: '888', phoneNumber, provenAt: t0 },
          next: { do: 'done' },
        });
      };
      await of('ada', 1);
      await of('bob', 2);
      const left = { kind: 'number_removed', wabaId: '888', phoneNumber: '15550100001', at: t0 } as const;
      await hear(store, t0, change('a', left));
      const lease = await look(store, t0);
      assert.deepEqual(lease.removedNumbers, [{ phoneNumber: '15550100001', at: t0 }]);
      assert.equal(await store.endAccount({ lease, now: t0, kept: [], isLast: true }), 1);
      assert.equal((await store.findClaim('claim-ada'))?.status, 'ended');
      assert.equal((await store.findClaim('claim-bob'))?.status, 'proven');
      await store.finishAccount({ lease, now: t0, lookAgainAt: t0, settled: true });
      assert.deepEqual((await look(store, t0)).removedNumbers, []);
    },
  },
  {
    name: 'notes accounts that Meta lists, and looks at those that are new, or back after a long time',
    async run(store) {
      const listed = (now: number, ...ids: string[]) =>
        store.noteAccounts({
          now,
          accounts: ids.map((wabaId) => ({ wabaId, ownerBusinessId: '9', lookAt: now })),
        });
      assert.deepEqual(await listed(t0, '888', '889'), { unknown: 2 });
      assert.deepEqual(await listed(t0, '888', '889', '890'), { unknown: 1 });
      const leases = await store.leaseAccounts({ now: t0, limit: 10 });
      assert.deepEqual(leases.map(({ wabaId }) => wabaId).toSorted(), ['888', '889', '890']);
      for (const lease of leases) {
        await store.finishAccount({ lease, now: t0, lookAgainAt: undefined, settled: true });
      }
      await hear(store, t0, change('a', removed(t0)));
      await store.finishAccount({
        lease: await look(store, t0),
        now: t0,
        lookAgainAt: undefined,
        settled: true,
      });
      assert.deepEqual(await listed(t0 + minute, '888'), { unknown: 0 }, 'the list lags behind');
      assert.deepEqual(await listed(t0 + 2 * day, '888'), { unknown: 1 });
      assert.equal((await look(store, t0 + 2 * day)).removedAt, undefined);
      assert.deepEqual(await listed(t0), { unknown: 0 });
    },
  },
];
