import assert from 'node:assert/strict';
import { identityStanding, nobody, type IdentityEvidence } from '../../domain/customer-identity.ts';
import { changeIdOf } from '../../ports/change-id.ts';
import type { IdentityRecord } from '../../ports/identity-store.ts';
import type { Store } from '../../ports/store.ts';
import { t0, type ContractCase } from './contract-case.ts';

const second = 1000;
const customer = { phoneNumberId: '777', waId: '16505551234' };

/** A hash that was seen so many seconds after `t0`. */
const seen = (hash: string, at: number): IdentityEvidence => ({
  kind: 'seen',
  ...customer,
  hash,
  at: t0 + at * second,
  messageId: `wamid.${hash}.${at}`,
});

/** A message that was not delivered for its hash. */
const mismatch = (at: number) => ({
  kind: 'mismatch' as const,
  ...customer,
  at: t0 + at * second,
  messageId: `wamid.mismatch.${at}`,
});

const record = (store: Store, ...evidence: IdentityEvidence[]) =>
  store.recordIdentities({ now: t0, evidence });

const known = async (store: Store): Promise<IdentityRecord> =>
  (await store.findIdentity(customer)) ?? { ...nobody, trustedBy: undefined };
const standing = async (store: Store) => identityStanding(await known(store));
/** The id of the change that is there. */
const changeId = async (store: Store) => changeIdOf(customer, await known(store));

const vouch = async (store: Store, id: string, { whose = customer, who = 'ann' } = {}) =>
  (await store.trustIdentity({ ...whose, now: t0, who, changeId: id })).outcome;

/** How often the host is told from here on. */
async function told(store: Store): Promise<number> {
  const leases = await store.leaseHostEvents({ now: t0, limit: 100 });
  for (const lease of leases) await store.finishHostEvent({ lease, now: t0, end: { do: 'delivered' } });
  return leases.length;
}

/** What a store promises about a host that vouches for a change. */
export const identityTrustCases: ContractCase[] = [
  {
    name: 'lets the host vouch for the change that it was told of, and for no later one',
    async run(store) {
      assert.equal(await vouch(store, 'x'.repeat(16)), 'another_change');
      assert.equal(await store.findIdentity(customer), undefined);
      await record(store, seen('a', 10), seen('b', 20));
      const first = await changeId(store);
      await record(store, seen('b', 25));
      assert.equal(await changeId(store), first);
      await record(store, seen('c', 30));
      const before = await known(store);
      for (const id of [first, changeIdOf(customer, nobody)]) {
        const vouched = await store.trustIdentity({ ...customer, now: t0, who: 'ann', changeId: id });
        assert.deepEqual(vouched, { outcome: 'another_change', identity: before });
      }
      assert.deepEqual(await known(store), before);
      const next = await changeId(store);
      await record(store, seen('c', 40));
      const whose = { ...customer, waId: `+${customer.waId}` };
      assert.equal(await vouch(store, next, { whose }), 'trusted');
      assert.deepEqual(await standing(store), { standing: 'known', hash: 'c', seenAt: t0 + 40 * second });
    },
  },
  {
    name: 'lets the host vouch for a customer whose hash nobody has seen',
    async run(store) {
      await record(store, mismatch(50));
      assert.equal(await vouch(store, await changeId(store)), 'trusted');
      assert.deepEqual(await standing(store), { standing: 'unknown' });
    },
  },
  {
    name: 'gives each change an id that no other change has, also when the hash is the same',
    async run(store) {
      const ids: string[] = [];
      await record(store, seen('a', 1));
      for (let change = 1; change <= 5; change += 1) {
        // The customer is not changed: what names them then names no change.
        ids.push(await changeId(store));
        await record(store, mismatch(change * 10));
        ids.push(await changeId(store));
        for (const [n, id] of ids.entries()) {
          if (n < ids.length - 1) assert.equal(await vouch(store, id), 'another_change');
        }
        assert.equal((await standing(store)).standing, 'changed');
        assert.equal(await vouch(store, ids.at(-1) ?? ''), 'trusted');
        await record(store, seen('a', change * 10 + 1));
        assert.equal((await standing(store)).standing, 'known');
      }
      assert.equal(new Set(ids).size, 10);
      assert.equal(await told(store), 5);
    },
  },
  {
    name: 'takes a change that was vouched for last for done when it is vouched for again, until something is new',
    async run(store) {
      await record(store, seen('a', 10), mismatch(20));
      const id = await changeId(store);
      assert.equal(await vouch(store, id), 'trusted');
      const once = await known(store);
      assert.equal(once.trustedBy, 'ann');
      assert.equal(await vouch(store, id, { who: 'bob' }), 'trusted');
      assert.deepEqual(await known(store), once);
      assert.deepEqual(await standing(store), { standing: 'unknown' });
      // The next hash is theirs.
      await record(store, seen('b', 30));
      const again = await store.trustIdentity({ ...customer, now: t0, who: 'bob', changeId: id });
      assert.deepEqual(again, { outcome: 'trusted', identity: await known(store) });
      assert.deepEqual(identityStanding(again.identity), {
        standing: 'known',
        hash: 'b',
        seenAt: t0 + 30 * second,
      });
      assert.equal(again.identity.trustedBy, 'ann');
      for (const news of [mismatch(40), seen('c', 50)]) {
        await record(store, news);
        assert.equal(await vouch(store, id), 'another_change');
      }
      assert.equal(await vouch(store, await changeId(store)), 'trusted');
      assert.equal(await vouch(store, id), 'another_change');
    },
  },
  {
    name: 'takes it for done also when the host has vouched without an id, and once more since',
    async run(store) {
      await record(store, seen('a', 10), seen('b', 20));
      const id = await changeId(store);
      for (const who of ['ann', 'bob']) await store.trustIdentity({ ...customer, now: t0, who });
      assert.equal(await vouch(store, id), 'trusted');
      assert.deepEqual(await standing(store), { standing: 'known', hash: 'b', seenAt: t0 + 20 * second });
      assert.equal((await known(store)).trustedBy, 'bob');
    },
  },
  {
    name: 'keeps the new hash that the host vouches for, also when a text with the one before was refused since',
    async run(store) {
      await record(store, seen('a', 10), seen('b', 20));
      const id = await changeId(store);
      await record(store, mismatch(25));
      assert.equal(await vouch(store, id), 'trusted');
      assert.deepEqual(await standing(store), { standing: 'known', hash: 'b', seenAt: t0 + 25 * second });
      assert.equal(await told(store), 1);
      await record(store, seen('b', 20), mismatch(25), seen('a', 22));
      assert.equal((await standing(store)).standing, 'known');
      // It was theirs no more: now nobody knows which is.
      await record(store, mismatch(26));
      assert.equal(await told(store), 1);
      assert.equal(await vouch(store, await changeId(store)), 'trusted');
      assert.deepEqual(await standing(store), { standing: 'unknown' });
    },
  },
  {
    name: 'tells of what Meta refuses after the vouching, whatever our clock says',
    async run(store) {
      await record(store, seen('a', 10), seen('b', 20));
      // It is a month ahead, then right again.
      for (const now of [t0 + 30 * 86_400 * second, t0 + 30 * second]) {
        await store.trustIdentity({ ...customer, now, who: 'ann' });
        assert.equal((await known(store)).trustedAt, now);
      }
      assert.equal(await told(store), 1);
      await record(store, mismatch(31));
      assert.equal((await standing(store)).standing, 'changed');
      assert.equal(await told(store), 1);
    },
  },
  {
    name: 'takes a refusal without a date for newer than all that is known, once for each message',
    async run(store) {
      const undated = (messageId: string, at: number): IdentityEvidence => ({
        ...mismatch(at),
        messageId,
        undated: true,
      });
      await record(store, seen('a', 10_000), seen('b', 20_000));
      await vouch(store, await changeId(store));
      assert.equal(await told(store), 1);
      for (const [n, messageId] of ['wamid.1', 'wamid.2'].entries()) {
        // Our clock is days behind, and goes on.
        await record(store, undated(messageId, n));
        assert.equal(await told(store), 1);
        const { mismatch: newest } = await known(store);
        assert.deepEqual(newest, { messageId, at: t0 + (20_001 + n) * second });
        await vouch(store, await changeId(store));
        await record(store, undated(messageId, 90_000), undated(messageId, 90_001));
        assert.equal((await standing(store)).standing, 'unknown');
        assert.equal(await told(store), 0);
      }
    },
  },
];
