import assert from 'node:assert/strict';
import type { AccountLease, RecoveredClaim } from '../../ports/accounts.ts';
import type { Store } from '../../ports/store.ts';
import { incoming, leased, proof, t0, wish, type ContractCase } from './contract-case.ts';

/** Meta lists the number 777 on the account 888, and nobody has claimed it. */
async function found(store: Store): Promise<AccountLease> {
  await store.noteAccounts({ now: t0, accounts: [{ wabaId: '888', ownerBusinessId: '9', lookAt: t0 }] });
  const [lease] = await store.leaseAccounts({ now: t0, limit: 1 });
  if (lease === undefined) throw new Error('the account could not be leased');
  return lease;
}

const recovered = (lease: AccountLease, over: Partial<RecoveredClaim> = {}): RecoveredClaim => ({
  lease,
  now: t0,
  claimId: 'claim-found',
  workId: 'work-found',
  sessionId: 'session-of-ada',
  customerId: 'ada',
  wabaId: '888',
  number: { phoneNumberId: '777', phoneNumber: '+15550100001', displayPhoneNumber: '+1 555-010-0001' },
  token: { sealed: 'sealed-token', expiresAt: undefined },
  reason: undefined,
  ...over,
});

const day = 24 * 3_600_000;

const orphan = (lease: AccountLease): RecoveredClaim =>
  recovered(lease, {
    sessionId: 'orphan:888:777',
    customerId: undefined,
    reason: { code: 'own_number', message: 'Whose is it?' },
  });

/** What a store promises about claims whose browser never came back. */
export const recoveryCases: ContractCase[] = [
  {
    name: 'opens a claim for a session that never claimed, and the browser that comes back finds it',
    async run(store) {
      await store.openSession(wish('ada'));
      assert.equal(await store.recoverClaim(recovered(await found(store))), 'recovered');
      const claim = await store.findClaimOfSession('session-of-ada');
      assert.equal(claim?.status, 'received');
      assert.equal(claim.customerId, 'ada');
      assert.equal(claim.sealedToken, 'sealed-token');
      assert.deepEqual([claim.assignedWabaId, claim.assignedPhoneNumberId], ['888', '777']);
      const [work] = await store.leaseWork({ now: t0, limit: 1 });
      assert.equal(work?.step, 'prove');
      const early = await store.recordClaim(incoming('ada'));
      assert.deepEqual([early.claim.id, early.outcome], [claim.id, 'repeated']);
      await proof(store, work, '777');
      await store.finishStep({ lease: work, now: t0, next: { do: 'done' } });
      const late = await store.recordClaim(incoming('ada', { eventData: {}, event: undefined }));
      assert.deepEqual([late.claim.id, late.claim.status, late.outcome], [claim.id, 'proven', 'repeated']);
      // A dead code is not worth a call to Meta, and the number has its owner.
      assert.deepEqual(await store.leaseWork({ now: t0 + day, limit: 10 }), []);
      const other = incoming('ada', { eventData: { phone_number_id: '778' } });
      await assert.rejects(store.recordClaim(other), { name: 'SessionUsedError' });
    },
  },
  {
    name: 'completes a claim whose code was lost, with all of it or nothing',
    async run(store) {
      const lease = await leased(store, 'ada', { id: 'claim-found' });
      const account = await found(store);
      assert.equal(await store.recoverClaim(recovered(account)), 'busy', 'a worker is at it');
      await store.finishStep({ lease, now: t0, event: 'code_lost', next: { do: 'done' } });
      assert.equal(await store.recoverClaim(recovered(account, { claimId: 'another' })), 'busy');
      assert.equal(await store.recoverClaim(recovered(account, { customerId: 'bob' })), 'closed');
      assert.equal((await store.findClaim('claim-found'))?.status, 'needs_signup');
      assert.equal(await store.recoverClaim(recovered(account)), 'recovered');
      const claim = await store.findClaim('claim-found');
      assert.equal(claim?.status, 'received');
      assert.equal(claim.sealedToken, 'sealed-token');
      assert.equal((await store.leaseWork({ now: t0, limit: 1 }))[0]?.step, 'prove');
    },
  },
  {
    name: 'recovers a claim once: what proof said of it then stands',
    async run(store) {
      const account = await found(store);
      await store.recoverClaim(recovered(account));
      assert.equal(await store.recoverClaim(recovered(account)), 'busy');
      const [work] = await store.leaseWork({ now: t0, limit: 1 });
      assert.ok(work);
      await store.finishStep({ lease: work, now: t0, event: 'operator_needed', next: { do: 'done' } });
      assert.equal(await store.recoverClaim(recovered(account)), 'known');
    },
  },
  {
    name: 'leaves a number alone that a live claim has, and claims that are over',
    async run(store) {
      await proof(store, await leased(store, 'bob'), '777');
      const account = await found(store);
      assert.equal(await store.recoverClaim(recovered(account)), 'owned');
      assert.equal(await store.recoverClaim(orphan(account)), 'owned');
      assert.equal((await store.findOwner('777'))?.customerId, 'bob');
      assert.equal(await store.findOwner('778'), undefined);
      await store.recordClaim(incoming('ada', { id: 'claim-found', codeMark: 'other' }));
      const history = { what: 'dismissed', who: 'ann', reason: undefined, traceId: undefined };
      await store.decide({
        claimId: 'claim-found',
        now: t0,
        event: 'dismissed',
        history,
        work: { do: 'stop' },
      });
      const other = { phoneNumberId: '778', phoneNumber: '+15550100002', displayPhoneNumber: '555' };
      assert.equal(await store.recoverClaim(recovered(account, { number: other })), 'closed');
    },
  },
  {
    name: 'writes nothing for whoever lost the lease of the account',
    leaseMs: 0,
    async run(store) {
      const stale = await found(store);
      await store.leaseAccounts({ now: t0, limit: 1 });
      assert.equal(await store.recoverClaim(recovered(stale)), 'fenced');
      assert.equal(await store.findClaimOfSession('session-of-ada'), undefined);
    },
  },
  {
    name: 'notes an orphan once, tells the host, and puts it aside when the number finds its owner',
    async run(store) {
      const account = await found(store);
      assert.equal(await store.recoverClaim(orphan(account)), 'recovered');
      assert.equal(await store.recoverClaim({ ...orphan(account), claimId: 'second' }), 'known');
      const listed = await store.listClaims({
        status: 'needs_operator',
        search: undefined,
        cursor: undefined,
        limit: 10,
      });
      assert.equal(listed.items.length, 1);
      const [first] = listed.items;
      assert.deepEqual(
        [first?.customerId, first?.phoneNumberId, first?.reason?.code],
        ['', '777', 'own_number'],
      );
      assert.equal(await store.findOwner('777'), undefined, 'an orphan owns nothing');
      await proof(store, await leased(store, 'ada'), '777');
      const after = await store.findClaim('claim-found');
      assert.deepEqual([after?.status, after?.reason?.code], ['dismissed', 'owner_found']);
      const told = await store.leaseHostEvents({ now: t0, limit: 10 });
      assert.deepEqual(
        told.map(({ event }) => event.type),
        ['claimNeedsAttention'],
      );
    },
  },
  {
    name: 'gives a number that rests on Meta’s word alone to a customer who proves it by a token, and not the other way',
    async run(store) {
      const account = await found(store);
      await store.recoverClaim(recovered(account));
      const [word] = await store.leaseWork({ now: t0, limit: 1 });
      assert.ok(word);
      await proof(store, word, '777');
      // Nobody is at the first claim any more.
      await store.finishStep({ lease: word, now: t0, next: { do: 'done' } });
      assert.equal(await store.findAccountOfAnother({ wabaId: '888', customerId: 'bob' }), undefined);
      const bob = await leased(store, 'bob');
      await store.spendCode({ lease: bob, now: t0, notBefore: 0 });
      assert.equal(await proof(store, bob, '777'), 'saved');
      const first = await store.findClaim('claim-found');
      assert.deepEqual([first?.status, first?.reason?.code], ['ended', 'proven_by_another']);
      assert.equal((await store.findOwner('777'))?.customerId, 'bob');
      assert.equal(
        (await store.findAccountOfAnother({ wabaId: '888', customerId: 'cid' }))?.customerId,
        'bob',
      );
    },
  },
  {
    name: 'finds unproven claims whose session log named an account',
    async run(store) {
      await store.recordClaim(incoming('ada'));
      await store.recordClaim(incoming('bob', { codeMark: 'b', eventData: { waba_id: '8889' } }));
      const named = await store.findClaimsNaming({ wabaId: '888', since: t0 });
      assert.deepEqual(
        named.map((claim) => claim.customerId),
        ['ada'],
      );
      assert.deepEqual(await store.findClaimsNaming({ wabaId: '888', since: t0 + 1 }), []);
    },
  },
];
