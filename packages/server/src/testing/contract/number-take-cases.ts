import assert from 'node:assert/strict';
import type { Store } from '../../ports/store.ts';
import { t0, type ContractCase } from './contract-case.ts';
import { day, hear, hour, inService, known, later, minute, read, second } from './in-service.ts';

/** Takes numbers for five minutes. */
const take = async (store: Store, now: number, limit = 10) =>
  (await store.takeNumbersToRead({ now, limit, until: now + 5 * minute })).map(
    ({ phoneNumberId }) => phoneNumberId,
  );

/** What a store promises about who reads a number in service. */
export const numberTakeCases: ContractCase[] = [
  {
    name: 'gives a number that is to be read to one node, and to another one once its time is over',
    async run(store) {
      await inService(store, 1);
      assert.deepEqual(await take(store, later), ['701']);
      assert.equal((await known(store, 1)).nextReadAt, later + 5 * minute);
      assert.deepEqual(await take(store, later + 5 * minute - 1), []);
      assert.deepEqual(await store.listNumbersToRead({ now: later, limit: 10 }), []);
      // Whoever had it crashed.
      assert.deepEqual(await take(store, later + 5 * minute), ['701']);
      await read(store, 1, later + 5 * minute);
      assert.deepEqual(await take(store, later + hour), []);
      assert.deepEqual(await take(store, later + 5 * minute + day), ['701']);
    },
  },
  {
    name: 'gives numbers as they are listed: the same ones first, and none that has left',
    async run(store) {
      for (const n of [1, 2, 3, 4, 5, 6]) await inService(store, n, String(880 + n));
      for (const n of [1, 2, 3]) await read(store, n, later - 3 * day);
      await read(store, 6, later + 400 * day);
      await hear(store, later, { about: 'account', wabaId: '883', at: later });
      const now = later + minute;
      for (let round = 0; round < 3; round += 1) {
        const listed = await store.listNumbersToRead({ now, limit: 2 });
        assert.deepEqual(
          await take(store, now, 2),
          listed.map(({ phoneNumberId }) => phoneNumberId),
        );
        assert.ok(round > 0 || listed[0]?.phoneNumberId === '703', 'of which there is news');
      }
      assert.deepEqual(await take(store, now), []);
      await store.decide({
        claimId: 'claim-1',
        now,
        event: 'ended',
        history: { what: 'ended', who: 'ann', reason: undefined, traceId: undefined },
      });
      assert.equal((await take(store, now + 5 * minute)).includes('701'), false);
    },
  },
  {
    name: 'gives each number to one of many who take at once',
    async run(store) {
      const ids = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => String(700 + n));
      for (const id of ids) await inService(store, Number(id) - 700);
      const taken: string[] = [];
      for (let round = 0; round < 9 && taken.length < ids.length; round += 1)
        taken.push(...(await Promise.all([2, 3, 4, 5].map((limit) => take(store, later, limit)))).flat());
      assert.deepEqual(taken.toSorted(), ids);
    },
  },
  {
    name: 'gives 120 numbers of an account in an hour, whether they were read yet or not, and those of others',
    async run(store) {
      const claims = Array.from({ length: 130 }, (_, n) => ({
        id: `claim-of-many-${n}`,
        customerId: 'ada',
        wabaId: '888',
        phoneNumberId: String(1_000 + n),
        phoneNumber: `+1415555${String(1_000 + n)}`,
        sealedToken: undefined,
        tokenExpiresAt: undefined,
        sealedPin: undefined,
        registeredAt: undefined,
      }));
      await store.importClaims({ now: t0, who: 'ann', claims });
      await inService(store, 1, '999');
      const taken: string[] = [];
      for (let round = 0; round < 9; round += 1) taken.push(...(await take(store, later, 25)));
      assert.equal(taken.length, 121);
      assert.ok(taken.includes('701'), 'the other account goes on');
      // They were taken by who crashed, say.
      assert.deepEqual(await take(store, later + 5 * minute - 1, 25), []);
    },
  },
  {
    name: 'keeps what news say of a number that is taken, and reads it again for them',
    async run(store) {
      await inService(store, 1);
      await read(store, 1, later - day);
      const { wakes } = await known(store, 1);
      assert.deepEqual(await take(store, later), ['701']);
      await hear(store, later + second, { about: 'account', wabaId: '888', at: later + second });
      assert.equal((await known(store, 1)).nextReadAt, later + 11 * second);
      await read(store, 1, later, { seen: wakes });
      assert.equal((await known(store, 1)).nextReadAt, later + 5 * minute);
    },
  },
];
