import assert from 'node:assert/strict';
import { leased, poolNumber, proof, t0, wish, type ContractCase } from './contract-case.ts';

const settled = { do: 'done' } as const;

/** What a store promises about who owns a number, when a customer signs up again. */
export const ownerCases: ContractCase[] = [
  {
    name: 'gives a number to the newer claim of the same customer, and ends the older one',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
      const first = await leased(store, 'ada');
      assert.equal(await proof(store, first, '777', '1000001'), 'saved');
      await store.finishStep({ lease: first, now: t0, event: 'registered', next: settled });

      const second = await leased(store, 'ada', {
        id: 'claim-2',
        workId: 'work-2',
        sessionId: 'session-2',
        codeMark: 'mark-2',
      });
      assert.equal(await proof(store, second, '777', '1000001'), 'saved');
      const old = await store.findClaim(first.claimId);
      assert.equal(old?.status, 'ended');
      assert.equal(old.reason?.code, 'replaced');
      assert.equal((await store.findClaim('claim-2'))?.status, 'proven');
      const { items } = await store.listPool({ limit: 10 });
      assert.equal(items[0]?.claimId, 'claim-2');
      assert.match(
        (await store.claimHistory(first.claimId)).at(-1)?.what ?? '',
        /replaced by the claim claim-2/,
      );
    },
  },
  {
    name: 'lets the newer claim wait while somebody works on the older one, and not while it only waits',
    async run(store) {
      const first = await leased(store, 'ada');
      assert.equal(await proof(store, first, '777'), 'saved');
      const second = await leased(store, 'ada', {
        id: 'claim-2',
        workId: 'work-2',
        sessionId: 'session-2',
        codeMark: 'mark-2',
      });
      assert.equal(await proof(store, second, '777'), 'number_busy');
      assert.equal((await store.findClaim('claim-2'))?.phoneNumberId, undefined);

      const wait = { do: 'wait', step: 'register', runAt: t0 + 72 * 3_600_000 } as const;
      await store.finishStep({ lease: first, now: t0, next: wait });
      assert.equal(await proof(store, second, '777'), 'saved');
      assert.equal((await store.findClaim(first.claimId))?.status, 'ended');
      assert.deepEqual(await store.leaseWork({ now: wait.runAt, limit: 10, claimId: first.claimId }), []);
    },
  },
  {
    name: 'gives a number to nobody by a claim that has lost it: what is tried again begins with nothing proven',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
      const first = await leased(store, 'ada');
      await proof(store, first, '777', '1000001');
      await store.finishStep({ lease: first, now: t0, event: 'operator_needed', next: settled });
      const retry = {
        claimId: first.claimId,
        now: t0,
        event: 'retried',
        history: { what: 'tried again', who: 'ann', reason: undefined, traceId: undefined },
        work: { do: 'go', step: 'prove', workId: 'w' },
      } as const;
      assert.equal(await store.decide(retry), 'saved');
      const [again] = await store.leaseWork({ now: t0, limit: 1, claimId: first.claimId });
      assert.ok(again !== undefined);
      await store.finishStep({ lease: again, now: t0, event: 'refused', next: settled });

      const other = { id: 'claim-2', workId: 'work-2', sessionId: 'session-2', codeMark: 'mark-2' };
      const second = await leased(store, 'ada', other);
      assert.equal(await proof(store, second, '777', '1000001'), 'saved');
      await store.finishStep({ lease: second, now: t0, event: 'registered', next: settled });
      assert.equal(await store.decide(retry), 'saved');
      const tried = await store.findClaim(first.claimId);
      assert.deepEqual(
        [tried?.status, tried?.provenAt, tried?.phoneNumberId],
        ['received', undefined, undefined],
      );
      assert.equal((await store.findClaim('claim-2'))?.status, 'registered');
    },
  },
  {
    name: 'writes nothing of a claim that cannot have its number, the work of the older one included',
    async run(store) {
      const first = await leased(store, 'ada');
      await proof(store, first, '777');
      await store.finishStep({ lease: first, now: t0, event: 'operator_needed', next: settled });
      await store.decide({
        claimId: first.claimId,
        now: t0,
        event: 'retried',
        history: { what: 'tried again', who: 'ann', reason: undefined, traceId: undefined },
        work: { do: 'go', step: 'prove', workId: 'w' },
      });
      const bob = await leased(store, 'bob', { codeMark: 'b' });
      assert.equal(await proof(store, bob, '777'), 'number_taken');
      assert.equal((await store.leaseWork({ now: t0, limit: 1, claimId: first.claimId })).length, 1);
    },
  },
  {
    name: 'takes a later proof for what it says: a number that is none of the pool’s is none any more',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
      const lease = await leased(store, 'ada');
      await proof(store, lease, '777', '1000001');
      await store.finishStep({ lease, now: t0, event: 'operator_needed', next: settled });
      await store.decide({
        claimId: lease.claimId,
        now: t0,
        event: 'retried',
        history: { what: 'assigned', who: 'ann', reason: undefined, traceId: undefined },
        work: { do: 'go', step: 'prove', workId: 'w' },
      });
      const [again] = await store.leaseWork({ now: t0, limit: 1, claimId: lease.claimId });
      assert.ok(again !== undefined);
      assert.equal(await proof(store, again, '778'), 'saved');
      const claim = await store.findClaim(lease.claimId);
      assert.deepEqual([claim?.phoneNumberId, claim?.poolNumberId], ['778', undefined]);
    },
  },
  {
    name: 'tells whether an account, or a number held for a session, is another customer’s by now',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
      await store.openSession(wish('ada'));
      await store.releaseHolds({ now: t0 + 3_600_000, limit: 10 });
      await store.openSession(wish('bob', { now: t0 + 3_600_000, launchUntil: t0 + 7_200_000 }));
      const ofBob = { sessionId: 'session-of-bob', customerId: 'bob' };
      assert.equal(await store.findHeldNumberTaken(ofBob), undefined);

      await proof(store, await leased(store, 'ada'), '777', '1000001');
      assert.equal((await store.findHeldNumberTaken(ofBob))?.id, '1000001');
      assert.equal(
        await store.findHeldNumberTaken({ sessionId: 'session-of-ada', customerId: 'ada' }),
        undefined,
      );
      assert.equal(
        (await store.findAccountOfAnother({ wabaId: '888', customerId: 'bob' }))?.customerId,
        'ada',
      );
      assert.equal(await store.findAccountOfAnother({ wabaId: '888', customerId: 'ada' }), undefined);
      assert.equal(await store.findAccountOfAnother({ wabaId: '999', customerId: 'bob' }), undefined);
    },
  },
  {
    name: 'knows the newest token of an account, until its claim is over, and the claim of a session',
    async run(store) {
      assert.equal(await store.findToken('888'), undefined);
      const lease = await leased(store, 'ada');
      await store.keepToken({ lease, now: t0, sealedToken: 'first', expiresAt: t0 + 5 });
      await proof(store, lease, '777');
      assert.deepEqual(await store.findToken('888'), {
        claimId: lease.claimId,
        sealedToken: 'first',
        expiresAt: t0 + 5,
        givenAt: t0,
      });
      const other = { id: 'c2', workId: 'w2', sessionId: 's2', codeMark: 'm2' };
      const again = await leased(store, 'ada', other);
      await store.keepToken({ lease: again, now: t0 + 9, sealedToken: 'second', expiresAt: undefined });
      await proof(store, again, '778');
      assert.equal((await store.findToken('888'))?.sealedToken, 'second');
      const history = { what: 'ended', who: 'ann', reason: undefined, traceId: undefined };
      await store.decide({ claimId: 'c2', now: t0, event: 'ended', history, work: { do: 'stop' } });
      assert.equal((await store.findToken('888'))?.sealedToken, 'first');
      assert.equal((await store.findClaimOfSession('s2'))?.id, 'c2');
      assert.equal(await store.findClaimOfSession('s3'), undefined);
    },
  },
];
