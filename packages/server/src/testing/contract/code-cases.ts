import assert from 'node:assert/strict';
import { incoming, leased, proof, t0, type ContractCase } from './contract-case.ts';

const eventOnly = { sealedCode: undefined, codeMark: undefined, runAt: t0 + 30_000 };
const codeOnly = { event: undefined, eventData: {} };

/** What a store promises about codes, and about another sign-up in the same session. */
export const codeCases: ContractCase[] = [
  {
    name: 'takes a second code only from a claim that waits for a new sign-up',
    async run(store) {
      const lease = await leased(store, 'ada');
      await store.finishStep({
        lease,
        now: t0,
        event: 'code_lost',
        reason: { code: 'code_expired', message: 'Sign up again.' },
        next: { do: 'done' },
      });
      assert.deepEqual(await store.leaseWork({ now: t0, limit: 10 }), []);
      const again = incoming('ada', { codeMark: 'second', sealedCode: 'second', now: t0 + 9, runAt: t0 + 9 });
      const { claim, outcome } = await store.recordClaim(again);
      assert.equal(outcome, 'joined');
      assert.equal(claim.status, 'received');
      assert.equal(claim.reason, undefined);
      assert.equal(claim.codeUsedAt, undefined);
      const [work] = await store.leaseWork({ now: t0 + 9, limit: 10 });
      assert.equal(work?.step, 'exchange');
    },
  },
  {
    name: 'sends a code once for ever, also after its claim has taken another one',
    async run(store) {
      const lease = await leased(store, 'ada');
      assert.equal(await store.spendCode({ lease, now: t0, notBefore: t0 }), 'spent');
      await store.finishStep({ lease, now: t0, event: 'code_lost', next: { do: 'done' } });
      await store.recordClaim(incoming('ada', { codeMark: 'second', now: t0 + 9, runAt: t0 + 9 }));
      const late = await leased(store, 'bob', { codeMark: 'mark' });
      assert.equal(await store.spendCode({ lease: late, now: t0, notBefore: t0 }), 'used');
    },
  },
  {
    name: 'spends no other code than the one that was opened',
    async run(store) {
      await store.recordClaim(incoming('bob', eventOnly));
      const [early] = await store.leaseWork({ now: t0 + 30_000, limit: 1, claimId: 'claim-bob' });
      assert.ok(early !== undefined);
      await store.recordClaim(incoming('bob', { ...codeOnly, now: t0 + 30_001 }));
      const spend = { lease: early, now: t0 + 30_001, notBefore: t0 };
      assert.equal(await store.spendCode({ ...spend, opened: null }), 'changed');
      assert.equal(await store.spendCode({ ...spend, opened: 'sealed-code' }), 'spent');
    },
  },
  {
    name: 'fences off whoever is at the sign-up before when another one begins in the same session',
    async run(store) {
      const lease = await leased(store, 'ada');
      await store.spendCode({ lease, now: t0, notBefore: t0 });
      await store.keepToken({ lease, now: t0, sealedToken: 'first', expiresAt: undefined });
      await store.finishStep({ lease, now: t0, event: 'refused', next: { do: 'done' } });
      const word = { what: 'assigned', who: 'ann', reason: undefined, traceId: undefined };
      await store.decide({
        claimId: lease.claimId,
        now: t0,
        patch: { assignedAt: t0, assignedPhoneNumberId: '42' },
        history: word,
        work: { do: 'go', step: 'prove', workId: 'w' },
      });
      const [slow] = await store.leaseWork({ now: t0, limit: 1 });
      assert.ok(slow !== undefined);
      const again = incoming('ada', { codeMark: 'second', sealedCode: 'second', now: t0 + 9, runAt: t0 + 9 });
      assert.equal((await store.recordClaim(again)).outcome, 'joined');
      assert.equal(await proof(store, slow, '777'), 'fenced');
      const claim = await store.findClaim(lease.claimId);
      assert.deepEqual(
        [claim?.status, claim?.sealedToken, claim?.assignedAt, claim?.assignedPhoneNumberId, claim?.step],
        ['received', undefined, undefined, undefined, 'exchange'],
      );
      assert.equal((await store.leaseWork({ now: t0 + 9, limit: 1 }))[0]?.step, 'exchange');
    },
  },
  {
    name: 'has no claim for a session whose claim was given to another customer',
    async run(store) {
      const { claim } = await store.recordClaim(incoming('ada'));
      const word = { what: 'assigned', who: 'ann', reason: undefined, traceId: undefined };
      await store.decide({ claimId: claim.id, now: t0, patch: { customerId: 'bob' }, history: word });
      await assert.rejects(store.recordClaim(incoming('ada')), { code: 'session_used' });
    },
  },
  {
    name: 'forgets the first popup’s event when a second popup’s code comes alone',
    async run(store) {
      const lease = await leased(store, 'ada');
      await store.spendCode({ lease, now: t0, notBefore: t0 });
      await store.finishStep({ lease, now: t0, event: 'code_lost', next: { do: 'done' } });
      const { claim } = await store.recordClaim(
        incoming('ada', { ...codeOnly, codeMark: 'second', now: t0 + 9 }),
      );
      assert.equal(claim.event, undefined);
      assert.deepEqual(claim.eventData, {});
    },
  },
];
