import assert from 'node:assert/strict';
import { incoming, leased, t0, type ContractCase } from './contract-case.ts';

const day = 86_400_000;

/** What a store promises about work: leases, fences, and what may be spent once. */
export const workCases: ContractCase[] = [
  {
    name: 'leases a row of work to one worker, and only when it is due',
    async run(store) {
      await store.recordClaim(incoming('ada', { runAt: t0 + 1000 }));
      assert.deepEqual(await store.leaseWork({ now: t0 + 999, limit: 10 }), []);
      const both = await Promise.all([
        store.leaseWork({ now: t0 + 1000, limit: 10 }),
        store.leaseWork({ now: t0 + 1000, limit: 10 }),
      ]);
      assert.equal(both.flat().length, 1);
    },
  },
  {
    name: 'gives a silent worker’s claim to another one, and fences the first one off from every write',
    leaseMs: 0,
    async run(store) {
      const stale = await leased(store, 'ada');
      const [fresh] = await store.leaseWork({ now: t0, limit: 1 });
      assert.ok(fresh !== undefined && fresh.fence > stale.fence);

      const lease = stale;
      const now = t0;
      assert.equal(await store.finishStep({ lease, now, event: 'refused', next: { do: 'done' } }), 'fenced');
      assert.equal(await store.spendCode({ lease, now, notBefore: t0 }), 'fenced');
      assert.equal(await store.renewLease({ lease }), false);
      assert.equal(await store.keepToken({ lease, now, sealedToken: 't', expiresAt: undefined }), false);
      assert.equal(await store.keepPin({ lease, now, phoneNumberId: '7', sealedPin: 'p' }), undefined);
      const attempt = { lease, now, objectId: '7', kind: 'register', since: 0, budget: 6 };
      assert.equal(await store.spendAttempt(attempt), undefined);

      const claim = await store.findClaim(stale.claimId);
      assert.equal(claim?.status, 'received');
      assert.equal(claim.sealedToken, undefined);
      assert.equal(claim.sealedCode, 'sealed-code');
      assert.equal(await store.spendCode({ lease: fresh, now, notBefore: t0 }), 'spent');
    },
  },
  {
    name: 'puts a claim off until its time, and keeps counting its tries',
    async run(store) {
      const lease = await leased(store, 'ada');
      const wait = { do: 'wait', step: 'exchange', runAt: t0 + 500 } as const;
      await store.finishStep({ lease, now: t0, next: wait });
      assert.deepEqual(await store.leaseWork({ now: t0 + 499, limit: 1 }), []);
      const [again] = await store.leaseWork({ now: t0 + 500, limit: 1 });
      assert.equal(again?.attempts, 2);
      const other = { do: 'wait', step: 'prove', runAt: t0 + 500 } as const;
      await store.finishStep({ lease: again, now: t0, next: other });
      const [next] = await store.leaseWork({ now: t0 + 500, limit: 1 });
      assert.equal(next?.step, 'prove');
      assert.equal(next.attempts, 1);
    },
  },
  {
    name: 'counts the tries of a step anew once a run of it ended as it should',
    async run(store) {
      const lease = await leased(store, 'ada');
      const wait = { do: 'wait', step: 'exchange', runAt: t0 } as const;
      await store.finishStep({ lease, now: t0, next: wait });
      const [second] = await store.leaseWork({ now: t0, limit: 1 });
      assert.ok(second);
      await store.finishStep({ lease: second, now: t0, next: { ...wait, fresh: true } });
      const [third] = await store.leaseWork({ now: t0, limit: 1 });
      assert.deepEqual([second.attempts, third?.attempts], [2, 1]);
    },
  },
  {
    name: 'does not sleep over news that came in while a step ran',
    async run(store) {
      const halves = { sealedCode: undefined, codeMark: undefined };
      const lease = await leased(store, 'ada', halves);
      await store.recordClaim(incoming('ada', { event: undefined, eventData: {}, now: t0 + 1 }));
      const late = { do: 'wait', step: 'exchange', runAt: t0 + day } as const;
      await store.finishStep({ lease, now: t0 + 2, next: late });
      assert.equal((await store.leaseWork({ now: t0 + 2, limit: 1 })).length, 1);
    },
  },
  {
    name: 'does not end work for which news came in while the last step ran',
    async run(store) {
      const lease = await leased(store, 'ada', { sealedCode: undefined, codeMark: undefined });
      await store.recordClaim(incoming('ada', { event: undefined, eventData: {}, now: t0 + 1 }));
      await store.finishStep({ lease, now: t0 + 2, next: { do: 'done' } });
      assert.equal((await store.leaseWork({ now: t0 + 2, limit: 1 })).length, 1);
    },
  },
  {
    name: 'ends work for good',
    async run(store) {
      const lease = await leased(store, 'ada');
      await store.finishStep({ lease, now: t0, event: 'refused', next: { do: 'done' } });
      assert.deepEqual(await store.leaseWork({ now: t0 + 100 * day, limit: 1 }), []);
      assert.equal((await store.findClaim(lease.claimId))?.step, undefined);
    },
  },
  {
    name: 'gives the code out once, and erases it',
    async run(store) {
      const lease = await leased(store, 'ada');
      assert.equal(await store.spendCode({ lease, now: t0 + 1, notBefore: t0 }), 'spent');
      assert.equal(await store.spendCode({ lease, now: t0 + 2, notBefore: t0 }), 'used');
      const claim = await store.findClaim(lease.claimId);
      assert.equal(claim?.codeUsedAt, t0 + 1);
      assert.equal(claim.sealedCode, undefined);
    },
  },
  {
    name: 'never gives out a code that is too old, and erases it too',
    async run(store) {
      const lease = await leased(store, 'ada');
      assert.equal(await store.spendCode({ lease, now: t0 + 40_000, notBefore: t0 + 10_000 }), 'too_old');
      const claim = await store.findClaim(lease.claimId);
      assert.equal(claim?.sealedCode, undefined);
      assert.equal(claim?.codeUsedAt, undefined);
    },
  },
  {
    name: 'lets one of several sessions spend a code that all of them brought',
    async run(store) {
      const leases = await Promise.all(['ada', 'bob', 'carol'].map((name) => leased(store, name)));
      const spent = await Promise.all(
        leases.map((lease) => store.spendCode({ lease, now: t0, notBefore: t0 })),
      );
      assert.deepEqual(spent.toSorted(), ['spent', 'used', 'used']);
    },
  },
  {
    name: 'renews a lease, so that a slow step keeps its claim',
    async run(store) {
      const lease = await leased(store, 'ada');
      assert.equal(await store.renewLease({ lease }), true);
      assert.deepEqual(await store.leaseWork({ now: t0, limit: 1 }), []);
    },
  },
  {
    name: 'does not wake a step that has all it needs, nor counts as news what the next step sees anyway',
    async run(store) {
      const halves = { event: undefined, eventData: {} };
      const lease = await leased(store, 'ada', halves);
      await store.recordClaim(incoming('ada', { sealedCode: undefined, codeMark: undefined, now: t0 + 1 }));
      await store.finishStep({ lease, now: t0 + 2, next: { do: 'go', step: 'register' } });
      await store.finishStep({
        lease: { ...lease, step: 'register' },
        now: t0 + 3,
        next: { do: 'wait', step: 'register', runAt: t0 + day },
      });
      assert.deepEqual(await store.leaseWork({ now: t0 + 10, limit: 1 }), []);
      assert.equal((await store.leaseWork({ now: t0 + day, limit: 1 })).length, 1);
    },
  },
  {
    name: 'keeps the first PIN of a number, whoever brings another',
    async run(store) {
      const ada = await leased(store, 'ada');
      const bob = await leased(store, 'bob');
      const keep = (lease: typeof ada, sealedPin: string) =>
        store.keepPin({ lease, now: t0, phoneNumberId: '7', sealedPin });
      assert.equal(await keep(ada, 'first'), 'first');
      assert.equal(await keep(ada, 'second'), 'first');
      assert.equal(await keep(bob, 'third'), 'first');
    },
  },
  {
    name: 'counts attempts per number and kind in a moving window, and allows no more than the budget',
    async run(store) {
      const lease = await leased(store, 'ada');
      const spend = (now: number, objectId = '7', kind = 'register') =>
        store.spendAttempt({ lease, now, objectId, kind, since: now - 3 * day, budget: 2 });
      assert.deepEqual(await spend(t0), { allowed: true });
      assert.deepEqual(await spend(t0 + 1), { allowed: true });
      assert.deepEqual(await spend(t0 + 2), { allowed: false, oldestAt: t0, tooSoon: false });
      assert.deepEqual(await spend(t0 + 2, '8'), { allowed: true });
      assert.deepEqual(await spend(t0 + 2, '7', 'request_code'), { allowed: true });
      assert.deepEqual(await spend(t0 + 3 * day), { allowed: true });
      const apart = { lease, objectId: '9', kind: 'credit', since: t0, budget: 5, apart: 60_000 };
      assert.deepEqual(await store.spendAttempt({ ...apart, now: t0 + 1 }), { allowed: true });
      const soon = await store.spendAttempt({ ...apart, now: t0 + 60_000 });
      assert.deepEqual(soon, { allowed: false, oldestAt: t0 + 1, tooSoon: true });
      await store.returnAttempt({ lease, objectId: '9', kind: 'credit' });
      assert.deepEqual(await store.spendAttempt({ ...apart, now: t0 + 2 }), { allowed: true });
    },
  },
];
