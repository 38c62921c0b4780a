import assert from 'node:assert/strict';
import { t0, type ContractCase } from './contract-case.ts';
import {
  day,
  hear,
  history,
  hour,
  inService,
  known,
  later,
  minute,
  quality,
  read,
  second,
} from './in-service.ts';

/** What a store promises about reading numbers in service: when, and what becomes of it. */
export const numberReadCases: ContractCase[] = [
  {
    name: 'reads the numbers of an account soon of which there is news, and no others',
    async run(store) {
      await inService(store, 1, '888');
      await inService(store, 2, '999');
      await read(store, 1, later);
      await read(store, 2, later);
      const at = later + hour;
      await hear(store, at, { about: 'account', wabaId: '888', at });
      assert.equal((await known(store, 1)).nextReadAt, at + 10 * second);
      assert.equal((await known(store, 2)).nextReadAt, later + day);
      const due = await store.listNumbersToRead({ now: at + 10 * second, limit: 10 });
      assert.deepEqual(
        due.map(({ phoneNumberId }) => phoneNumberId),
        ['701'],
      );
    },
  },
  {
    name: 'reads a number once for a storm of news, and never too soon after the last time',
    async run(store) {
      await inService(store, 1);
      await read(store, 1, later);
      for (let now = later + second; now < later + 4 * minute; now += 10 * second) {
        await hear(store, now, { about: 'account', wabaId: '888', at: now });
        assert.deepEqual(await store.listNumbersToRead({ now: now + 10 * second, limit: 10 }), []);
      }
      assert.equal((await known(store, 1)).nextReadAt, later + 5 * minute);
      await store.keepNumberUnread({
        phoneNumberId: '701',
        askedAt: later + 5 * minute,
        reason: 'throttled:80007',
        nextReadAt: later + hour,
        seen: (await known(store, 1)).wakes,
      });
      await hear(store, later + 6 * minute, { about: 'account', wabaId: '888', at: later + 6 * minute });
      assert.equal((await known(store, 1)).nextReadAt, later + 10 * minute);
    },
  },
  {
    name: 'reads the numbers of a large account less often, so that Meta’s hourly limit is kept',
    async run(store) {
      const numbers = Array.from({ length: 20 }, (_, n) => ({
        id: `claim-${n}`,
        customerId: 'ada',
        wabaId: '888',
        phoneNumberId: String(700 + n),
        phoneNumber: `+14155550${String(100 + n)}`,
        sealedToken: undefined,
        tokenExpiresAt: undefined,
        sealedPin: undefined,
        registeredAt: undefined,
      }));
      await store.importClaims({ now: t0, who: 'ann', claims: numbers });
      let reads = 0;
      for (let now = later; now < later + hour; now += minute) {
        await hear(store, now, { about: 'account', wabaId: '888', at: now });
        const due = await store.listNumbersToRead({ now: now + 10 * second, limit: 100 });
        for (const { phoneNumberId } of due) {
          reads += 1;
          await read(store, Number(phoneNumberId) - 700, now + 10 * second);
        }
      }
      assert.ok(reads >= 20 && reads <= 120, `${reads} reads in an hour`);
    },
  },
  {
    name: 'keeps what a read found, as of when it was asked, and the news that are newer than it',
    async run(store) {
      await inService(store, 1);
      await read(store, 1, later, { status: 'PENDING' });
      const { wakes } = await known(store, 1);
      await hear(store, later + 2 * second, quality(1, 'TIER_2K', later + 2 * second));
      await read(store, 1, later + second, { seen: wakes });
      const number = await known(store, 1);
      assert.equal(number.facts.messagingLimit?.value, 'TIER_2K');
      assert.equal(number.facts.status?.value, 'CONNECTED');
      assert.equal(number.readAt, later + second);
      assert.deepEqual(
        (await history(store, 1)).map(([, fact, before, after]) => [fact, before, after]),
        [
          ['messagingLimit', 'TIER_250', 'TIER_2K'],
          ['status', 'PENDING', 'CONNECTED'],
        ],
      );
      // The news came while it was read, so it is read again: not at once, and not a day later.
      assert.equal(number.nextReadAt, later + second + 5 * minute);
    },
  },
  {
    name: 'believes what Meta told in the second of the question, where it came after it',
    async run(store) {
      await inService(store, 1);
      await read(store, 1, later - hour);
      const { wakes } = await known(store, 1);
      await hear(store, later + second, quality(1, 'TIER_2K', later));
      await read(store, 1, later + 200, { seen: wakes });
      assert.equal((await known(store, 1)).facts.messagingLimit?.value, 'TIER_2K');
    },
  },
  {
    name: 'keeps why a read failed, how often, and all that is known; the next one that does not ends that',
    async run(store) {
      await inService(store, 1);
      await read(store, 1, later);
      const failed = { phoneNumberId: '701', reason: 'auth:190', nextReadAt: later + day + hour, seen: 0 };
      await store.keepNumberUnread({ ...failed, askedAt: later + day });
      await store.keepNumberUnread({ ...failed, askedAt: later + day + 1 });
      const unread = await known(store, 1);
      assert.deepEqual(
        [unread.failures, unread.problem, unread.readAt, unread.nextReadAt],
        [2, { reason: 'auth:190', at: later + day + 1 }, later, later + day + hour],
      );
      assert.equal(unread.facts.status?.value, 'CONNECTED');
      await read(store, 1, later + 2 * day);
      const again = await known(store, 1);
      assert.deepEqual([again.failures, again.problem], [0, undefined]);
    },
  },
  {
    name: 'keeps what a later read came to, when an earlier one ends after it',
    async run(store) {
      await inService(store, 1);
      await read(store, 1, later - hour, { status: 'PENDING' });
      const failed = { phoneNumberId: '701', reason: 'auth:190', seen: 0 };
      await store.keepNumberUnread({ ...failed, askedAt: later + second, nextReadAt: later + 2 * day });
      await read(store, 1, later);
      const unread = await known(store, 1);
      assert.deepEqual(
        [unread.problem, unread.failures, unread.readAt, unread.nextReadAt],
        [{ reason: 'auth:190', at: later + second }, 1, later, later + 2 * day],
      );
      assert.equal(unread.facts.status?.value, 'CONNECTED', 'what it found is known');
      await read(store, 1, later + minute);
      await store.keepNumberUnread({ ...failed, askedAt: later + 30 * second, nextReadAt: later + hour });
      const again = await known(store, 1);
      assert.deepEqual(
        [again.problem, again.failures, again.readAt, again.nextReadAt],
        [undefined, 0, later + minute, later + minute + day],
      );
    },
  },
  {
    name: 'plans the next read all the same when a clock that was ahead had written the last one',
    async run(store) {
      await inService(store, 1);
      await read(store, 1, later + 400 * day);
      await read(store, 1, later);
      assert.equal((await known(store, 1)).nextReadAt, later + day);
      await store.keepNumberUnread({
        phoneNumberId: '701',
        askedAt: later + 400 * day,
        reason: 'transient:2',
        nextReadAt: later + 400 * day,
        seen: 0,
      });
      await read(store, 1, later + hour);
      const number = await known(store, 1);
      assert.deepEqual([number.nextReadAt, number.problem], [later + hour + day, undefined]);
    },
  },
  {
    name: 'lists news before first reads, and those before the rest; but a fifth of a slice is the oldest plans',
    async run(store) {
      for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9]) await inService(store, n, String(880 + n));
      // These six are overdue since long before the first reads, which three more wait for.
      for (const n of [1, 2, 3, 4, 5, 6]) await read(store, n, t0 - 2 * day);
      const at = later + hour;
      await hear(store, at, { about: 'account', wabaId: '885', at }, { about: 'account', wabaId: '886', at });
      const due = async (limit: number) =>
        (await store.listNumbersToRead({ now: at + minute, limit })).map(
          ({ phoneNumberId }) => phoneNumberId,
        );
      assert.deepEqual((await due(5)).slice(0, 2).toSorted(), ['705', '706']);
      assert.deepEqual((await due(5)).slice(2, 4), ['707', '708']);
      assert.ok(['701', '702', '703', '704'].includes((await due(5))[4] ?? ''));
      assert.equal(new Set(await due(9)).size, 9);
      assert.deepEqual((await due(50)).slice(0, 5).toSorted(), ['705', '706', '707', '708', '709']);
      await read(store, 5, at + minute);
      await read(store, 7, at + minute);
      assert.deepEqual((await due(50)).slice(0, 3), ['706', '708', '709'], 'a read ends the hurry');
    },
  },
  {
    name: 'lists numbers to read by their plan, at most so many, and those that a wrong clock put far off',
    async run(store) {
      for (const n of [1, 2, 3]) await inService(store, n);
      await read(store, 1, later + 2 * minute);
      await read(store, 2, later + minute);
      await read(store, 3, later + 400 * day);
      const due = async (now: number, limit: number) =>
        (await store.listNumbersToRead({ now, limit })).map(({ phoneNumberId }) => phoneNumberId);
      assert.deepEqual(await due(later + day + hour, 10), ['702', '701', '703']);
      assert.deepEqual(await due(later + day + hour, 1), ['702']);
      assert.deepEqual(await due(later + minute, 10), ['703']);
    },
  },
];
