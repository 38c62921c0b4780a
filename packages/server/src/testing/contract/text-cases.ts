import assert from 'node:assert/strict';
import { claimTextCases } from './claim-text-cases.ts';
import { leased, poolNumber, proof, t0, wish, type ContractCase } from './contract-case.ts';
import { asked, budget, codesSent, hour, id, keep, phoneNumber, spend, texts } from './text-acts.ts';

/** What a store promises about codes that come by text. */
export const textCases: ContractCase[] = [
  {
    name: 'keeps a text for a number that waits for a code, and a later one in its place',
    async run(store) {
      await asked(store);
      assert.equal(await keep(store), 'kept');
      assert.equal(await keep(store, { now: t0 + 5, sealed: 'sealed-2' }), 'kept');
      assert.deepEqual(await texts(store), [[id, 'sealed-2', t0 + 5]]);
    },
  },
  {
    name: 'keeps no text that nobody asked for: of another number, of long ago, or after Meta refused to send one',
    async run(store) {
      const callId = await asked(store);
      assert.equal(await keep(store, { id: '1000002' }), 'not_expected');
      assert.equal(await keep(store, { since: t0 + 1 }), 'not_expected');
      assert.equal(await keep(store, { id: '404' }), 'not_expected');
      await store.endNumberCall({ callId, outcome: 'refused' });
      assert.equal(await keep(store), 'not_expected');
      assert.deepEqual(await texts(store), []);
      // Nobody knows whether Meta sent one: it may have.
      await store.endNumberCall({ callId, outcome: 'unsure' });
      assert.equal(await keep(store), 'kept');
    },
  },
  {
    name: 'keeps a text for a number of which an older object was asked',
    async run(store) {
      await asked(store, { numberId: 'an-older-one' });
      assert.equal(await keep(store), 'kept');
    },
  },
  {
    name: 'keeps no text for a number that is claimed or has left the pool',
    async run(store) {
      await asked(store);
      assert.equal(await store.markNumberGone({ id, now: t0 + 1 }), true);
      assert.equal(await keep(store), 'not_expected');
      const number = poolNumber(1);
      await store.keepNumber({ number, now: t0 + 2 });
      assert.equal(await keep(store), 'kept');
      await store.dropText({ id, opened: 'sealed-1' });
      await store.openSession(wish('ada'));
      const lease = await leased(store, 'ada');
      assert.equal(await proof(store, lease, '777', id), 'saved');
      assert.equal(await keep(store), 'not_expected');
      assert.deepEqual(await texts(store), []);
    },
  },
  {
    name: 'has no text of a number that has left the pool or was claimed since it came',
    async run(store) {
      await asked(store);
      await keep(store);
      await store.markNumberGone({ id, now: t0 + 2 });
      assert.deepEqual(await texts(store), []);
      assert.deepEqual(await spend(store), { allowed: false, why: 'changed' });

      await store.keepNumber({ number: poolNumber(1), now: t0 + 3 });
      await keep(store);
      await store.mirrorPool({ numbers: [poolNumber(2)], now: t0 + 4, complete: true });
      assert.deepEqual(await texts(store), []);
      assert.deepEqual(await spend(store), { allowed: false, why: 'changed' });

      await store.mirrorPool({ numbers: [poolNumber(1), poolNumber(2)], now: t0 + 5, complete: true });
      assert.deepEqual(await texts(store), []);
      await keep(store);
      await store.openSession(wish('ada'));
      const lease = await leased(store, 'ada');
      assert.equal(await proof(store, lease, '777', id), 'saved');
      assert.deepEqual(await texts(store), []);
      assert.deepEqual(await spend(store), { allowed: false, why: 'changed' });
      assert.equal(await codesSent(store), 0);
    },
  },
  {
    name: 'lists texts by their age, as many as were asked for',
    async run(store) {
      await asked(store);
      const leave = await store.spendNumberCall({
        now: t0,
        phoneNumber: '+15550100002',
        numberId: '1000002',
        kind: 'request_code',
        who: 'kit',
        budget,
      });
      assert.ok(leave.allowed);
      await keep(store, { now: t0 + 9 });
      await keep(store, { id: '1000002', sealed: 'sealed-2', now: t0 + 3 });
      assert.deepEqual(await texts(store), [
        ['1000002', 'sealed-2', t0 + 3],
        [id, 'sealed-1', t0 + 9],
      ]);
      assert.deepEqual(
        (await store.listTexts({ limit: 1 })).map((number) => number.id),
        ['1000002'],
      );
    },
  },
  {
    name: 'lets one of many hand a code in, and has written the call by then',
    async run(store) {
      await asked(store);
      await keep(store);
      const leaves = await Promise.all(Array.from({ length: 12 }, () => spend(store)));
      const allowed = leaves.flatMap((leave) => (leave.allowed ? [leave.callId] : []));
      assert.equal(allowed.length, 1);
      for (const leave of leaves) {
        if (!leave.allowed) assert.equal(leave.why, 'changed');
      }
      const [call, ...others] = await store.listNumberCalls({ phoneNumber, kind: 'verify_code', limit: 10 });
      assert.deepEqual(others, []);
      assert.deepEqual(
        [call?.id, call?.who, call?.at, call?.outcome],
        [allowed[0], 'kit', t0 + 2, undefined],
      );
      assert.deepEqual(await texts(store), []);
    },
  },
  {
    name: 'hands no other text in than the one that was opened',
    async run(store) {
      await asked(store);
      assert.deepEqual(await spend(store), { allowed: false, why: 'changed' });
      await keep(store);
      await keep(store, { sealed: 'sealed-2' });
      assert.deepEqual(await spend(store), { allowed: false, why: 'changed' });
      assert.deepEqual(await spend(store, { id: '404' }), { allowed: false, why: 'changed' });
      assert.equal(await codesSent(store), 0);
      assert.deepEqual(await texts(store), [[id, 'sealed-2', t0 + 1]]);
      assert.equal((await spend(store, { opened: 'sealed-2' })).allowed, true);
    },
  },
  {
    name: 'hands no code in beyond the budget, and keeps the text then',
    async run(store) {
      await asked(store);
      await keep(store);
      const none = { ...budget, calls: 1 };
      assert.equal((await spend(store, { budget: none })).allowed, true);
      await keep(store, { sealed: 'sealed-2' });
      const refused = await spend(store, { opened: 'sealed-2', now: t0 + 3, budget: none });
      assert.deepEqual(refused, { allowed: false, why: 'budget', retryAt: t0 + 2 + hour });
      assert.deepEqual(await texts(store), [[id, 'sealed-2', t0 + 1]]);
      const later = await spend(store, { opened: 'sealed-2', now: t0 + 2 + hour, budget: none });
      assert.equal(later.allowed, true);
    },
  },
  {
    name: 'drops the text that was looked at, and none that came since',
    async run(store) {
      await asked(store);
      await keep(store);
      await store.dropText({ id, opened: 'another' });
      assert.equal((await texts(store)).length, 1);
      await keep(store, { sealed: 'sealed-2' });
      await store.dropText({ id, opened: 'sealed-1' });
      assert.deepEqual(await texts(store), [[id, 'sealed-2', t0 + 1]]);
      await store.dropText({ id, opened: 'sealed-2' });
      assert.deepEqual(await texts(store), []);
    },
  },
  {
    name: 'leaves a text where it is when Meta’s list says something new of its number',
    async run(store) {
      await asked(store);
      await keep(store);
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0 + 2, complete: false });
      assert.deepEqual(await texts(store), [[id, 'sealed-1', t0 + 1]]);
    },
  },
  ...claimTextCases,
];
