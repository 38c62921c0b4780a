import assert from 'node:assert/strict';
import { claimLimits } from '../../domain/claim-limits.ts';
import { TooManyClaimsError } from '../../ports/store-errors.ts';
import { incoming, leased, proof, t0, type ContractCase } from './contract-case.ts';

const day = 86_400_000;

/** The n-th sign-up of one customer. */
const nth = (n: number, now = t0) => ({
  id: `claim-${String(n).padStart(3, '0')}`,
  workId: `work-${n}`,
  sessionId: `session-${n}`,
  codeMark: `mark-${n}`,
  now,
});

/** What a store promises about claims that come to nothing. */
export const boundCases: ContractCase[] = [
  {
    name: 'takes so many new claims of one customer in an hour and no more, and those of others all the same',
    async run(store) {
      const last = claimLimits.newClaims;
      const tries = await Promise.allSettled(
        Array.from({ length: last + 5 }, (_, n) => store.recordClaim(incoming('mallory', nth(n)))),
      );
      assert.equal(tries.filter((one) => one.status === 'fulfilled').length, last);
      const error: unknown = await store
        .recordClaim(incoming('mallory', nth(last + 9)))
        .catch((e: unknown) => e);
      assert.ok(error instanceof TooManyClaimsError);
      assert.equal(error.retryAt, t0 + claimLimits.window);
      assert.equal((await store.listClaims({ limit: 100 })).items.length, last);
      assert.equal((await store.recordClaim(incoming('ada'))).outcome, 'created');

      // What belongs to a claim that is there is taken all the same.
      assert.equal((await store.recordClaim(incoming('mallory', nth(1)))).outcome, 'repeated');
      const later = nth(last + 9, t0 + claimLimits.window + 1);
      assert.equal((await store.recordClaim(incoming('mallory', later))).outcome, 'created');
    },
  },
  {
    name: 'lets so many claims of one customer wait for another sign-up, and puts the oldest aside',
    async run(store) {
      const many = claimLimits.waitingForSignup + 3;
      for (let n = 0; n < many; n += 1) {
        const lease = await leased(store, 'mallory', nth(n, t0 + n));
        const end = { event: 'code_lost', next: { do: 'done' } } as const;
        assert.equal(await store.finishStep({ lease, now: t0 + n, ...end }), 'saved');
      }
      const waiting = await store.listClaims({ limit: 100, status: 'needs_signup' });
      assert.equal(waiting.items.length, claimLimits.waitingForSignup);
      const aside = await store.listClaims({ limit: 100, status: 'dismissed' });
      assert.deepEqual(
        aside.items.map((claim) => [claim.id, claim.reason?.code]),
        ['claim-002', 'claim-001', 'claim-000'].map((id) => [id, 'superseded']),
      );
    },
  },
  {
    name: 'reminds of a number that is not registered after 7 and 14 days, then weekly, and ends its claim after 90',
    async run(store) {
      const lease = await leased(store, 'ada');
      await proof(store, lease, '777');
      const wait = { do: 'wait', step: 'register', runAt: t0 + 200 * day } as const;
      await store.finishStep({ lease, now: t0, next: wait });
      const reminded: number[] = [];
      for (let n = 0; n <= 100; n += 1) {
        if ((await store.remindUnregistered({ now: t0 + n * day, limit: 10 })) > 0) reminded.push(n);
      }
      assert.deepEqual(reminded, [7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 90]);
      const claim = await store.findClaim(lease.claimId);
      assert.equal(claim?.status, 'ended');
      assert.equal(claim.reason?.code, 'not_registered_in_time');
      assert.deepEqual(await store.leaseWork({ now: t0 + 300 * day, limit: 1 }), []);
    },
  },
  {
    name: 'reminds of nothing that is registered, or that was never proven',
    async run(store) {
      const lease = await leased(store, 'ada');
      await proof(store, lease, '777');
      await store.finishStep({ lease, now: t0, event: 'registered', next: { do: 'done' } });
      await store.recordClaim(incoming('bob'));
      assert.equal(await store.remindUnregistered({ now: t0 + 100 * day, limit: 10 }), 0);
    },
  },
];
