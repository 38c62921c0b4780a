import assert from 'node:assert/strict';
import { incoming, leased, proof, t0, type ContractCase } from './contract-case.ts';

const line = (what: string) => ({ what, who: 'ann', reason: undefined, traceId: undefined });

/** What a store promises about the word of a person. */
export const decisionCases: ContractCase[] = [
  {
    name: 'lets a person’s word stand: whoever works on the claim is fenced off',
    async run(store) {
      const lease = await leased(store, 'ada');
      await proof(store, lease, '777');
      const end = { claimId: lease.claimId, now: t0 + 1, event: 'ended', history: line('ended') } as const;
      assert.equal(await store.decide({ ...end, work: { do: 'stop' } }), 'saved');
      const late = { event: 'registered', next: { do: 'done' } } as const;
      assert.equal(await store.finishStep({ lease, now: t0 + 2, ...late }), 'fenced');
      const claim = await store.findClaim(lease.claimId);
      assert.equal(claim?.status, 'ended');
      const last = (await store.claimHistory(lease.claimId)).at(-1);
      assert.deepEqual([last?.what, last?.who, last?.status], ['ended', 'ann', 'ended']);
      // The number is free for another owner.
      const bob = await leased(store, 'bob');
      assert.equal(await proof(store, bob, '777'), 'saved');
    },
  },
  {
    name: 'takes work up where a person says, and fences off who was at it before',
    async run(store) {
      const lease = await leased(store, 'ada');
      const wrong = { event: 'operator_needed', reason: { code: 'x', message: 'X.' } } as const;
      await store.finishStep({ lease, now: t0, ...wrong, next: { do: 'done' } });
      const retry = {
        claimId: lease.claimId,
        now: t0 + 1,
        event: 'retried',
        reason: null,
        patch: { customerId: 'bob', assignedAt: t0 + 1, assignedPhoneNumberId: '42' },
        history: line('assigned'),
        work: { do: 'go', step: 'prove', workId: 'again' },
      } as const;
      assert.equal(await store.decide(retry), 'saved');
      const claim = await store.findClaim(lease.claimId);
      assert.deepEqual(
        [claim?.status, claim?.customerId, claim?.assignedPhoneNumberId, claim?.reason],
        ['received', 'bob', '42', undefined],
      );
      const [work] = await store.leaseWork({ now: t0 + 1, limit: 1 });
      assert.equal(work?.step, 'prove');
      const anew = { do: 'go', step: 'exchange', workId: 'y' } as const;
      const onceMore = { claimId: lease.claimId, now: t0 + 2, history: line('again'), work: anew };
      assert.equal(await store.decide(onceMore), 'saved');
      assert.equal(await store.renewLease({ lease: work }), false);
      assert.equal((await store.leaseWork({ now: t0 + 2, limit: 1 }))[0]?.step, 'exchange');
    },
  },
  {
    name: 'lets nobody read or replace the PIN of a number at a claim that only named it',
    async run(store) {
      const bob = await leased(store, 'bob', { codeMark: 'b' });
      await proof(store, bob, '777');
      await store.keepPin({ lease: bob, now: t0, phoneNumberId: '777', sealedPin: 'of bob' });
      const ada = await leased(store, 'ada');
      const named = {
        event: 'operator_needed',
        patch: { phoneNumberId: '777' },
        next: { do: 'done' },
      } as const;
      assert.equal(await store.finishStep({ lease: ada, now: t0, ...named }), 'saved');
      const by = { claimId: ada.claimId, now: t0, who: 'ann' };
      assert.equal(await store.readPin(by), undefined);
      assert.equal(await store.supplyPin({ ...by, phoneNumberId: '777', sealedPin: 'other' }), false);
      assert.equal((await store.readPin({ ...by, claimId: bob.claimId }))?.sealedPin, 'of bob');
    },
  },
  {
    name: 'makes work due on a person’s word, and lets whoever is at it go on',
    async run(store) {
      const lease = await leased(store, 'ada');
      const hurry = { claimId: lease.claimId, history: line('now'), work: { do: 'now' } } as const;
      await store.decide({ ...hurry, now: t0 + 1 });
      assert.equal(await store.renewLease({ lease }), true);
      const wait = { do: 'wait', step: 'exchange', runAt: t0 + 9000 } as const;
      assert.equal(await store.finishStep({ lease, now: t0 + 1, next: wait }), 'saved');
      assert.deepEqual(await store.leaseWork({ now: t0 + 2, limit: 1 }), []);
      await store.decide({ ...hurry, now: t0 + 2 });
      assert.equal((await store.leaseWork({ now: t0 + 2, limit: 1 })).length, 1);
    },
  },
  {
    name: 'refuses a word that the table knows no way for, and one about a claim that is not there',
    async run(store) {
      const { claim } = await store.recordClaim(incoming('ada'));
      const word = { now: t0, history: line('ended') };
      assert.equal(await store.decide({ ...word, claimId: claim.id, event: 'registering' }), 'not_allowed');
      assert.equal(await store.decide({ ...word, claimId: 'nobody', event: 'ended' }), 'missing');
      assert.equal((await store.claimHistory(claim.id)).length, 1);
      assert.equal((await store.leaseWork({ now: t0, limit: 1 })).length, 1);
    },
  },
  {
    name: 'keeps a person’s PIN in place of its own, and who read one',
    async run(store) {
      const lease = await leased(store, 'ada');
      const by = { claimId: lease.claimId, now: t0 + 1, who: 'ann' };
      assert.equal(await store.supplyPin({ ...by, phoneNumberId: '777', sealedPin: 'theirs' }), false);
      assert.equal(await store.readPin(by), undefined);
      await proof(store, lease, '777');
      assert.equal(await store.readPin(by), undefined);
      await store.keepPin({ lease, now: t0, phoneNumberId: '777', sealedPin: 'ours' });
      const theirs = { ...by, sealedPin: 'theirs' };
      assert.equal(await store.supplyPin({ ...theirs, phoneNumberId: '778' }), false);
      assert.equal(await store.supplyPin({ ...theirs, phoneNumberId: '777' }), true);
      assert.deepEqual(await store.readPin(by), { phoneNumberId: '777', sealedPin: 'theirs' });
      const kept = await store.keepPin({ lease, now: t0, phoneNumberId: '777', sealedPin: 'ours' });
      assert.equal(kept, 'theirs');
      assert.deepEqual(
        (await store.claimHistory(lease.claimId)).slice(-2).map((entry) => [entry.what, entry.who]),
        [
          ['PIN supplied', 'ann'],
          ['PIN read', 'ann'],
        ],
      );
    },
  },
  {
    name: 'lets go of a number whose claim was tried again and came to nothing',
    async run(store) {
      const lease = await leased(store, 'ada');
      await proof(store, lease, '777');
      await store.finishStep({ lease, now: t0, event: 'operator_needed', next: { do: 'done' } });
      assert.equal((await store.findOwner('777'))?.id, 'claim-ada');
      const history = { what: 'tried again', who: 'ann', reason: undefined, traceId: undefined };
      const work = { do: 'go', step: 'prove', workId: 'again' } as const;
      await store.decide({ claimId: 'claim-ada', now: t0, event: 'retried', history, work });
      const [again] = await store.leaseWork({ now: t0, limit: 1 });
      assert.ok(again);
      const end = { lease: again, now: t0, event: 'finished_without_number', next: { do: 'done' } } as const;
      assert.equal(await store.finishStep(end), 'saved');
      assert.equal(await store.findOwner('777'), undefined);
      assert.equal(await proof(store, await leased(store, 'bob', { codeMark: 'b' }), '777'), 'saved');
    },
  },
  {
    name: 'changes nothing when the claim has moved on since it was read',
    async run(store) {
      await store.recordClaim(incoming('ada'));
      const history = line('put aside');
      const aside = {
        claimId: 'claim-ada',
        now: t0,
        event: 'dismissed',
        history,
        work: { do: 'stop' },
      } as const;
      const status = 'needs_signup';
      const moved = [
        { status, customerId: 'ada' },
        { status: 'received', customerId: '' },
      ] as const;
      for (const onlyFrom of moved) assert.equal(await store.decide({ ...aside, onlyFrom }), 'not_allowed');
      assert.equal((await store.leaseWork({ now: t0, limit: 1 })).length, 1);
      const onlyFrom = { status: 'received', customerId: 'ada' } as const;
      assert.equal(await store.decide({ ...aside, onlyFrom }), 'saved');
    },
  },
];
