import assert from 'node:assert/strict';
import type { Store } from '../../ports/store.ts';
import { incoming, leased, poolNumber, proof, t0, wish, type ContractCase } from './contract-case.ts';

const hour = 3_600_000;
const day = 24 * hour;

const fill = (store: Store, count: number) =>
  store.mirrorPool({
    numbers: Array.from({ length: count }, (_, n) => poolNumber(n)),
    now: t0,
    complete: true,
  });
const idsOf = (opened: { numbers: { id: string }[] }) => opened.numbers.map((number) => number.id);

/** What a store promises about sessions and the numbers they hold. */
export const sessionCases: ContractCase[] = [
  {
    name: 'holds the number that lapses soonest among those that last long enough',
    async run(store) {
      await store.mirrorPool({
        numbers: [
          poolNumber(1, { verificationExpiresAt: t0 + 90 * day }),
          poolNumber(2, { verificationExpiresAt: t0 + 2 * day }),
          poolNumber(3, { verificationExpiresAt: t0 + hour }),
          poolNumber(4, { verificationStatus: 'EXPIRED' }),
        ],
        now: t0,
        complete: true,
      });
      assert.deepEqual(idsOf(await store.openSession(wish('ada'))), ['1000002']);
    },
  },
  {
    name: 'gives a number without an expiry last',
    async run(store) {
      await store.mirrorPool({
        numbers: [poolNumber(1, { verificationExpiresAt: undefined }), poolNumber(2)],
        now: t0,
        complete: true,
      });
      assert.deepEqual(idsOf(await store.openSession(wish('ada', { wanted: 2 }))), ['1000002', '1000001']);
    },
  },
  {
    name: 'honours the wish for a country first, and gives another country’s number rather than none',
    async run(store) {
      await store.mirrorPool({
        numbers: [poolNumber(1), poolNumber(2, { country: 'DE' }), poolNumber(3, { country: 'DE' })],
        now: t0,
        complete: true,
      });
      const opened = await store.openSession(wish('ada', { country: 'DE', wanted: 3 }));
      assert.deepEqual(idsOf(opened), ['1000002', '1000003', '1000001']);
    },
  },
  {
    name: 'gives a customer the same number again, so that reloading drains nothing',
    async run(store) {
      await fill(store, 5);
      const first = idsOf(await store.openSession(wish('ada')));
      const again = idsOf(await store.openSession(wish('ada', { id: 'another-session', now: t0 + 1 })));
      assert.deepEqual(again, first);
      const { items } = await store.listPool({ limit: 10 });
      assert.equal(items.filter((item) => item.heldBy !== undefined).length, 1);
    },
  },
  {
    name: 'holds a number for one customer at a time, and tells the next one that there is none',
    async run(store) {
      await fill(store, 1);
      assert.equal((await store.openSession(wish('ada'))).numbers.length, 1);
      assert.equal((await store.openSession(wish('bob'))).numbers.length, 0);
    },
  },
  {
    name: 'gives a number to the next customer once the hold is over, and remembers who held it',
    async run(store) {
      await fill(store, 1);
      await store.openSession(wish('ada'));
      const later = { now: t0 + 2 * hour, launchUntil: t0 + 3 * hour };
      assert.equal((await store.openSession(wish('bob', later))).numbers.length, 1);
      for (const customerId of ['ada', 'bob']) {
        const found = await store.findPoolNumber({ phoneNumber: '+15550100000', customerId });
        assert.equal(found?.heldByCustomer, true);
        assert.equal(found.number.heldBy, 'bob');
      }
      const carol = await store.findPoolNumber({ phoneNumber: '+15550100000', customerId: 'carol' });
      assert.equal(carol?.heldByCustomer, false);
    },
  },
  {
    name: 'gives back holds in slices, those that are over and no others',
    async run(store) {
      await fill(store, 3);
      await store.openSession(wish('ada'));
      await store.openSession(wish('bob'));
      await store.openSession(wish('carol', { launchUntil: t0 + 5 * hour }));
      assert.equal(await store.releaseHolds({ now: t0, limit: 10 }), 0);
      assert.equal(await store.releaseHolds({ now: t0 + 2 * hour, limit: 1 }), 1);
      assert.equal(await store.releaseHolds({ now: t0 + 2 * hour, limit: 10 }), 1);
      const { items } = await store.listPool({ limit: 10 });
      assert.deepEqual(
        items.flatMap((item) => item.heldBy ?? []),
        ['carol'],
      );
    },
  },
  {
    name: 'shortens a hold on CANCEL, never lengthens it, and keeps the event',
    async run(store) {
      await fill(store, 1);
      await store.openSession(wish('ada'));
      const cancel = (id: string, holdUntil: number) =>
        store.recordSessionEvent({
          id,
          sessionId: 'session-of-ada',
          at: t0,
          event: 'CANCEL',
          step: 'PHONE_NUMBER_SETUP',
          errorCode: undefined,
          errorMessage: undefined,
          metaSessionId: undefined,
          holdUntil,
        });
      const heldUntil = async () => (await store.listPool({ limit: 1 })).items[0]?.heldUntil;
      await cancel('e1', t0 + hour / 6);
      assert.equal(await heldUntil(), t0 + hour / 6);
      await cancel('e2', t0 + 10 * hour);
      assert.equal(await heldUntil(), t0 + hour / 6);
    },
  },
  {
    name: 'never offers a claimed number again, and remembers whose it is',
    async run(store) {
      await fill(store, 1);
      await store.openSession(wish('ada'));
      const lease = await leased(store, 'ada');
      assert.equal(await proof(store, lease, '777', '1000000'), 'saved');
      const [record] = (await store.listPool({ limit: 1 })).items;
      assert.equal(record?.claimedBy, 'ada');
      assert.equal(record.claimId, lease.claimId);
      assert.equal(record.heldBy, undefined);
      const later = { now: t0 + 2 * hour, launchUntil: t0 + 3 * hour };
      assert.equal((await store.openSession(wish('bob', later))).numbers.length, 0);
    },
  },
  {
    name: 'tells a session of the customer’s open claims, and of nobody else’s',
    async run(store) {
      await store.recordClaim(incoming('ada'));
      await store.recordClaim(incoming('bob'));
      const { openClaims } = await store.openSession(wish('ada', { id: 'new' }));
      assert.deepEqual(
        openClaims.map((claim) => claim.id),
        ['claim-ada'],
      );
    },
  },
  {
    name: 'hands no number out twice to 64 customers at once, in pools of 1, 10 and 100',
    async run(store) {
      for (const size of [1, 10, 100]) {
        const offset = size * 1000;
        await store.mirrorPool({
          numbers: Array.from({ length: size }, (_, n) => poolNumber(offset + n)),
          now: t0 + size,
          complete: true,
        });
        const opened = await Promise.all(
          Array.from({ length: 64 }, (_, n) => store.openSession(wish(`customer-${size}-${n}`))),
        );
        const given = opened.flatMap(idsOf);
        assert.equal(new Set(given).size, given.length, 'a number was given twice');
        assert.equal(given.length, Math.min(64, size));
      }
    },
  },
];
