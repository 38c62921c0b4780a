import assert from 'node:assert/strict';
import type { PoolNumber } from '../../domain/pool-number.ts';
import type { Store } from '../../ports/store.ts';
import { poolNumber, t0, wish, type ContractCase } from './contract-case.ts';

const hour = 3_600_000;
const day = 24 * hour;
const id = '1000001';

/** Every page of a list, in order. */
export async function pages(store: Store, query: Parameters<Store['listPool']>[0]): Promise<string[][]> {
  const all: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await store.listPool({ ...query, cursor });
    all.push(page.items.map((item) => item.id));
    assert.ok(all.length < 100, 'the list does not end');
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}

/** A number whose verification ends then. */
export const lapsing = (n: number, verificationExpiresAt: number | undefined) =>
  poolNumber(n, { verificationExpiresAt });

/** What a store promises about single numbers and about lists of the pool. */
export const poolListCases: ContractCase[] = [
  {
    name: 'finds a number by its id, and the one that Meta lists by its telephone number',
    async run(store) {
      const again = poolNumber(1, { id: '31' });
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
      assert.equal((await store.findNumberByPhone('+1 555 010-0001'))?.id, id);
      await store.mirrorPool({ numbers: [again, poolNumber(2)], now: t0 + 1, complete: true });
      assert.equal((await store.findNumberByPhone('15550100001'))?.id, '31');
      assert.equal((await store.findNumber(id))?.goneAt, t0 + 1);
      assert.equal((await store.findNumber('31'))?.firstSeenAt, t0 + 1);
      await store.markNumberGone({ id: '31', now: t0 + 2 });
      assert.equal((await store.findNumberByPhone('15550100001'))?.phoneNumber, '+15550100001');
      assert.equal(await store.findNumber('404'), undefined);
      assert.equal(await store.findNumberByPhone('+15550109999'), undefined);
    },
  },
  {
    name: 'keeps one number as Meta shows it, and says nothing else about it than Meta does',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1), poolNumber(2)], now: t0, complete: true });
      await store.openSession(wish('ada'));
      const renewed = lapsing(1, t0 + 80 * day);
      const kept = await store.keepNumber({ number: renewed, now: t0 + 1 });
      assert.deepEqual(await store.findNumber(id), kept);
      const { heldBy, heldUntil, firstSeenAt, syncedAt, goneAt, verificationExpiresAt } = kept;
      assert.deepEqual([heldBy, heldUntil, firstSeenAt], ['ada', t0 + hour, t0]);
      assert.deepEqual([syncedAt, goneAt, verificationExpiresAt], [t0 + 1, undefined, t0 + 80 * day]);
      const added = await store.keepNumber({ number: poolNumber(3), now: t0 + 2 });
      assert.deepEqual([added.id, added.firstSeenAt, added.heldBy], ['1000003', t0 + 2, undefined]);
    },
  },
  {
    name: 'marks one number as gone, once, and has it back when Meta shows it again',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
      const marked = await Promise.all([1, 2, 3].map((n) => store.markNumberGone({ id, now: t0 + n })));
      assert.equal(marked.filter((isNews) => isNews).length, 1);
      assert.equal(await store.markNumberGone({ id: '404', now: t0 + 4 }), false);
      assert.deepEqual((await store.openSession(wish('ada'))).numbers, []);
      await store.keepNumber({ number: poolNumber(1), now: t0 + 5 });
      assert.equal((await store.findNumber(id))?.goneAt, undefined);
      assert.equal((await store.openSession(wish('ada'))).numbers.length, 1);
    },
  },
  {
    name: 'gives a number that is kept to the live claim that has it',
    async run(store) {
      const claim = {
        id: 'claim-1',
        customerId: 'ada',
        phoneNumberId: '777',
        wabaId: '888',
        phoneNumber: '+15550100001',
        sealedToken: undefined,
        tokenExpiresAt: undefined,
        sealedPin: undefined,
        registeredAt: t0,
      };
      assert.deepEqual(await store.importClaims({ now: t0, who: 'ann', claims: [claim] }), ['imported']);
      const kept = await store.keepNumber({ number: poolNumber(1), now: t0 + 1 });
      assert.deepEqual([kept.claimId, kept.claimedBy], ['claim-1', 'ada']);
    },
  },
  {
    name: 'takes a number that was added after a list was asked for as listed, though the list does not have it',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(2)], now: t0, complete: true });
      await store.keepNumber({ number: poolNumber(1), now: t0 + 2 });
      const { gone } = await store.mirrorPool({ numbers: [poolNumber(2)], now: t0 + 1, complete: true });
      assert.equal(gone, 0);
      assert.equal((await store.findNumber(id))?.goneAt, undefined);
      await store.mirrorPool({ numbers: [poolNumber(2)], now: t0 + 3, complete: true });
      assert.equal((await store.findNumber(id))?.goneAt, t0 + 3);
    },
  },
  {
    name: 'does not have a number back that was deleted after a list was asked for, though the list still has it',
    async run(store) {
      const numbers = [poolNumber(1), poolNumber(2)];
      await store.mirrorPool({ numbers, now: t0, complete: true });
      await store.markNumberGone({ id, now: t0 + 2 });
      const changed = lapsing(1, t0 + 60 * day);
      await store.mirrorPool({ numbers: [changed, poolNumber(2)], now: t0 + 1, complete: true });
      assert.equal((await store.findNumber(id))?.goneAt, t0 + 2);
      const opened = await store.openSession(wish('ada', { wanted: 2 }));
      assert.deepEqual(
        opened.numbers.map((number) => number.id),
        ['1000002'],
      );
      await store.mirrorPool({ numbers, now: t0 + 3, complete: true });
      assert.equal((await store.findNumber(id))?.goneAt, undefined);
    },
  },
  {
    name: 'does not write over what it read of a number after a list was asked for',
    async run(store) {
      const before = poolNumber(1, { verificationStatus: 'NOT_VERIFIED', verificationExpiresAt: undefined });
      await store.mirrorPool({ numbers: [before], now: t0, complete: true });
      await store.keepNumber({ number: poolNumber(1), now: t0 + 2 });
      await store.mirrorPool({ numbers: [before], now: t0 + 1, complete: true });
      assert.equal((await store.findNumber(id))?.verificationStatus, 'VERIFIED');
      await store.mirrorPool({ numbers: [before], now: t0 + 3, complete: true });
      assert.equal((await store.findNumber(id))?.verificationStatus, 'NOT_VERIFIED');
    },
  },
  {
    name: 'lists the pool by the end of the verification, page by page, each number once, those without an end last',
    async run(store) {
      // Many share an end, and many have none; ids are not in that order.
      const ends = [t0 + 3 * day, t0 + day, undefined, t0 + 2 * day, t0 + day, undefined, t0 + day] as const;
      const numbers = Array.from({ length: 28 }, (_, n) => lapsing(n, ends[n % ends.length]));
      await store.mirrorPool({ numbers, now: t0, complete: true });
      const end = ({ verificationExpiresAt }: PoolNumber) => verificationExpiresAt ?? Infinity;
      const expected = numbers
        .toSorted((a, b) => (end(a) === end(b) ? (a.id < b.id ? -1 : 1) : end(a) < end(b) ? -1 : 1))
        .map((number) => number.id);
      for (const limit of [1, 3, 4, 7, 12, 20, 28, 50]) {
        const all = await pages(store, { sort: 'expires', limit });
        assert.deepEqual(all.flat(), expected, `pages of ${limit}`);
        assert.equal(all.length, Math.ceil(28 / limit), `pages of ${limit}`);
      }
    },
  },
  {
    name: 'loses no row of a page that went before, when rows come and go between two pages',
    async run(store) {
      const numbers = Array.from({ length: 9 }, (_, n) => lapsing(n, n < 5 ? t0 + day : undefined));
      await store.mirrorPool({ numbers, now: t0, complete: true });
      const first = await store.listPool({ sort: 'expires', limit: 3 });
      const added = [lapsing(10, t0 + day), lapsing(11, undefined), lapsing(12, t0)];
      await store.mirrorPool({ numbers: added, now: t0 + 1, complete: false });
      const rest: string[] = [];
      for (let cursor = first.nextCursor; cursor !== undefined;) {
        const page = await store.listPool({ sort: 'expires', limit: 3, cursor });
        rest.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor;
      }
      const names = (...n: number[]) => n.map((one) => poolNumber(one).id);
      assert.deepEqual(rest, names(3, 4, 10, 5, 6, 7, 8, 11));
    },
  },
  {
    name: 'searches in that order as well, by part of a number and by Meta’s word',
    async run(store) {
      const numbers = [
        lapsing(1, t0 + 2 * day),
        { ...lapsing(2, t0 + day), verificationStatus: 'EXPIRED' },
        lapsing(3, undefined),
        lapsing(12, t0 + day),
      ];
      await store.mirrorPool({ numbers, now: t0, complete: true });
      const list = (query: { search?: string; status?: string }) =>
        pages(store, { sort: 'expires', limit: 1, ...query });
      assert.deepEqual(await list({ status: 'VERIFIED' }), [['1000012'], ['1000001'], ['1000003']]);
      assert.deepEqual(await list({ search: '0100 01' }), [['1000012']]);
      assert.deepEqual(await list({ status: 'GREEN' }), [[]]);
    },
  },
];
