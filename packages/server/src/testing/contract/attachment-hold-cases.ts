import assert from 'node:assert/strict';
import {
  attachment,
  decided,
  fill,
  given,
  id,
  needsOperator,
  opened,
  outcomeOf,
} from './attachment-world.ts';
import { leased, poolNumber, t0, wish, type ContractCase } from './contract-case.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** What a store promises about a number that is set aside for a claim without the popup. */
export const attachmentHoldCases: ContractCase[] = [
  {
    name: 'offers a number that is put on an account to nobody, not to its customer either',
    async run(store) {
      await fill(store, [poolNumber(1), poolNumber(2)]);
      await opened(store);
      assert.deepEqual(await given(store, 'ada'), ['1000002']);
      assert.deepEqual(await given(store, 'bob'), []);
      assert.deepEqual((await store.openSession(wish('ada', { now: t0 + 2 }))).openClaims, []);
    },
  },
  {
    name: 'takes a number over that a page of the same customer holds, and no page takes it back',
    async run(store) {
      await fill(store);
      assert.deepEqual(await given(store, 'ada', t0), [id]);
      await opened(store, 'x', { now: t0 + 1, heldUntil: t0 + day });
      assert.deepEqual(await given(store, 'ada', t0 + 2), []);
      await store.recordSessionEvent({
        id: 'cancel',
        sessionId: 'session-of-ada',
        at: t0 + 3,
        event: 'CANCEL',
        step: undefined,
        errorCode: undefined,
        errorMessage: undefined,
        metaSessionId: undefined,
        holdUntil: t0 + 4,
      });
      assert.equal((await store.findNumber(id))?.heldUntil, t0 + day, 'nor does its CANCEL end the hold');
      // The page had the number’s id, and may have it in its popup still.
      assert.deepEqual(
        (await store.findLaunches(id)).map(({ sessionId }) => sessionId),
        ['session-of-ada'],
      );
    },
  },
  {
    name: 'counts as no launch of the customer’s',
    async run(store) {
      await fill(store);
      await opened(store);
      assert.deepEqual(await store.findLaunches(id), []);
    },
  },
  {
    name: 'leaves a number to the customer who holds it, and takes it once that is over',
    async run(store) {
      await fill(store);
      assert.deepEqual(await given(store, 'bob', t0), [id]);
      const said = await store.openAttachment(attachment());
      assert.deepEqual(said, { outcome: 'held', until: t0 + hour });
      assert.deepEqual(await given(store, 'bob', t0 + 1), [id]);
      const later = { now: t0 + 1 + hour, heldUntil: t0 + day };
      assert.equal(await outcomeOf(store, 'x', later), 'opened');
      assert.deepEqual(await given(store, 'bob', later.now + 1), []);
    },
  },
  {
    name: 'goes on holding exactly that number for the claim, and no other one',
    async run(store) {
      await fill(store, [poolNumber(1), poolNumber(2)]);
      assert.deepEqual(await given(store, 'ada', t0), [id]);
      const lease = await opened(store, 'x', { numberId: '1000002' });
      assert.equal((await store.keepHold({ lease, now: t0 + 1, until: t0 + 2 * day }))?.id, '1000002');
      assert.equal((await store.findNumber('1000002'))?.heldUntil, t0 + 2 * day);
      // And the claim of a page has the page’s.
      const page = await leased(store, 'ada', { event: 'FINISH_ONLY_WABA' });
      assert.equal((await store.keepHold({ lease: page, now: t0 + 1, until: t0 + hour }))?.id, id);
      const later = t0 + 2 * hour;
      assert.equal(await store.releaseHolds({ now: later, limit: 10 }), 1);
      assert.equal(await store.keepHold({ lease: page, now: later, until: later + hour }), undefined);
      await store.withholdNumber({ id: '1000002', now: later, until: t0 + 3 * day, force: true });
      assert.equal(await store.keepHold({ lease, now: later + 1, until: t0 + 2 * day }), undefined);
    },
  },
  {
    name: 'takes the number again whose hold was over while nobody was at the claim, unless somebody else has it',
    async run(store) {
      await fill(store);
      const lease = await opened(store);
      const late = t0 + day;
      assert.equal(await store.releaseHolds({ now: late, limit: 10 }), 1);
      assert.equal((await store.keepHold({ lease, now: late, until: late + hour }))?.id, id);
      assert.deepEqual(await given(store, 'bob', late + 1), []);
      await store.releaseHolds({ now: late + hour, limit: 10 });
      assert.deepEqual(await given(store, 'bob', late + hour), [id]);
      assert.equal(await store.keepHold({ lease, now: late + hour + 1, until: late + day }), undefined);
      assert.equal((await store.findNumber(id))?.heldBy, 'bob');
    },
  },
  {
    name: 'tells a claim whose number a page was given afterwards, whatever becomes of the claim then',
    async run(store) {
      await fill(store);
      const find = async (unlessOffered: boolean) =>
        (await store.findAttachment({ numberId: id, wabaId: '888', unlessOffered }))?.id;
      assert.deepEqual(await given(store, 'bob', t0 - 2 * hour), [id]);
      await store.finishStep(needsOperator(await opened(store), true));
      assert.deepEqual(
        [await find(true), await find(false)],
        ['attached-x', 'attached-x'],
        'before is no matter',
      );
      assert.deepEqual(await given(store, 'ada', t0 + 3), [id]);
      assert.deepEqual([await find(true), await find(false)], [undefined, 'attached-x']);
      await store.decide(decided('attached-x', t0 + 4, 'dismissed'));
      assert.equal(await find(true), undefined);
      // It is set aside once more.
      await opened(store, 'y', { now: t0 + 5, heldUntil: t0 + day });
      assert.equal(await find(true), 'attached-y');
    },
  },
  {
    name: 'has its number back when a deletion comes to nothing',
    async run(store) {
      await fill(store);
      const lease = await opened(store);
      const until = t0 + hour;
      const said = await store.withholdNumber({ id, now: t0 + 1, until, force: true });
      assert.deepEqual(said, { withheld: true, until });
      assert.equal(await store.keepHold({ lease, now: t0 + 2, until }), undefined);
      await store.releaseNumber({ id, now: t0 + 3, until });
      assert.equal((await store.findNumber(id))?.heldBy, 'attach:attached-x');
      assert.deepEqual(await given(store, 'ada', t0 + 4), []);
      assert.equal((await store.keepHold({ lease, now: t0 + 5, until }))?.id, id);
    },
  },
  {
    name: 'goes on holding a number that Meta lists no more, which it may just have put on the account',
    async run(store) {
      await fill(store);
      const lease = await opened(store);
      await fill(store, []);
      await store.mirrorPool({ numbers: [], now: t0 + 1, complete: true });
      assert.ok((await store.findNumber(id))?.goneAt);
      assert.equal((await store.keepHold({ lease, now: t0 + 2, until: t0 + 2 * day }))?.id, id);
      // Once it has been let go, there is nothing to take.
      await store.releaseHolds({ now: t0 + 2 * day, limit: 10 });
      assert.equal(await store.keepHold({ lease, now: t0 + 2 * day, until: t0 + 3 * day }), undefined);
    },
  },
  {
    name: 'gives the number back with the step that says so, and with the end of the claim, whoever ends it',
    async run(store) {
      await fill(store);
      await store.finishStep(needsOperator(await opened(store, 'kept'), false));
      assert.deepEqual(await given(store, 'bob'), [], 'nobody knows whether it is on the account');
      await store.decide(decided('attached-kept', t0 + 3, 'dismissed'));
      assert.deepEqual(await given(store, 'bob', t0 + 4), [id]);
      const later = t0 + 5 + hour;
      const lease = await opened(store, 'given', { now: later, heldUntil: t0 + 2 * day });
      assert.equal(await store.finishStep({ ...needsOperator(lease, true), now: later + 1 }), 'saved');
      assert.deepEqual(await given(store, 'cid', later + 2), [id]);
      const last = later + 3 + hour;
      await opened(store, 'ended', { now: last, heldUntil: t0 + 2 * day, wabaId: '889' });
      await store.decide(decided('attached-ended', last + 1, 'ended'));
      assert.deepEqual(await given(store, 'dan', last + 2), [id]);
    },
  },
];
