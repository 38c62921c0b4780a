import assert from 'node:assert/strict';
import { decided, fill, id, needsOperator, opened, outcomeOf, retried } from './attachment-world.ts';
import { leased, poolNumber, proof, t0, type ContractCase } from './contract-case.ts';

/** What a store promises about an account that numbers are put on without the popup. */
export const attachmentAccountCases: ContractCase[] = [
  {
    name: 'lists the claims of an account that are not over and whose account Meta has proven, the newest first',
    async run(store) {
      await fill(store, [poolNumber(1), poolNumber(2)]);
      const first = await leased(store, 'ada');
      assert.deepEqual(await store.listClaimsOfAccount('888'), [], 'hearsay is none');
      await proof(store, first, '777');
      const second = await leased(store, 'eve', { now: t0 + 1 });
      await store.finishStep({
        lease: second,
        now: t0 + 1,
        event: 'finished_without_number',
        patch: { wabaId: '888', numberSource: 'none' },
        next: { do: 'done' },
      });
      await opened(store, 'x', { now: t0 + 2 });
      const listed = async () => (await store.listClaimsOfAccount('888')).map((claim) => claim.id);
      assert.deepEqual(await listed(), ['claim-eve', 'claim-ada']);
      assert.deepEqual(await store.listClaimsOfAccount('889'), []);
      await store.decide(decided('claim-ada', t0 + 3, 'ended'));
      await store.decide(decided('claim-eve', t0 + 3, 'dismissed'));
      assert.deepEqual(await listed(), []);
    },
  },
  {
    name: 'knows how many numbers an account may have once Meta has said so',
    async run(store) {
      assert.equal(await store.findAccountCap('888'), undefined);
      const news = { about: 'cap', wabaId: '888', mostNumbers: 2, at: t0 } as const;
      await store.recordNumberNews({ now: t0, readAt: t0, news: [news] });
      assert.equal(await store.findAccountCap('888'), 2);
      assert.equal(await store.findAccountCap('889'), undefined);
    },
  },
  {
    name: 'opens no more claims for an account than Meta allows it numbers, with those that are on their way',
    async run(store) {
      await fill(store, [poolNumber(1), poolNumber(2), poolNumber(3)]);
      const [one, two, three] = [poolNumber(1), poolNumber(2), poolNumber(3)].map((number) => number.id);
      const of = (numberId = '', over = {}) =>
        outcomeOf(store, numberId, { numberId, listed: ['1'], ...over });
      const mayHave = (mostNumbers: number, at: number) =>
        store.recordNumberNews({
          now: at,
          readAt: at,
          news: [{ about: 'cap', wabaId: '888', mostNumbers, at }],
        });
      await mayHave(2, t0);
      assert.deepEqual(
        [await of(one, { listed: ['1', '2'] }), (await store.findNumber(one ?? ''))?.heldBy],
        ['cap_reached', undefined],
      );
      const asked = await Promise.all([of(one), of(two)]);
      assert.deepEqual(asked.toSorted(), ['cap_reached', 'opened']);
      assert.equal(await of(three), 'cap_reached');
      assert.equal(await of(three, { wabaId: '889', listed: [] }), 'opened', 'another account’s count apart');
      const mine = [one, two][asked.indexOf('opened')] ?? '';
      const other = (mine === one ? two : one) ?? '';
      assert.equal(await of(mine), 'known', 'the same again is no other one');
      const digits = (await store.findClaim(`attached-${mine}`))?.phoneNumber?.slice(1) ?? '';
      assert.equal(
        await of(other, { listed: ['1', digits] }),
        'cap_reached',
        'listed by now, and counted once',
      );
      const leases = await store.leaseWork({ now: t0, limit: 10 });
      const lease = leases.find(({ claimId }) => claimId === `attached-${mine}`);
      assert.ok(lease);
      await store.finishStep(needsOperator(lease, false));
      assert.equal(await of(other), 'cap_reached', 'it may be there, whatever the list shows');
      await store.decide(decided(`attached-${mine}`, t0 + 3, 'dismissed'));
      assert.equal(await of(other), 'opened');
    },
  },
  {
    name: 'forgets a claim for its number once an operator says that it is about another one',
    async run(store) {
      await fill(store);
      await store.finishStep(needsOperator(await opened(store), true));
      const find = async () => (await store.findAttachment({ numberId: id, wabaId: '888' }))?.id;
      const assign = (patch: object, now: number) =>
        store.decide({ ...retried('attached-x', now), patch: { assignedAt: now, ...patch } });
      await assign({ customerId: 'ada' }, t0 + 3);
      assert.equal(await find(), 'attached-x');
      const [lease] = await store.leaseWork({ now: t0 + 3, limit: 1 });
      assert.ok(lease);
      await store.finishStep({ ...needsOperator(lease, true), now: t0 + 4 });
      await assign({ assignedPhoneNumberId: '79' }, t0 + 5);
      assert.equal(await find(), undefined);
      const evenIfAssigned = async (wabaId: string) =>
        (await store.findAttachment({ numberId: id, wabaId, evenIfAssigned: true }))?.id;
      assert.equal(await evenIfAssigned('888'), 'attached-x', 'Meta may have put it there');
      assert.equal(await evenIfAssigned('999'), undefined);
      assert.equal(await outcomeOf(store, 'again', { now: t0 + 6 }), 'opened');
      assert.equal(await find(), 'attached-again');
      const [again] = await store.leaseWork({ now: t0 + 6, limit: 10 });
      assert.ok(again);
      await store.decide(decided('attached-again', t0 + 7, 'dismissed'));
      assert.equal(await evenIfAssigned('888'), 'attached-again');
    },
  },
];
