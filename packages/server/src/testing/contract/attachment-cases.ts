import assert from 'node:assert/strict';
import { claimLimits } from '../../domain/claim-limits.ts';
import {
  attachment,
  fill,
  given,
  id,
  needsOperator,
  opened,
  outcomeOf,
  retried,
} from './attachment-world.ts';
import { leased, poolNumber, proof, t0, type ContractCase } from './contract-case.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** What a store promises about claims that an operator opens without the popup. */
export const attachmentCases: ContractCase[] = [
  {
    name: 'opens a claim for a number of the pool and an account, with its work, its history and its hold',
    async run(store) {
      await fill(store);
      const said = await store.openAttachment(attachment());
      assert.ok(said.outcome === 'opened');
      assert.deepEqual(said.claim, await store.findClaim('attached-x'));
      const { status, step, wabaId, phoneNumber, phoneNumberId, sealedToken, toAttach, provenAt } =
        said.claim;
      assert.deepEqual(
        [status, step, wabaId, phoneNumber],
        ['received', 'attach_named', '888', '+15550100001'],
      );
      assert.deepEqual([phoneNumberId, provenAt, sealedToken], [undefined, undefined, 'sealed-token']);
      assert.deepEqual(toAttach, { numberId: id, verifiedName: 'Lucky Shrub', wabaId: '888' });
      const [first, ...more] = await store.claimHistory('attached-x');
      assert.equal(more.length, 0);
      assert.deepEqual([first?.who, first?.status, first?.at], ['ann', 'received', t0]);
      const [work] = await store.leaseWork({ now: t0, limit: 10 });
      assert.deepEqual([work?.claimId, work?.step], ['attached-x', 'attach_named']);
      const number = await store.findNumber(id);
      const held = [number?.heldBy, number?.heldUntil, number?.claimId];
      assert.deepEqual(held, ['attach:attached-x', t0 + day, undefined], 'by the claim, not by the customer');
      assert.equal((await store.findAttachment({ numberId: id, wabaId: '888' }))?.id, 'attached-x');
      assert.equal(await store.findAttachment({ numberId: id, wabaId: '889' }), undefined);
    },
  },
  {
    name: 'knows a claim that is not over for the same number and account, and opens another one after it',
    async run(store) {
      await fill(store);
      const lease = await opened(store);
      const again = await store.openAttachment(attachment('again', { verifiedName: 'Another', who: 'bea' }));
      assert.ok(again.outcome === 'known');
      assert.equal(again.claim.id, 'attached-x');
      assert.equal(await store.findClaim('attached-again'), undefined);
      assert.equal(await outcomeOf(store, 'other', { wabaId: '889' }), 'held', 'the same customer’s, too');
      await proof(store, lease, '777', id);
      assert.equal(await outcomeOf(store, 'again'), 'known', 'also once it has come to its end');
      assert.equal(await outcomeOf(store, 'other', { wabaId: '889' }), 'claimed');
    },
  },
  {
    name: 'refuses numbers that cannot be put on an account, and changes nothing then',
    async run(store) {
      const late = { verificationExpiresAt: t0 + day };
      await fill(store, [
        poolNumber(1, { verificationStatus: 'NOT_VERIFIED' }),
        poolNumber(2, late),
        poolNumber(3),
        poolNumber(4),
        poolNumber(5),
        poolNumber(6, { verificationExpiresAt: undefined }),
      ]);
      const of = (n: number, over = {}) => outcomeOf(store, `n${n}`, { numberId: poolNumber(n).id, ...over });
      assert.equal(await of(1), 'not_verified');
      assert.equal(await of(2), 'not_verified');
      assert.equal(await of(404), 'missing');
      await store.withholdNumber({ id: poolNumber(3).id, now: t0, until: t0 + hour, force: false });
      assert.deepEqual(await store.openAttachment(attachment('n3', { numberId: poolNumber(3).id })), {
        outcome: 'held',
        until: t0 + hour,
      });
      await store.importClaims({
        now: t0,
        who: 'ann',
        claims: [
          {
            id: 'imported',
            customerId: 'ada',
            wabaId: '888',
            phoneNumberId: '74',
            phoneNumber: poolNumber(4).phoneNumber,
            sealedToken: undefined,
            tokenExpiresAt: undefined,
            sealedPin: undefined,
            registeredAt: t0,
          },
        ],
      });
      assert.equal(await of(4), 'claimed');
      await store.mirrorPool({ numbers: [poolNumber(6)], now: t0 + 1, complete: true });
      assert.equal(await of(5), 'gone');
      assert.deepEqual(await store.leaseWork({ now: t0 + day, limit: 10 }), []);
      assert.equal(await of(6), 'opened', 'Meta named no end');
    },
  },
  {
    name: 'remembers account and number when it is tried again, and none of that is a proof',
    async run(store) {
      await fill(store);
      await store.finishStep(needsOperator(await opened(store), true));
      assert.equal(await store.decide(retried('attached-x', t0 + 3)), 'saved');
      const claim = await store.findClaim('attached-x');
      assert.deepEqual([claim?.status, claim?.wabaId, claim?.provenAt], ['received', '888', undefined]);
      assert.equal(claim?.phoneNumber, '+15550100001');
      assert.deepEqual(await store.listClaimsOfAccount('888'), []);
      const [lease] = await store.leaseWork({ now: t0 + 3, limit: 1 });
      assert.ok(lease);
      assert.equal((await store.keepHold({ lease, now: t0 + 4, until: t0 + day }))?.id, id);
    },
  },
  {
    name: 'gives work of the right step to a claim that has lost its own',
    async run(store) {
      await fill(store);
      const lease = await opened(store);
      await store.finishStep({ lease, now: t0, next: { do: 'done' } });
      assert.equal(await store.reviveStuck({ now: t0 + 2, before: t0 + 1, limit: 10 }), 1);
      assert.equal((await store.leaseWork({ now: t0 + 2, limit: 1 }))[0]?.step, 'attach_named');
    },
  },
  {
    name: 'counts no number of an operator’s among the sign-ups of its customer',
    async run(store) {
      const numbers = Array.from({ length: claimLimits.newClaims + 1 }, (_, n) => poolNumber(n + 1));
      await fill(store, numbers);
      for (const [n, number] of numbers.entries())
        assert.equal(await outcomeOf(store, `n${n}`, { numberId: number.id }), 'opened');
      await leased(store, 'ada');
    },
  },
  {
    name: 'opens one claim when operators come at once, and never offers its number to a customer who comes then',
    async run(store) {
      const count = 12;
      await fill(
        store,
        Array.from({ length: count }, (_, n) => poolNumber(n + 1)),
      );
      for (let n = 1; n <= count; n += 1) {
        const numberId = poolNumber(n).id;
        const of = (name: string, over = {}) => outcomeOf(store, `${name}-${n}`, { numberId, ...over });
        const customers = ['ada', `customer-${n}`];
        const [first, second, other, ...sessions] = await Promise.all([
          of('one'),
          of('two'),
          of('other', { wabaId: '889', customerId: 'bob' }),
          ...customers.map((customerId) => given(store, customerId, t0)),
        ]);
        const outcomes = [first, second, other];
        const claims = [`attached-one-${n}`, `attached-two-${n}`, `attached-other-${n}`];
        const there = (await Promise.all(claims.map((claim) => store.findClaim(claim)))).filter(Boolean);
        const isGiven = sessions.some((ids) => ids.includes(numberId));
        const said = `${n}: ${outcomes.join(' ')}, ${isGiven ? 'given' : 'not given'}`;
        assert.equal(there.length, outcomes.filter((outcome) => outcome === 'opened').length, said);
        assert.ok(there.length <= 1, said);
        const { heldBy = '' } = (await store.findNumber(numberId)) ?? {};
        if (there.length === 1) assert.equal(heldBy, `attach:${there[0]?.id}`, said);
        // Numbers that pages got first are theirs, and then out of the way.
        await store.releaseHolds({ now: t0 + hour, limit: 100 });
      }
    },
  },
];
