import assert from 'node:assert/strict';
import type { NumberCallBudget } from '../../ports/pool-store.ts';
import type { Store } from '../../ports/store.ts';
import { t0, type ContractCase } from './contract-case.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type Spend = Parameters<Store['spendNumberCall']>[0];
const budget: NumberCallBudget = { window: hour, calls: 3, apart: 0 };
const spend = (store: Store, over: Partial<Spend> = {}) =>
  store.spendNumberCall({
    now: t0,
    phoneNumber: '+15550100001',
    numberId: '1000001',
    kind: 'request_code',
    who: 'ann',
    budget,
    ...over,
  });
/** A call that was allowed, by its id. */
const spent = async (store: Store, over: Partial<Spend> = {}): Promise<string> => {
  const leave = await spend(store, over);
  assert.ok(leave.allowed);
  return leave.callId;
};

/** What a store promises about calls that Meta counts. */
export const numberCallCases: ContractCase[] = [
  {
    name: 'keeps a call before it is made and how it ended, the newest first',
    async run(store) {
      const first = await spent(store, { method: 'SMS' });
      const second = await spent(store, { now: t0 + 1, who: 'kit', method: 'VOICE' });
      await spent(store, { now: t0 + 2, kind: 'add', numberId: undefined });
      await store.endNumberCall({ callId: first, outcome: 'refused', reason: 'graph:136024' });
      const call = {
        id: '',
        method: undefined,
        outcome: undefined,
        reason: undefined,
        closedUntil: undefined,
      };
      const all = await store.listNumberCalls({ phoneNumber: '+15550100001', limit: 10 });
      assert.deepEqual(
        all.map((one) => ({ ...one, id: '' })),
        [
          { ...call, kind: 'add', at: t0 + 2, who: 'ann' },
          { ...call, kind: 'request_code', at: t0 + 1, who: 'kit', method: 'VOICE' },
          {
            ...call,
            kind: 'request_code',
            at: t0,
            who: 'ann',
            method: 'SMS',
            outcome: 'refused',
            reason: 'graph:136024',
          },
        ],
      );
      const ofKind = { phoneNumber: '+1 (555) 010-0001', kind: 'request_code' } as const;
      const ids = (await store.listNumberCalls({ ...ofKind, limit: 10 })).map(({ id }) => id);
      assert.deepEqual(ids, [second, first]);
      assert.equal((await store.listNumberCalls({ ...ofKind, limit: 1 }))[0]?.id, second);
      assert.deepEqual(await store.listNumberCalls({ phoneNumber: '+15550100002', limit: 10 }), []);
    },
  },
  {
    name: 'lets as many calls through as the budget has, those that Meta refused and those nobody knows of included',
    async run(store) {
      await store.endNumberCall({ callId: await spent(store), outcome: 'refused' });
      await store.endNumberCall({ callId: await spent(store, { now: t0 + 1 }), outcome: 'unsure' });
      await spent(store, { now: t0 + 2 });
      const refused = { allowed: false, why: 'budget', retryAt: t0 + hour } as const;
      assert.deepEqual(await spend(store, { now: t0 + 3 }), refused);
      assert.deepEqual(await spend(store, { now: t0 + hour - 1 }), refused);
      assert.equal((await store.listNumberCalls({ phoneNumber: '+15550100001', limit: 10 })).length, 3);
      await spent(store, { now: t0 + hour });
      assert.deepEqual(await spend(store, { now: t0 + hour }), { ...refused, retryAt: t0 + 1 + hour });
    },
  },
  {
    name: 'counts no refusals that are said to cost nothing, however many, and everything else',
    async run(store) {
      const free = { budget: { ...budget, uncounted: ['not_sent', 'graph:auth'] } };
      const end = async (outcome: 'refused' | 'unsure', reason: string) =>
        store.endNumberCall({ callId: await spent(store, free), outcome, reason });
      for (let n = 0; n < 60; n += 1) await end('refused', n % 2 === 0 ? 'not_sent' : 'graph:auth');
      for (const reason of ['graph:100', 'graph:auth']) await end('unsure', reason);
      await end('refused', 'graph:100');
      assert.equal((await spend(store, free)).allowed, false);
    },
  },
  {
    name: 'keeps two calls apart, and says when the next may be made',
    async run(store) {
      const apart = { budget: { ...budget, apart: minute } };
      await spent(store, apart);
      const refused = { allowed: false, why: 'too_soon', retryAt: t0 + minute } as const;
      assert.deepEqual(await spend(store, { ...apart, now: t0 + minute - 1 }), refused);
      await spent(store, { ...apart, now: t0 + minute });
      assert.deepEqual(await spend(store, { ...apart, now: t0 + minute }), {
        ...refused,
        retryAt: t0 + 2 * minute,
      });
    },
  },
  {
    name: 'makes no call before Meta takes one again, however long that is, even where the window is over',
    async run(store) {
      const callId = await spent(store);
      const closedUntil = t0 + 5 * hour;
      await store.endNumberCall({ callId, outcome: 'refused', reason: 'graph:136024', closedUntil });
      const refused = { allowed: false, why: 'closed', retryAt: closedUntil } as const;
      assert.deepEqual(await spend(store, { now: t0 + 1 }), refused);
      assert.deepEqual(await spend(store, { now: closedUntil - 1 }), refused);
      await spent(store, { now: closedUntil });
      const [, first] = await store.listNumberCalls({ phoneNumber: '+15550100001', limit: 10 });
      assert.equal(first?.closedUntil, closedUntil);
    },
  },
  {
    name: 'counts a call of a clock that was ahead as made when that is noticed',
    async run(store) {
      const ahead = t0 + 400 * day;
      const apart = { budget: { ...budget, apart: minute } };
      await spent(store, { ...apart, now: ahead });
      const tooSoon = { allowed: false, why: 'too_soon', retryAt: t0 + minute } as const;
      assert.deepEqual(await spend(store, apart), tooSoon);
      assert.deepEqual(await spend(store, { ...apart, now: t0 + minute - 1 }), tooSoon);
      await spent(store, { ...apart, now: t0 + minute });
      // Where no distance is wanted it only counts.
      const kind = 'verify_code';
      for (const n of [0, 1]) await spent(store, { kind, now: ahead + n });
      await spent(store, { kind });
      const refused = { allowed: false, why: 'budget', retryAt: t0 + hour } as const;
      assert.deepEqual(await spend(store, { kind, now: t0 + hour - 1 }), refused);
      await spent(store, { kind, now: t0 + hour });
      const made = await store.listNumberCalls({ phoneNumber: '+15550100001', kind, limit: 10 });
      assert.deepEqual(
        made.map(({ at }) => at),
        [t0 + hour, t0, t0, t0],
      );
    },
  },
  {
    name: 'does not believe a clock that was ahead how long Meta takes no call',
    async run(store) {
      const ahead = t0 + 400 * day;
      const refusedUntil = async (now: number, closedUntil: number, phoneNumber: string) => {
        const callId = await spent(store, { now, phoneNumber });
        await store.endNumberCall({ callId, outcome: 'refused', closedUntil });
        const leave = await spend(store, { phoneNumber });
        return leave.allowed ? undefined : leave.retryAt;
      };
      assert.equal(await refusedUntil(ahead, ahead + 5 * hour, '+15550100001'), t0 + 5 * hour);
      assert.equal((await spend(store, { now: t0 + 5 * hour })).allowed, true);
      // The clock was set right, or wrong, between the call and its end.
      assert.equal(await refusedUntil(ahead, t0 + 5 * hour, '+15550100002'), t0 + 5 * hour);
      assert.equal(await refusedUntil(t0, ahead + 5 * hour, '+15550100003'), undefined);
      assert.equal(await refusedUntil(t0, t0 + 8 * day, '+15550100004'), t0 + 8 * day);
    },
  },
  {
    name: 'counts by the telephone number, whichever object of it is asked and however it is written',
    async run(store) {
      await spent(store);
      await spent(store, { numberId: '1000002', phoneNumber: '15550100001' });
      await spent(store, { numberId: undefined, phoneNumber: '+1 (555) 010-0001' });
      assert.equal((await spend(store, { numberId: '1000003' })).allowed, false);
      // Another number, and another kind of call, have budgets of their own.
      await spent(store, { numberId: '1000001', phoneNumber: '+15550100002' });
      await spent(store, { kind: 'verify_code' });
      // Brazil's two forms are one number.
      for (const phoneNumber of ['+5511987654321', '551187654321', '+5511987654321'])
        await spent(store, { phoneNumber });
      assert.equal((await spend(store, { phoneNumber: '+551187654321' })).allowed, false);
    },
  },
  {
    name: 'forgives the wrong codes before a right one, and no requests before one that Meta took',
    async run(store) {
      for (const kind of ['verify_code', 'request_code'] as const) {
        for (const n of [0, 1])
          await store.endNumberCall({
            callId: await spent(store, { kind, now: t0 + n }),
            outcome: 'refused',
          });
        await store.endNumberCall({ callId: await spent(store, { kind, now: t0 + 2 }), outcome: 'done' });
      }
      for (const n of [3, 4, 5]) await spent(store, { kind: 'verify_code', now: t0 + n });
      assert.equal((await spend(store, { kind: 'verify_code', now: t0 + 6 })).allowed, false);
      assert.equal((await spend(store, { now: t0 + 3 })).allowed, false);
    },
  },
  {
    name: 'lets exactly the budget through, however many ask at once',
    async run(store) {
      const leaves = await Promise.all(
        Array.from({ length: 24 }, (_, n) =>
          spend(store, { numberId: String(1_000_000 + n), budget: { ...budget, calls: 5 } }),
        ),
      );
      assert.equal(leaves.filter(({ allowed }) => allowed).length, 5);
      const ids = leaves.flatMap((leave) => (leave.allowed ? [leave.callId] : []));
      assert.equal(new Set(ids).size, 5);
      assert.equal((await store.listNumberCalls({ phoneNumber: '+15550100001', limit: 100 })).length, 5);
    },
  },
  {
    name: 'lets one of many through that ask at once, where calls must be apart',
    async run(store) {
      const apart = { budget: { ...budget, apart: minute } };
      const leaves = await Promise.all(Array.from({ length: 12 }, () => spend(store, apart)));
      assert.equal(leaves.filter(({ allowed }) => allowed).length, 1);
    },
  },
];
