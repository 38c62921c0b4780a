import assert from 'node:assert/strict';
import type { NumberState } from '../../domain/number-lifecycle.ts';
import { poolNumber, t0, wish, type ContractCase } from './contract-case.ts';
import { lapsing, pages } from './pool-list-cases.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** {@link lapsing}(5), (1) and (2) in the order of their ends. */
const later = (one: string, other: string) =>
  '215'.indexOf(one.at(-1) ?? '') < '215'.indexOf(other.at(-1) ?? '') ? -1 : 1;

/** What a store promises about finding numbers of the pool. */
export const poolFilterCases: ContractCase[] = [
  {
    name: 'lists those that stand somewhere at a time, page by page and in both orders',
    async run(store) {
      const gone = poolNumber(6);
      const lapsed = lapsing(3, t0 + 2 * hour);
      const never = {
        verificationStatus: 'NOT_VERIFIED',
        verifiedAt: undefined,
        verificationExpiresAt: undefined,
      };
      const added = poolNumber(4, never);
      const numbers = [
        lapsing(5, t0 + 9 * day),
        lapsing(1, t0 + 8 * day),
        lapsing(2, t0 + 7 * day),
        lapsed,
        added,
      ];
      await store.mirrorPool({ numbers: [...numbers, gone], now: t0, complete: true });
      await store.mirrorPool({ numbers, now: t0 + 1, complete: true });
      const [held] = (await store.openSession(wish('ada'))).numbers;
      const others = [1, 2, 5].map((n) => poolNumber(n).id).filter((one) => one !== held?.id);
      const list = async (is: NumberState, now = t0 + 3 * minute, query = {}) =>
        (await pages(store, { limit: 1, state: { is, now }, ...query })).flat();
      assert.deepEqual(await list('held'), [held?.id]);
      assert.deepEqual(await list('gone'), [gone.id]);
      assert.deepEqual(await list('unverified'), [added.id]);
      assert.deepEqual(await list('claimed'), []);
      assert.deepEqual(await list('lapsed', t0 + 2 * hour), [lapsed.id]);
      // The hold is over by then.
      assert.deepEqual(await list('free', t0 + 2 * hour), ['1000001', '1000002', '1000005']);
      const free = [...others, lapsed.id].toSorted();
      assert.deepEqual(await list('free'), free);
      assert.deepEqual(await list('free', t0, { sort: 'expires' }), [lapsed.id, ...others.toSorted(later)]);
      assert.deepEqual(await list('free', t0, { status: 'EXPIRED' }), []);
      assert.deepEqual(await list('free', t0, { search: '100003' }), [lapsed.id]);
    },
  },
  {
    name: 'searches by all of Meta’s id, of a telephone number, and of whoever holds or has it',
    async run(store) {
      await store.mirrorPool({
        numbers: [1, 2, 3].map((n) => lapsing(n, t0 + n * day)),
        now: t0,
        complete: true,
      });
      const [held] = (await store.openSession(wish('customer-0001'))).numbers;
      for (const sort of ['id', 'expires'] as const) {
        const list = async (search: string) => (await pages(store, { sort, limit: 1, search })).flat();
        assert.deepEqual(await list('customer-0001'), [held?.id]);
        // No part of a telephone number is written like that.
        assert.deepEqual(await list('customer-0003'), []);
        assert.deepEqual(await list('1000002'), ['1000002']);
        assert.deepEqual(await list('+1 (555) 010-0002'), ['1000002']);
        assert.deepEqual(await list('555 010-000'), ['1000001', '1000002', '1000003']);
        assert.deepEqual(await list('2'.repeat(17)), []);
      }
    },
  },
];
