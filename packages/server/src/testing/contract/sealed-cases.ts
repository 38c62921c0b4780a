import assert from 'node:assert/strict';
import type { SealedRows, SealedText } from '../../ports/sealed-store.ts';
import type { Store } from '../../ports/store.ts';
import { leased, incoming, poolNumber, proof, t0, type ContractCase } from './contract-case.ts';

/** Goes through all rows, a few at a time. */
async function sealedIn(store: Store, rows: SealedRows, limit = 2): Promise<SealedText[]> {
  const all: SealedText[] = [];
  let after: string | undefined = '';
  while (after !== undefined) {
    const slice: Awaited<ReturnType<Store['listSealed']>> = await store.listSealed({ rows, after, limit });
    all.push(...slice.texts);
    after = slice.next;
  }
  return all;
}

async function only(store: Store, rows: SealedRows): Promise<SealedText> {
  const [text, ...others] = await sealedIn(store, rows);
  assert.deepEqual(others, []);
  assert.ok(text !== undefined);
  return text;
}

/** A code that came by text for the n-th number of the pool, which had asked for one. */
async function keepText(store: Store, n: number, sealed: string): Promise<string> {
  const number = poolNumber(n);
  await store.keepNumber({ number, now: t0 });
  const leave = await store.spendNumberCall({
    now: t0,
    phoneNumber: number.phoneNumber,
    numberId: number.id,
    kind: 'request_code',
    who: 'kit',
    method: 'SMS',
    budget: { window: 1, calls: 100, apart: 0 },
  });
  assert.ok(leave.allowed);
  assert.equal(await store.keepText({ id: number.id, now: t0, since: t0, sealed }), 'kept');
  return number.id;
}

const textBudget = { window: 1_000, calls: 4, apart: 0 };

/** What a store promises about sealed texts, so that all of them can be sealed anew. */
export const sealedCases: ContractCase[] = [
  {
    name: 'lists every sealed text once, with the cell that it was sealed for, in slices of any size',
    async run(store) {
      const ada = await leased(store, 'ada', { codeMark: 'a' });
      await store.keepToken({ lease: ada, now: t0, sealedToken: 'token of ada', expiresAt: undefined });
      const bob = await leased(store, 'bob', { codeMark: 'b' });
      await store.spendCode({ lease: bob, now: t0, notBefore: t0 });
      await store.keepToken({ lease: bob, now: t0, sealedToken: 'token of bob', expiresAt: undefined });
      await store.recordClaim(incoming('cleo', { codeMark: 'c' }));
      await store.recordClaim(incoming('dan', { sealedCode: undefined, codeMark: undefined }));
      for (const phoneNumberId of ['71', '72', '73']) {
        await store.keepPin({ lease: ada, now: t0, phoneNumberId, sealedPin: `pin of ${phoneNumberId}` });
      }
      const claims: SealedText[] = [
        { kind: 'code', id: 'claim-ada', cell: 'claims.code/session-of-ada', sealed: 'sealed-code' },
        { kind: 'token', id: 'claim-ada', cell: 'claims.token/claim-ada', sealed: 'token of ada' },
        { kind: 'token', id: 'claim-bob', cell: 'claims.token/claim-bob', sealed: 'token of bob' },
        { kind: 'code', id: 'claim-cleo', cell: 'claims.code/session-of-cleo', sealed: 'sealed-code' },
      ];
      const pins = ['71', '72', '73'].map((id): SealedText => ({
        kind: 'pin',
        id,
        cell: `pins.pin/${id}`,
        sealed: `pin of ${id}`,
      }));
      const numbers: SealedText[] = [];
      for (const n of [1, 2, 3]) {
        const id = await keepText(store, n, `text for ${n}`);
        numbers.push({ kind: 'text', id, cell: `numbers.text/${id}`, sealed: `text for ${n}` });
      }
      for (const limit of [1, 2, 3, 100]) {
        assert.deepEqual(await sealedIn(store, 'claims', limit), claims);
        assert.deepEqual(await sealedIn(store, 'pins', limit), pins);
        assert.deepEqual(await sealedIn(store, 'numbers', limit), numbers);
      }
      assert.equal(await store.countSealed(), claims.length + pins.length + numbers.length);
    },
  },
  {
    name: 'has nothing sealed at the beginning',
    async run(store) {
      assert.deepEqual(await sealedIn(store, 'claims'), []);
      assert.deepEqual(await sealedIn(store, 'pins'), []);
      await store.keepNumber({ number: poolNumber(1), now: t0 });
      assert.deepEqual(await sealedIn(store, 'numbers'), []);
      assert.equal(await store.countSealed(), 0);
      assert.deepEqual(await store.replaceSealed([]), []);
    },
  },
  {
    name: 'puts a sealed text in the place of an old one, and changes nothing else of the claim',
    async run(store) {
      const lease = await leased(store, 'ada');
      await store.keepToken({ lease, now: t0, sealedToken: 'old token', expiresAt: t0 + 5 });
      await store.keepPin({ lease, now: t0, phoneNumberId: '777', sealedPin: 'old pin' });
      await proof(store, lease, '777');
      const before = await store.findClaim('claim-ada');
      const history = await store.claimHistory('claim-ada');
      const texts = [...(await sealedIn(store, 'claims')), ...(await sealedIn(store, 'pins'))];
      const replacements = texts.map((old) => ({ old, sealed: `new ${old.kind}` }));
      assert.deepEqual(await store.replaceSealed(replacements), [true, true, true]);
      assert.deepEqual(await store.findClaim('claim-ada'), {
        ...before,
        sealedCode: 'new code',
        sealedToken: 'new token',
      });
      assert.deepEqual(await store.claimHistory('claim-ada'), history);
      const read = await store.readPin({ claimId: 'claim-ada', now: t0, who: 'ann' });
      assert.equal(read?.sealedPin, 'new pin');
    },
  },
  {
    name: 'leaves what was sealed meanwhile, and says so',
    async run(store) {
      const ada = await leased(store, 'ada', { codeMark: 'a' });
      const bob = await leased(store, 'bob', { codeMark: 'b' });
      await store.keepToken({ lease: bob, now: t0, sealedToken: 'token of bob', expiresAt: undefined });
      await store.spendCode({ lease: bob, now: t0, notBefore: t0 });
      await store.keepToken({ lease: ada, now: t0, sealedToken: 'old token', expiresAt: undefined });
      const texts = await sealedIn(store, 'claims');
      await store.spendCode({ lease: ada, now: t0, notBefore: t0 });
      await store.keepToken({ lease: ada, now: t0 + 1, sealedToken: 'newer token', expiresAt: undefined });
      const replacements = texts.map((old) => ({ old, sealed: `anew: ${old.sealed}` }));
      assert.deepEqual(await store.replaceSealed(replacements), [false, false, true]);
      const claim = await store.findClaim('claim-ada');
      assert.deepEqual([claim?.sealedCode, claim?.sealedToken], [undefined, 'newer token']);
      assert.equal((await store.findClaim('claim-bob'))?.sealedToken, 'anew: token of bob');
    },
  },
  {
    name: 'leaves a PIN that an operator supplied meanwhile',
    async run(store) {
      const lease = await leased(store, 'ada');
      await proof(store, lease, '777');
      await store.keepPin({ lease, now: t0, phoneNumberId: '777', sealedPin: 'ours' });
      const old = await only(store, 'pins');
      const by = { claimId: 'claim-ada', now: t0, who: 'ann' };
      await store.supplyPin({ ...by, phoneNumberId: '777', sealedPin: 'theirs' });
      assert.deepEqual(await store.replaceSealed([{ old, sealed: 'ours anew' }]), [false]);
      assert.equal((await store.readPin(by))?.sealedPin, 'theirs');
    },
  },
  {
    name: 'puts a sealed code of a text in the place of an old one, which is spent as it is then and not as it was',
    async run(store) {
      const id = await keepText(store, 1, 'old text');
      const [before] = await store.listTexts({ limit: 9 });
      const old = await only(store, 'numbers');
      assert.deepEqual(await store.replaceSealed([{ old, sealed: 'new text' }]), [true]);
      assert.deepEqual(await store.listTexts({ limit: 9 }), [{ ...before, sealedText: 'new text' }]);
      const spend = { id, now: t0, budget: textBudget };
      assert.deepEqual(await store.spendText({ ...spend, opened: 'old text' }), {
        allowed: false,
        why: 'changed',
      });
      assert.equal((await store.spendText({ ...spend, opened: 'new text' })).allowed, true);
      assert.deepEqual(await sealedIn(store, 'numbers'), []);
    },
  },
  {
    name: 'leaves a text that was spent meanwhile, and one that a newer one took the place of',
    async run(store) {
      const spent = await keepText(store, 1, 'first');
      await keepText(store, 2, 'second');
      const texts = await sealedIn(store, 'numbers');
      await store.spendText({ id: spent, opened: 'first', now: t0, budget: textBudget });
      await keepText(store, 2, 'newer');
      const replacements = texts.map((old) => ({ old, sealed: `anew: ${old.sealed}` }));
      assert.deepEqual(await store.replaceSealed(replacements), [false, false]);
      assert.equal((await only(store, 'numbers')).sealed, 'newer');
    },
  },
  {
    name: 'replaces each text once, however many begin at the same moment',
    async run(store) {
      const lease = await leased(store, 'ada');
      await store.keepPin({ lease, now: t0, phoneNumberId: '777', sealedPin: 'old' });
      const old = await only(store, 'pins');
      const all = await Promise.all(
        ['one', 'two', 'three'].map((sealed) => store.replaceSealed([{ old, sealed }])),
      );
      assert.equal(all.flat().filter(Boolean).length, 1);
    },
  },
  {
    name: 'lists the PIN of a number whose claim is over: the number may come back',
    async run(store) {
      const lease = await leased(store, 'ada');
      await proof(store, lease, '777');
      await store.keepPin({ lease, now: t0, phoneNumberId: '777', sealedPin: 'ours' });
      await store.decide({
        claimId: 'claim-ada',
        now: t0,
        event: 'ended',
        history: { what: 'ended', who: 'ann', reason: undefined, traceId: undefined },
        work: { do: 'stop' },
      });
      assert.equal((await store.findClaim('claim-ada'))?.status, 'ended');
      assert.equal((await only(store, 'pins')).sealed, 'ours');
    },
  },
];
