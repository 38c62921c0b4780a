import assert from 'node:assert/strict';
import { poolNumber, t0, type ContractCase } from './contract-case.ts';

/** What a store promises about the pool. */
export const poolCases: ContractCase[] = [
  {
    name: 'mirrors what Meta lists, and writes over what it knew',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
      const changed = poolNumber(1, { verificationStatus: 'EXPIRED', verificationExpiresAt: undefined });
      await store.mirrorPool({ numbers: [changed], now: t0 + 1, complete: true });
      const { items } = await store.listPool({ limit: 10 });
      assert.equal(items.length, 1);
      assert.equal(items[0]?.verificationStatus, 'EXPIRED');
      assert.equal(items[0]?.verificationExpiresAt, undefined);
    },
  },
  {
    name: 'marks a number gone when a complete list does not have it, and not when the list is partial',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1), poolNumber(2)], now: t0, complete: true });
      assert.deepEqual(await store.mirrorPool({ numbers: [poolNumber(1)], now: t0 + 1, complete: false }), {
        gone: 0,
      });
      assert.deepEqual(await store.mirrorPool({ numbers: [poolNumber(1)], now: t0 + 2, complete: true }), {
        gone: 1,
      });
      const back = await store.mirrorPool({
        numbers: [poolNumber(1), poolNumber(2)],
        now: t0 + 3,
        complete: true,
      });
      assert.deepEqual(back, { gone: 0 });
      const { items } = await store.listPool({ limit: 10 });
      assert.ok(items.every((item) => item.goneAt === undefined));
    },
  },
  {
    name: 'takes pools of more than one statement, and gives them back page by page, each number once',
    async run(store) {
      const numbers = Array.from({ length: 450 }, (_, n) => poolNumber(n));
      await store.mirrorPool({ numbers, now: t0, complete: true });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.listPool({ limit: 100, cursor });
        seen.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      assert.equal(seen.length, 450);
      assert.equal(new Set(seen).size, 450);
    },
  },
  {
    name: 'finds a number by its digits in any spelling, Brazil’s and Mexico’s two forms included',
    async run(store) {
      await store.mirrorPool({
        numbers: [
          poolNumber(1),
          poolNumber(2, { id: '31', phoneNumber: '+5511987654321', displayPhoneNumber: '+55 11 98765-4321' }),
          poolNumber(3, { id: '32', phoneNumber: '+525512345678', displayPhoneNumber: '+52 55 1234 5678' }),
        ],
        now: t0,
        complete: true,
      });
      const find = async (phoneNumber: string) =>
        (await store.findPoolNumber({ phoneNumber, customerId: 'ada' }))?.number.id;
      assert.equal(await find('+1 (555) 010-0001'), '1000001');
      assert.equal(await find('551187654321'), '31');
      assert.equal(await find('+52 1 55 1234 5678'), '32');
      assert.equal(await find('+15550109999'), undefined);
    },
  },
  {
    name: 'searches the pool by part of a number and by Meta’s word for its verification',
    async run(store) {
      await store.mirrorPool({
        numbers: [poolNumber(1), poolNumber(2, { verificationStatus: 'EXPIRED' }), poolNumber(12)],
        now: t0,
        complete: true,
      });
      const ids = async (query: { search?: string; status?: string }) =>
        (await store.listPool({ limit: 10, ...query })).items.map((item) => item.id);
      assert.deepEqual(await ids({ search: '010-0012' }), ['1000012']);
      assert.deepEqual(await ids({ status: 'EXPIRED' }), ['1000002']);
    },
  },
  {
    name: 'knows between which two whole lists a number left the pool',
    async run(store) {
      const numbers = [poolNumber(1), poolNumber(2)];
      const find = async () => {
        const found = await store.findPoolNumber({ phoneNumber: '+15550100001', customerId: 'ada' });
        return [found?.number.lastListedAt, found?.number.goneAt];
      };
      await store.mirrorPool({ numbers, now: t0, complete: true });
      await store.mirrorPool({ numbers, now: t0 + 5, complete: true });
      await store.mirrorPool({ numbers: [], now: t0 + 7, complete: false });
      assert.deepEqual(await find(), [undefined, undefined]);
      await store.mirrorPool({ numbers: [poolNumber(2)], now: t0 + 9, complete: true });
      assert.deepEqual(await find(), [t0 + 5, t0 + 9]);
      await store.mirrorPool({ numbers: [poolNumber(2)], now: t0 + 20, complete: true });
      assert.deepEqual(await find(), [t0 + 5, t0 + 9]);
      await store.mirrorPool({ numbers, now: t0 + 30, complete: true });
      assert.deepEqual(await find(), [undefined, undefined]);
    },
  },
];
