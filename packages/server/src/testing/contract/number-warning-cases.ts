import assert from 'node:assert/strict';
import type { Store } from '../../ports/store.ts';
import { leased, poolNumber, proof, t0, wish, type ContractCase } from './contract-case.ts';

const day = 24 * 3_600_000;
const id = '1000001';

const mirror = (store: Store, now: number, ...numbers: number[]) =>
  store.mirrorPool({ numbers: numbers.map((n) => poolNumber(n)), now, complete: true });
const told = async (store: Store) => {
  const leases = await store.leaseHostEvents({ now: t0 + 100 * day, limit: 100 });
  const events = leases.map(({ event }) => event);
  return events.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1));
};

/** What a store promises about telling the host of numbers that lapse or are dropped. */
export const numberWarningCases: ContractCase[] = [
  {
    name: 'tells of the end of a verification once for each stage, and anew for a new end',
    async run(store) {
      await mirror(store, t0, 1);
      const tell = (stage: 45 | 14 | 3 | 0, expiresAt: number, now: number) =>
        store.tellOfExpiry({ id, now, seen: poolNumber(1), expiresAt, stage });
      const end = t0 + 44 * day;
      assert.equal(await tell(45, end, t0), true);
      assert.equal(await tell(45, end, t0 + 1), false);
      assert.equal(await tell(14, end, t0 + 30 * day), true);
      assert.equal(await tell(45, end, t0 + 30 * day), false);
      assert.equal(await tell(14, end, t0 + 31 * day), false);
      const [cared] = await store.listNumbersToCareFor({ now: t0 + 31 * day, limit: 1 });
      assert.deepEqual([cared?.toldExpiry, cared?.toldStage], [end, 14]);
      assert.equal(await tell(0, end, end), true);
      assert.equal(await tell(3, end, end), false);
      assert.equal(await tell(45, end + 90 * day, end + 50 * day), true);
      const events = await told(store);
      assert.deepEqual(
        events.map((event) => [event.type, event.claimId, event.data['stage'], event.data['daysLeft']]),
        [
          ['numberExpiring', undefined, 45, 44],
          ['numberExpiring', undefined, 14, 14],
          ['numberExpiring', undefined, 0, 0],
          ['numberExpiring', undefined, 45, 40],
        ],
      );
      const [first] = events;
      assert.equal(first?.occurredAt, new Date(t0).toISOString());
      assert.equal(first.data['expiresAt'], new Date(end).toISOString());
      const number = first.data['number'] as Record<string, unknown>; // what the store put there
      assert.deepEqual([number['id'], number['phoneNumber']], [id, '+15550100001']);
    },
  },
  {
    name: 'tells once however many ask at once, and of each stage once',
    async run(store) {
      await mirror(store, t0, 1, 2);
      const end = t0 + 14 * day;
      const said = await Promise.all(
        Array.from({ length: 24 }, (_, n) =>
          store.tellOfExpiry({
            id: n % 2 === 0 ? id : '1000002',
            now: t0,
            seen: poolNumber(n % 2 === 0 ? 1 : 2),
            expiresAt: end,
            stage: 14,
          }),
        ),
      );
      assert.equal(said.filter((isNews) => isNews).length, 2);
      const dropped = await Promise.all(
        Array.from({ length: 24 }, () =>
          store.tellOfUnverified({ id, now: t0, seen: poolNumber(1), droppedAt: end }),
        ),
      );
      assert.equal(dropped.filter((isNews) => isNews).length, 1);
      assert.deepEqual((await told(store)).map(({ type }) => type).toSorted(), [
        'numberExpiring',
        'numberExpiring',
        'numberUnverified',
      ]);
    },
  },
  {
    name: 'tells of a number that was never verified once, and for good',
    async run(store) {
      await mirror(store, t0, 1);
      const droppedAt = t0 + 90 * day;
      const now = t0 + 75 * day;
      const seen = poolNumber(1);
      assert.equal(await store.tellOfUnverified({ id, now, seen, droppedAt }), true);
      assert.equal(await store.tellOfUnverified({ id, now: now + 1, seen, droppedAt }), false);
      await mirror(store, now + 2, 1);
      assert.equal(await store.tellOfUnverified({ id, now: now + 3, seen, droppedAt }), false);
      const [event, ...others] = await told(store);
      assert.deepEqual(others, []);
      assert.equal(event?.type, 'numberUnverified');
      assert.deepEqual(
        [event.data['droppedAt'], event.data['daysLeft']],
        [new Date(droppedAt).toISOString(), 15],
      );
      const [cared] = await store.listNumbersToCareFor({ now, limit: 1 });
      assert.equal(cared?.toldUnverifiedAt, now);
    },
  },
  {
    name: 'tells of no number that has left the pool, is claimed, or was never there',
    async run(store) {
      await mirror(store, t0, 1, 2);
      await store.openSession(wish('ada'));
      const lease = await leased(store, 'ada');
      assert.equal(await proof(store, lease, '777', id), 'saved');
      await store.markNumberGone({ id: '1000002', now: t0 + 1 });
      for (const one of [id, '1000002', '404']) {
        const by = { id: one, now: t0 + 2, seen: poolNumber(Number(one) - 1_000_000) };
        assert.equal(await store.tellOfExpiry({ ...by, expiresAt: t0 + day, stage: 3 }), false);
        assert.equal(await store.tellOfUnverified({ ...by, droppedAt: t0 + day }), false);
      }
      assert.deepEqual(await told(store), []);
    },
  },
  {
    name: 'tells of nothing that is no more what was seen',
    async run(store) {
      const facts = [
        { verificationStatus: 'VERIFIED', verifiedAt: t0, verificationExpiresAt: t0 + 2 * day },
        { verificationStatus: 'EXPIRED', verifiedAt: t0, verificationExpiresAt: t0 + 2 * day },
        { verificationStatus: 'VERIFIED', verifiedAt: t0 + 1, verificationExpiresAt: t0 + 2 * day },
        { verificationStatus: 'VERIFIED', verifiedAt: t0, verificationExpiresAt: t0 + 90 * day },
        { verificationStatus: 'NOT_VERIFIED', verifiedAt: undefined, verificationExpiresAt: undefined },
      ];
      for (const [n, now] of facts.entries()) {
        await store.keepNumber({ number: poolNumber(1, now), now: t0 });
        for (const [m, seen] of facts.entries()) {
          if (n === m) continue;
          const by = { id, now: t0, seen };
          assert.equal(await store.tellOfExpiry({ ...by, expiresAt: t0 + n, stage: 3 }), false);
          assert.equal(await store.tellOfUnverified({ ...by, droppedAt: t0 }), false);
        }
        const by = { id, now: t0, seen: now };
        assert.equal(await store.tellOfExpiry({ ...by, expiresAt: t0 + n, stage: 3 }), true);
      }
      const seen = facts.at(-1) ?? poolNumber(1);
      assert.equal(await store.tellOfUnverified({ id, now: t0, seen, droppedAt: t0 }), true);
    },
  },
];
