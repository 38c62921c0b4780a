import assert from 'node:assert/strict';
import type { Store } from '../../ports/store.ts';
import { incoming, leased, t0, wish, type ContractCase } from './contract-case.ts';
import { asked, codesSent, id, keep, phoneNumber, spend, texts } from './text-acts.ts';

const line = { what: 'a step', who: 'kit', reason: undefined, traceId: undefined };

/** A claim of ada's on the first number, proven, which Meta then wants verified if it `waits`. Resolves to its id. */
async function claimed(
  store: Store,
  over: { session?: string; waits?: boolean; phone?: string } = {},
): Promise<string> {
  const { session = 'first', waits = true, phone = phoneNumber } = over;
  await store.openSession(wish('ada', { id: session }));
  const lease = await leased(store, 'ada', {
    ...incoming(session),
    sessionId: session,
    customerId: 'ada',
    codeMark: session,
  });
  const number = { phoneNumberId: '777', phoneNumber: phone, wabaId: '888' };
  const proven = await store.finishStep({
    lease,
    now: t0,
    event: 'proven',
    patch: { ...number, provenAt: t0, numberSource: 'pool', poolNumberId: id },
    history: line,
    next: waits ? { do: 'go', step: 'register' } : { do: 'done' },
  });
  assert.equal(proven, 'saved');
  if (waits) assert.equal(await toWait(store, lease), 'saved');
  return lease.claimId;
}

const toWait = (store: Store, lease: Parameters<Store['finishStep']>[0]['lease']) =>
  store.finishStep({ lease, now: t0, event: 'verification_needed', history: line, next: { do: 'done' } });

const decided = (store: Store, claimId: string, event: 'verified' | 'ended' | 'retried') =>
  store.decide({ claimId, now: t0 + 2, event, history: line });

/** What a store promises about codes that come by text for a number that a claim has. */
export const claimTextCases: ContractCase[] = [
  {
    name: 'keeps a text for a claimed number while its claim waits for a code, whether Meta lists it or not',
    async run(store) {
      await asked(store);
      const claimId = await claimed(store);
      assert.equal(await keep(store), 'kept');
      assert.deepEqual(await texts(store), [[id, 'sealed-1', t0 + 1]]);
      assert.equal((await store.listTexts({ limit: 1 }))[0]?.claimId, claimId);
      await store.dropText({ id, opened: 'sealed-1' });
      await store.markNumberGone({ id, now: t0 + 1 });
      assert.equal(await keep(store, { sealed: 'sealed-2' }), 'kept');
      assert.equal((await spend(store)).allowed, false);
      assert.equal((await spend(store, { opened: 'sealed-2' })).allowed, true);
      assert.deepEqual([await texts(store), await codesSent(store)], [[], 1]);
      // Nobody asked for a code since then.
      assert.equal(await keep(store, { since: t0 + 1 }), 'not_expected');
    },
  },
  {
    name: 'keeps no text for a claimed number whose claim waits for none, or is about another number',
    async run(store) {
      await asked(store);
      const claimId = await claimed(store, { waits: false });
      assert.equal(await keep(store), 'not_expected');
      await decided(store, claimId, 'ended');
      assert.equal(await keep(store), 'not_expected');
      await claimed(store, { session: 'second', phone: '+15550100002' });
      assert.equal(await keep(store), 'not_expected');
      assert.deepEqual(await texts(store), []);
    },
  },
  ...(['verified', 'retried', 'ended'] as const).map((event) => ({
    name: `erases the text of a claimed number when its claim is ${event}, and hands it in no more`,
    async run(store: Store) {
      await asked(store);
      const claimId = await claimed(store);
      await store.markNumberGone({ id, now: t0 + 1 });
      await keep(store);
      assert.equal(await decided(store, claimId, event), 'saved');
      assert.deepEqual(await texts(store), []);
      assert.deepEqual(await spend(store), { allowed: false, why: 'changed' });
      assert.equal(await keep(store), 'not_expected');
      assert.equal(await codesSent(store), 0);
    },
  })),
  {
    name: 'leaves the text of a claimed number where it is when its claim is written about and still waits',
    async run(store) {
      await asked(store);
      const claimId = await claimed(store);
      await keep(store);
      const { status, customerId } = (await store.findClaim(claimId)) ?? {};
      assert.ok(status !== undefined && customerId !== undefined);
      const onlyFrom = { status, customerId };
      assert.equal(await store.decide({ claimId, now: t0 + 2, onlyFrom, history: line }), 'saved');
      assert.deepEqual(await texts(store), [[id, 'sealed-1', t0 + 1]]);
    },
  },
  {
    name: 'erases the text of a claimed number that a newer claim takes over, and takes one for that claim once it waits',
    async run(store) {
      await asked(store);
      const before = await claimed(store);
      await keep(store);
      const after = await claimed(store, { session: 'second', waits: false });
      assert.equal((await store.findClaim(before))?.status, 'ended');
      assert.deepEqual(await texts(store), []);
      assert.equal(await keep(store), 'not_expected');
      await decided(store, after, 'ended');
      await claimed(store, { session: 'third' });
      assert.equal(await keep(store, { sealed: 'sealed-3' }), 'kept');
    },
  },
  {
    name: 'has a claim that moves on and its text handed in at once agree on one of the two',
    async run(store) {
      await asked(store);
      const claimId = await claimed(store);
      await keep(store);
      const [leave, outcome] = await Promise.all([spend(store), decided(store, claimId, 'ended')]);
      assert.equal(outcome, 'saved');
      assert.deepEqual([await texts(store), await codesSent(store)], [[], leave.allowed ? 1 : 0]);
    },
  },
];
