import assert from 'node:assert/strict';
import { incoming, leased, poolNumber, t0, wish, type ContractCase } from './contract-case.ts';

/** What a store promises about numbers that customers did not bring from a popup: held for them, or imported. */
export const givenNumberCases: ContractCase[] = [
  {
    name: 'goes on holding the number that is set aside for a claim’s customer, while it is free',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
      const hour = 3_600_000;
      await store.openSession(wish('ada'));
      const lease = await leased(store, 'ada', { event: 'FINISH_ONLY_WABA' });
      const bob = await leased(store, 'bob');
      assert.equal(await store.keepHold({ lease: bob, now: t0, until: t0 + 3 * hour }), undefined);
      const held = await store.keepHold({ lease, now: t0 + hour - 1, until: t0 + 3 * hour });
      assert.equal(held?.id, '1000001');
      await store.releaseHolds({ now: t0 + 2 * hour, limit: 10 });
      const other = await store.openSession(wish('bob', { now: t0 + 2 * hour }));
      assert.deepEqual(other.numbers, []);
      assert.equal(await store.keepHold({ lease, now: t0 + 3 * hour, until: t0 + 4 * hour }), undefined);
      assert.equal(await store.keepCreditAllocation({ lease, now: t0, allocationId: '55' }), true);
      assert.equal((await store.findClaim(lease.claimId))?.creditAllocationId, '55');
    },
  },
  {
    name: 'takes numbers over that were registered elsewhere: they are neither offered nor imported twice',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
      const row = (n: number, customerId = 'ada') => ({
        id: `import-${customerId}-${n}`,
        customerId,
        wabaId: '888',
        phoneNumberId: String(70 + n),
        phoneNumber: poolNumber(n).phoneNumber,
        sealedToken: undefined,
        tokenExpiresAt: undefined,
        sealedPin: 'sealed-pin',
        registeredAt: t0 - 5,
      });
      const by = { now: t0, who: 'ann' };
      const both = [row(1), row(2)];
      assert.deepEqual(await store.importClaims({ ...by, claims: both }), ['imported', 'imported']);
      assert.deepEqual(await store.importClaims({ ...by, claims: [row(1), row(2, 'bob')] }), [
        'known',
        'conflict',
      ]);
      const claim = await store.findClaim('import-ada-1');
      assert.equal(claim?.status, 'registered');
      assert.equal(claim.numberSource, 'pool');
      assert.equal(claim.registeredAt, t0 - 5);
      assert.deepEqual(await store.leaseWork({ now: t0, limit: 10 }), []);
      assert.equal((await store.readPin({ claimId: claim.id, ...by }))?.sealedPin, 'sealed-pin');

      // The second one comes into the pool only later.
      await store.mirrorPool({
        numbers: [poolNumber(1), poolNumber(2), poolNumber(3)],
        now: t0 + 1,
        complete: true,
      });
      const opened = await store.openSession(wish('cid', { wanted: 3 }));
      assert.deepEqual(
        opened.numbers.map((number) => number.id),
        ['1000003'],
      );
      assert.equal((await store.recordClaim(incoming('ada'))).outcome, 'created');
    },
  },
];
