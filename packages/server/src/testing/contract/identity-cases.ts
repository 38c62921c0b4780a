import assert from 'node:assert/strict';
import {
  identityStanding,
  nobody,
  type CustomerIdentity,
  type IdentityEvidence,
} from '../../domain/customer-identity.ts';
import { changeIdOf } from '../../ports/change-id.ts';
import type { Store } from '../../ports/store.ts';
import { t0, type ContractCase } from './contract-case.ts';
import { identityTrustCases } from './identity-trust-cases.ts';

const second = 1000;
const phoneNumberId = '777';
const waId = '16505551234';
const customer = { phoneNumberId, waId };

/** A hash that was seen so many seconds after `t0`. */
const seen = (hash: string, at: number, whose: Partial<typeof customer> = {}): IdentityEvidence => ({
  kind: 'seen',
  ...customer,
  hash,
  at: t0 + at * second,
  messageId: `wamid.${hash}.${at}`,
  ...whose,
});

/** A message that was not delivered for its hash. */
const mismatch = (at: number): IdentityEvidence => ({
  kind: 'mismatch',
  ...customer,
  at: t0 + at * second,
  messageId: `wamid.mismatch.${at}`,
});

/** The id of a change of somebody of whom this is known. */
const idOf = (known: Partial<CustomerIdentity>) => changeIdOf(customer, { ...nobody, ...known });

const record = (store: Store, ...evidence: IdentityEvidence[]) =>
  store.recordIdentities({ now: t0, evidence });

const standing = async (store: Store, whose = customer) => {
  const identity = await store.findIdentity(whose);
  assert.ok(identity !== undefined);
  return identityStanding(identity);
};

/** What the host is told from here on. */
async function told(store: Store): Promise<unknown[]> {
  const leases = await store.leaseHostEvents({ now: t0, limit: 100 });
  for (const lease of leases) await store.finishHostEvent({ lease, now: t0, end: { do: 'delivered' } });
  return leases.map(({ event: { type, claimId, data } }) => ({ type, claimId, data }));
}

/** What a store promises about who customers are. */
export const identityCases: ContractCase[] = [
  {
    name: 'knows nothing of a customer, then their newest hash, whichever came last',
    async run(store) {
      assert.equal(await store.findIdentity(customer), undefined);
      await record(store, seen('a', 10), seen('a', 30));
      await record(store, seen('a', 20));
      assert.deepEqual(await standing(store), { standing: 'known', hash: 'a', seenAt: t0 + 30 * second });
      assert.deepEqual(await told(store), []);
      assert.equal(await store.findIdentity({ ...customer, phoneNumberId: '778' }), undefined);
      assert.equal(await store.findIdentity({ ...customer, waId: '16505551235' }), undefined);
    },
  },
  {
    name: 'takes both spellings of a Brazilian or Mexican number for one customer, with and without the plus',
    async run(store) {
      await record(store, seen('a', 1, { waId: '551187654321' }), seen('b', 1, { waId: '5215512345678' }));
      for (const [spelling, hash] of [
        ['551187654321', 'a'],
        ['+5511987654321', 'a'],
        ['5215512345678', 'b'],
        ['+525512345678', 'b'],
      ] as const) {
        const found = await standing(store, { phoneNumberId, waId: spelling });
        assert.deepEqual(found, { standing: 'known', hash, seenAt: t0 + second });
      }
    },
  },
  {
    name: 'tells the host, once, of a message that was not delivered for its hash',
    async run(store) {
      await record(store, seen('a', 10));
      await record(store, mismatch(20));
      await record(store, mismatch(20), mismatch(25), seen('b', 26));
      assert.deepEqual(await told(store), [
        {
          type: 'identityChanged',
          claimId: undefined,
          data: {
            ...customer,
            how: 'mismatch',
            messageId: 'wamid.mismatch.20',
            changedAt: new Date(t0 + 20 * second).toISOString(),
            changeId: idOf({
              seen: { hash: 'a', at: t0 + 10 * second, messageId: '' },
              mismatch: { at: t0 + 20 * second, messageId: '' },
            }),
          },
        },
      ]);
      assert.deepEqual(await standing(store), {
        standing: 'changed',
        how: 'mismatch',
        changedAt: t0 + 25 * second,
        messageId: 'wamid.mismatch.25',
      });
    },
  },
  {
    name: 'tells the host, once, of another hash than before, also when the older one comes last',
    async run(store) {
      await record(store, seen('b', 20));
      assert.deepEqual(await told(store), []);
      await record(store, seen('a', 10));
      await record(store, seen('c', 30));
      const [event, ...more] = await told(store);
      assert.deepEqual(more, []);
      assert.deepEqual(event, {
        type: 'identityChanged',
        claimId: undefined,
        data: {
          ...customer,
          how: 'new_hash',
          messageId: 'wamid.b.20',
          changedAt: new Date(t0 + 20 * second).toISOString(),
          changeId: idOf({
            seen: { hash: 'b', at: t0 + 20 * second, messageId: '' },
            otherAt: t0 + 10 * second,
          }),
        },
      });
    },
  },
  {
    name: 'takes the next hash for theirs once the host has vouched for the customer, and tells of the next change',
    async run(store) {
      await record(store, seen('a', 10), mismatch(20));
      const vouch = { ...customer, waId: `+${waId}`, now: t0 + 100 * second, who: 'ann' };
      const trusted = await store.trustIdentity(vouch);
      assert.deepEqual(trusted, { outcome: 'trusted', identity: await store.findIdentity(customer) });
      assert.equal(trusted.identity.trustedBy, 'ann');
      assert.deepEqual(identityStanding(trusted.identity), { standing: 'unknown' });
      await record(store, seen('b', 101), seen('a', 15));
      assert.deepEqual(await standing(store), { standing: 'known', hash: 'b', seenAt: t0 + 101 * second });
      assert.equal((await told(store)).length, 1);
      await record(store, seen('c', 102));
      assert.equal((await standing(store)).standing, 'changed');
      assert.equal((await told(store)).length, 1);
    },
  },
  {
    name: 'takes the newest hash for theirs once the host has vouched for the customer, and tells of the next one',
    async run(store) {
      await record(store, seen('a', 10), seen('b', 10), seen('c', 10));
      await store.trustIdentity({ ...customer, now: t0 + 100 * second, who: 'ann' });
      await store.trustIdentity({ ...customer, now: t0 + 101 * second, who: 'ann' });
      await record(store, seen('a', 10), seen('d', 10), seen('e', 9));
      assert.deepEqual(await standing(store), { standing: 'known', hash: 'c', seenAt: t0 + 10 * second });
      assert.equal((await told(store)).length, 1);
      // By our clock the host vouched later than that, but our clock may be ahead of Meta's.
      await record(store, seen('b', 11));
      assert.equal((await standing(store)).standing, 'changed');
      assert.equal((await told(store)).length, 1);
    },
  },
  {
    name: 'keeps that the host vouches for a customer of whom nothing is known yet',
    async run(store) {
      const { identity } = await store.trustIdentity({ ...customer, now: t0 + 100 * second, who: 'ann' });
      assert.equal(identity.trustedAt, t0 + 100 * second);
      await record(store, seen('a', 60));
      assert.deepEqual(await standing(store), { standing: 'known', hash: 'a', seenAt: t0 + 60 * second });
      assert.deepEqual(await told(store), []);
      // Nothing was settled: told once too often is better than not at all.
      await record(store, mismatch(50));
      assert.equal((await told(store)).length, 1);
    },
  },
  {
    name: 'keeps what a thousand customers wrote in one webhook, and tells of each change among them',
    async run(store) {
      const of = (n: number) => ({
        phoneNumberId: String(770 + (n % 3)),
        waId: String(4_915_100_000_000 + n),
      });
      const all = Array.from({ length: 1_000 }, (_, n) => n);
      await record(store, ...all.map((n) => seen('a', 10, of(n))));
      await record(store, ...all.filter((n) => n % 100 === 0).map((n) => seen('b', 20, of(n))));
      assert.equal((await told(store)).length, 10);
      for (const [n, expected] of [
        [0, 'changed'],
        [1, 'known'],
        [600, 'changed'],
        [999, 'known'],
      ] as const) {
        assert.equal((await standing(store, of(n))).standing, expected);
      }
    },
  },
  ...identityTrustCases,
];
