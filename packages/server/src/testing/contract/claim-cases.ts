import assert from 'node:assert/strict';
import { incoming, leased, proof, t0, type ContractCase } from './contract-case.ts';

const eventOnly = { sealedCode: undefined, codeMark: undefined, runAt: t0 + 30_000 };
const codeOnly = { event: undefined, eventData: {} };

/** What a store promises about claims. */
export const claimCases: ContractCase[] = [
  {
    name: 'records a claim with its history and its work, and gives a repeat the same claim',
    async run(store) {
      const first = await store.recordClaim(incoming('ada'));
      assert.equal(first.outcome, 'created');
      assert.equal(first.claim.status, 'received');
      const again = await store.recordClaim(incoming('ada', { id: 'other', workId: 'other', now: t0 + 5 }));
      assert.equal(again.outcome, 'repeated');
      assert.equal(again.claim.id, first.claim.id);
      assert.deepEqual(
        (await store.claimHistory(first.claim.id)).map((entry) => entry.what),
        ['event and code received'],
      );
      assert.equal((await store.leaseWork({ now: t0, limit: 10 })).length, 1);
    },
  },
  {
    name: 'joins event and code in either order, and has the work looked at at once',
    async run(store) {
      for (const [name, first, second] of [
        ['event-first', eventOnly, codeOnly],
        ['code-first', codeOnly, eventOnly],
      ] as const) {
        await store.recordClaim(incoming(name, first));
        const joined = await store.recordClaim(incoming(name, { ...second, now: t0 + 1 }));
        assert.equal(joined.outcome, 'joined');
        assert.equal(joined.claim.event, 'FINISH');
        assert.equal(joined.claim.eventData.phone_number_id, '777');
        assert.notEqual(joined.claim.codeReceivedAt, undefined);
        const [lease] = await store.leaseWork({ now: t0 + 1, limit: 1, claimId: joined.claim.id });
        assert.equal(lease?.claimId, joined.claim.id);
      }
    },
  },
  {
    name: 'lets later ids of one session change nothing',
    async run(store) {
      await store.recordClaim(incoming('ada'));
      const forged = {
        eventData: { phone_number_id: '1', waba_id: '2' },
        codeMark: 'other',
        sealedCode: 'x',
      };
      const answer = await store.recordClaim(incoming('ada', { ...forged, codeMark: 'mark' }));
      assert.equal(answer.outcome, 'repeated');
      assert.equal(answer.claim.eventData.phone_number_id, '777');
      // The code of another sign-up is not taken silently: nobody would ever exchange it.
      await assert.rejects(store.recordClaim(incoming('ada', forged)), { code: 'session_used' });
      assert.equal((await store.findClaim('claim-ada'))?.sealedCode, 'sealed-code');
    },
  },
  {
    name: 'makes one claim of a hundred identical calls at once, and one of both halves at once',
    async run(store) {
      const same = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          store.recordClaim(incoming('ada', { id: `c${n}`, workId: `w${n}` })),
        ),
      );
      assert.equal(new Set(same.map(({ claim }) => claim.id)).size, 1);
      const halves = await Promise.all([
        store.recordClaim(incoming('bob', { ...eventOnly, id: 'b1', workId: 'bw1' })),
        store.recordClaim(incoming('bob', { ...codeOnly, id: 'b2', workId: 'bw2' })),
      ]);
      assert.equal(new Set(halves.map(({ claim }) => claim.id)).size, 1);
      const joined = await store.findClaim(halves[0].claim.id);
      assert.equal(joined?.event, 'FINISH');
      assert.notEqual(joined.codeReceivedAt, undefined);
      assert.equal((await store.listClaims({ limit: 10 })).items.length, 2);
    },
  },
  {
    name: 'lets a number have one live claim: the second proof is refused, and nothing of it is written',
    async run(store) {
      const ada = await leased(store, 'ada');
      const bob = await leased(store, 'bob');
      assert.equal(await proof(store, ada, '777'), 'saved');
      assert.equal(await proof(store, bob, '777'), 'number_taken');
      const refused = await store.findClaim(bob.claimId);
      assert.equal(refused?.status, 'received');
      assert.equal(refused.phoneNumberId, undefined);
      assert.equal((await store.claimHistory(bob.claimId)).length, 1);
    },
  },
  {
    name: 'takes an event that comes late for what it is: the claim that wanted it is tried again',
    async run(store) {
      const lease = await leased(store, 'ada', codeOnly);
      await store.finishStep({
        lease,
        now: t0,
        event: 'operator_needed',
        reason: { code: 'several_numbers', message: 'Choose one.' },
        next: { do: 'done' },
      });
      const { claim } = await store.recordClaim(incoming('ada', { ...eventOnly, now: t0 + 1 }));
      assert.equal(claim.status, 'received');
      assert.equal(claim.reason, undefined);
      assert.equal((await store.leaseWork({ now: t0 + 1, limit: 1 })).length, 1);
    },
  },
  {
    name: 'lets a number of the pool have one live claim, under whatever id Meta knows it now',
    async run(store) {
      const ada = await leased(store, 'ada');
      const bob = await leased(store, 'bob');
      assert.equal(await proof(store, ada, '777', '1000001'), 'saved');
      assert.equal(await proof(store, bob, '778', '1000001'), 'number_taken');
    },
  },
  {
    name: 'lets one of two simultaneous proofs of a number win',
    async run(store) {
      const leases = await Promise.all(['ada', 'bob', 'carol', 'dan'].map((name) => leased(store, name)));
      const outcomes = await Promise.all(leases.map((lease) => proof(store, lease, '777')));
      assert.deepEqual(outcomes.toSorted(), ['number_taken', 'number_taken', 'number_taken', 'saved']);
    },
  },
  {
    name: 'reserves nothing for unproven claims, and frees a number whose claim has ended',
    async run(store) {
      await store.recordClaim(incoming('mallory'));
      const ada = await leased(store, 'ada');
      assert.equal(await proof(store, ada, '777'), 'saved');
      await store.finishStep({ lease: ada, now: t0, event: 'ended', next: { do: 'done' } });
      const bob = await leased(store, 'bob');
      assert.equal(await proof(store, bob, '777'), 'saved');
    },
  },
  {
    name: 'lets no event through that the table does not know for the status',
    async run(store) {
      const lease = await leased(store, 'ada');
      const outcome = await store.finishStep({
        lease,
        now: t0,
        event: 'registered',
        patch: { registeredAt: t0 },
        next: { do: 'done' },
      });
      assert.equal(outcome, 'not_allowed');
      const claim = await store.findClaim(lease.claimId);
      assert.equal(claim?.status, 'received');
      assert.equal(claim.registeredAt, undefined);
      assert.equal(claim.step, 'exchange');
    },
  },
  {
    name: 'lists claims newest first, page by page, by status and by what people search for',
    async run(store) {
      for (let n = 0; n < 25; n += 1) {
        await store.recordClaim(incoming(`customer-${String(n).padStart(2, '0')}`));
      }
      const first = await store.listClaims({ limit: 10 });
      assert.equal(first.items[0]?.customerId, 'customer-24');
      const second = await store.listClaims({ limit: 10, cursor: first.nextCursor });
      const third = await store.listClaims({ limit: 10, cursor: second.nextCursor });
      assert.equal(third.nextCursor, undefined);
      const all = [first, second, third].flatMap((page) => page.items.map((claim) => claim.id));
      assert.equal(new Set(all).size, 25);
      assert.equal((await store.listClaims({ limit: 10, search: 'customer-03' })).items.length, 1);
      assert.equal((await store.listClaims({ limit: 10, status: 'registered' })).items.length, 0);
    },
  },
];
