import assert from 'node:assert/strict';
import { identityStanding, type IdentityEvidence } from '../../domain/customer-identity.ts';
import type { IdentityCursor } from '../../ports/identity-store.ts';
import type { Store } from '../../ports/store.ts';
import { t0, type ContractCase } from './contract-case.ts';
import { day, history, inService, second } from './in-service.ts';

/** The number that `inService` makes first. */
const phoneNumberId = '701';
const waId = '16505551234';
const customer = { phoneNumberId, waId };

const seen = (hash: string, at: number, whose: Partial<typeof customer> = {}): IdentityEvidence => ({
  kind: 'seen',
  ...customer,
  hash,
  at,
  messageId: `wamid.${hash}.${at}`,
  ...whose,
});

const record = (store: Store, ...evidence: IdentityEvidence[]) =>
  store.recordIdentities({ now: t0, evidence });

const forget = (store: Store, whose: Partial<typeof customer> = {}) =>
  store.forgetIdentity({ ...customer, ...whose, now: t0 + 7, who: 'ann' });

/** The n-th customer of a number. */
const nth = (n: number, of = phoneNumberId) => ({
  phoneNumberId: of,
  waId: String(4_915_100_000_000 + n),
});

/** Those of the first `count` customers of a number that are known. */
async function knownOf(store: Store, of: string, count: number): Promise<number[]> {
  const known: number[] = [];
  for (let n = 0; n < count; n += 1) {
    if ((await store.findIdentity(nth(n, of))) !== undefined) known.push(n);
  }
  return known;
}

/** The number goes with its claim. */
const leave = (store: Store, claimId: string, now: number) =>
  store.decide({
    claimId,
    now,
    event: 'ended',
    history: { what: 'ended', who: 'ann', reason: undefined, traceId: undefined },
  });

/** Rounds until all are done; how many customers were removed in each. */
async function remove(store: Store, before: number, limit = 100): Promise<number[]> {
  const rounds: number[] = [];
  let after: IdentityCursor | undefined;
  do {
    const { removed, next } = await store.removeIdentities({ before, limit, after });
    rounds.push(removed);
    after = next;
  } while (after !== undefined);
  return rounds;
}

const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);

/** What a store promises about how long it is known who customers are. */
export const identityLifetimeCases: ContractCase[] = [
  {
    name: 'forgets a customer of one number, also of both spellings, with a line of history that names nobody',
    async run(store) {
      await inService(store, 1);
      await record(store, seen('a', t0), seen('b', t0 + second), seen('a', t0, { phoneNumberId: '702' }));
      await record(store, seen('a', t0, { waId: '5215512345678' }), seen('a', t0, { waId: '16505551235' }));
      assert.equal(await forget(store), true);
      assert.equal(await forget(store, { waId: '+525512345678' }), true);
      assert.equal(await store.findIdentity(customer), undefined);
      assert.equal(await store.findIdentity({ ...customer, waId: '5215512345678' }), undefined);
      assert.ok((await store.findIdentity({ ...customer, waId: '16505551235' })) !== undefined);
      assert.ok((await store.findIdentity({ ...customer, phoneNumberId: '702' })) !== undefined);
      const line = [t0 + 7, 'identityForgotten', undefined, undefined, 'ann'];
      assert.deepEqual(await history(store, 1), [line, line]);
    },
  },
  {
    name: 'says that there was nothing to forget, and keeps no line of it',
    async run(store) {
      await inService(store, 1);
      assert.equal(await forget(store), false);
      await record(store, seen('a', t0));
      assert.equal(await forget(store), true);
      assert.equal(await forget(store), false);
      assert.equal((await history(store, 1)).length, 1);
      // Of a number that nobody ever claimed.
      await record(store, seen('a', t0, { phoneNumberId: '702' }));
      assert.equal(await forget(store, { phoneNumberId: '702' }), true);
      assert.deepEqual(await store.listPhoneNumberChanges({ phoneNumberId: '702', limit: 10 }), []);
    },
  },
  {
    name: 'takes the next hash of a customer who was forgotten for theirs, also an old one',
    async run(store) {
      await record(store, seen('a', t0), seen('b', t0 + second));
      await forget(store);
      await record(store, seen('a', t0));
      const identity = await store.findIdentity(customer);
      assert.ok(identity !== undefined);
      assert.deepEqual(identityStanding(identity), { standing: 'known', hash: 'a', seenAt: t0 });
      assert.equal(identity.trustedBy, undefined);
    },
  },
  {
    name: 'removes no customer of a number in service, however old, and all of one that left long ago, however new',
    async run(store) {
      await inService(store, 1);
      await inService(store, 2);
      for (const of of ['701', '702']) {
        await record(store, seen('a', t0 - 900 * day, nth(0, of)), seen('a', t0 + 900 * day, nth(1, of)));
      }
      await leave(store, 'claim-2', t0 + day);
      assert.equal(sum(await remove(store, t0 + day)), 0);
      assert.deepEqual(await knownOf(store, '702', 2), [0, 1]);
      assert.equal(sum(await remove(store, t0 + day + 1)), 2);
      assert.deepEqual(await knownOf(store, '702', 2), []);
      assert.deepEqual(await knownOf(store, '701', 2), [0, 1]);
    },
  },
  {
    name: 'removes no customer of a number that left and came back',
    async run(store) {
      await inService(store, 1);
      await record(store, seen('a', t0 - 900 * day, nth(0)));
      await leave(store, 'claim-1', t0);
      assert.equal(sum(await remove(store, t0)), 0);
      await store.importClaims({
        now: t0 + day,
        who: 'ann',
        claims: [
          {
            id: 'claim-again',
            customerId: 'customer-1',
            wabaId: '888',
            phoneNumberId,
            phoneNumber: '+14155550001',
            sealedToken: 'sealed',
            tokenExpiresAt: undefined,
            sealedPin: undefined,
            registeredAt: undefined,
          },
        ],
      });
      assert.equal(sum(await remove(store, t0 + 900 * day)), 0);
      assert.deepEqual(await knownOf(store, phoneNumberId, 1), [0]);
    },
  },
  {
    name: 'removes of a number that was never in service only customers of whom nothing new is known',
    async run(store) {
      const limit = t0 + 1000 * second;
      const old = limit - second;
      const mismatch = (n: number, at: number): IdentityEvidence => ({
        kind: 'mismatch',
        ...nth(n),
        at,
        messageId: `wamid.mismatch.${at}`,
      });
      await record(
        store,
        seen('a', old, nth(0)),
        mismatch(0, old),
        seen('a', limit, nth(1)),
        seen('a', old, nth(2)),
        mismatch(2, limit),
        mismatch(3, old),
        seen('a', old, nth(4)),
        seen('a', old, nth(5)),
      );
      // Somebody vouched for them, and a newer other hash was seen in the same second as theirs.
      await store.trustIdentity({ ...nth(4), now: limit, who: 'ann' });
      await record(store, seen('b', limit, nth(5)));
      assert.equal(sum(await remove(store, limit)), 2);
      assert.deepEqual(await knownOf(store, phoneNumberId, 6), [1, 2, 4, 5]);
    },
  },
  {
    name: 'removes customers in rounds, number by number, and comes to an end',
    async run(store) {
      await inService(store, 2);
      await leave(store, 'claim-2', t0);
      await inService(store, 3);
      for (const [of, at] of [
        ['701', t0],
        ['702', t0],
        ['703', t0],
        ['704', t0 + 9 * day],
      ] as const) {
        await record(store, ...Array.from({ length: 25 }, (_, n) => seen('a', at, nth(n, of))));
      }
      const rounds = await remove(store, t0 + day, 10);
      assert.ok(Math.max(...rounds) <= 10, rounds.join());
      assert.equal(sum(rounds), 50);
      for (const [of, left] of [
        ['701', 0],
        ['702', 0],
        ['703', 25],
        ['704', 25],
      ] as const) {
        assert.equal((await knownOf(store, of, 25)).length, left, of);
      }
      assert.equal(sum(await remove(store, t0 + day, 10)), 0);
    },
  },
];
