import assert from 'node:assert/strict';
import type { IdentityCheckTurn } from '../../ports/numbers-store.ts';
import type { Store } from '../../ports/store.ts';
import { t0, type ContractCase } from './contract-case.ts';
import { inService, known } from './in-service.ts';

const phoneNumberId = '701';

const begin = async (store: Store, enabled: boolean): Promise<IdentityCheckTurn> => {
  const turn = await store.beginIdentityCheck({ phoneNumberId, enabled });
  assert.ok(typeof turn !== 'string');
  return turn;
};

const end = (
  store: Store,
  turn: IdentityCheckTurn,
  at: number,
  how: 'done' | 'refused' | 'unknown' = 'done',
) => store.endIdentityCheck({ turn, end: how, now: t0 + at, who: 'ann' });

/** Begun and done, with nobody else at it. */
const turned = async (store: Store, enabled: boolean, at: number) =>
  assert.equal(await end(store, await begin(store, enabled), at), true);

const isOn = async (store: Store) => (await known(store, 1)).identityCheck;

/** What changed about the check, the newest first. */
const changes = async (store: Store) =>
  (await store.listPhoneNumberChanges({ phoneNumberId, limit: 10 }))
    .filter(({ fact }) => fact === 'identityCheck')
    .map(({ before, after, at, who }) => [before, after, at - t0, who]);

/** The number goes with its claim. */
const leave = (store: Store, claimId: string, at: number) =>
  store.decide({
    claimId,
    now: t0 + at,
    event: 'ended',
    history: { what: 'ended', who: 'ann', reason: undefined, traceId: undefined },
  });

/** It comes back with another one. */
const comeBack = (store: Store, id: string, at: number) =>
  store.importClaims({
    now: t0 + at,
    who: 'ann',
    claims: [
      {
        id,
        customerId: 'customer-1',
        wabaId: '888',
        phoneNumberId,
        phoneNumber: '+14155550001',
        sealedToken: 'sealed',
        tokenExpiresAt: undefined,
        sealedPin: undefined,
        registeredAt: undefined,
      },
    ],
  });

/** What a store promises about the identity check of a number. */
export const identityCheckCases: ContractCase[] = [
  {
    name: 'keeps whether the identity check of a number is on, with a line of history when that is new',
    async run(store) {
      assert.equal(await store.beginIdentityCheck({ phoneNumberId, enabled: true }), 'missing');
      await inService(store, 1);
      assert.equal(await isOn(store), undefined);
      await turned(store, true, 2);
      await turned(store, true, 3);
      await turned(store, false, 4);
      await turned(store, false, 5);
      const number = await known(store, 1);
      assert.deepEqual([number.identityCheck, number.identityCheckAt], [false, t0 + 5]);
      assert.deepEqual(await changes(store), [
        ['on', 'off', 4, 'ann'],
        [undefined, 'on', 2, 'ann'],
      ]);
    },
  },
  {
    name: 'takes a check for off from when somebody begins to switch it off, and for what it was once Meta has refused',
    async run(store) {
      await inService(store, 1);
      for (const before of [undefined, true]) {
        if (before === true) await turned(store, true, 1);
        const off = await begin(store, false);
        assert.equal(await isOn(store), false);
        assert.equal(await end(store, off, 2, 'refused'), false);
        assert.equal(await isOn(store), before);
      }
      assert.deepEqual(await changes(store), [[undefined, 'on', 1, 'ann']]);
      assert.equal(await end(store, await begin(store, false), 3, 'unknown'), true);
      assert.deepEqual([await isOn(store), (await changes(store)).length], [false, 2]);
      for (const how of ['refused', 'unknown'] as const) {
        assert.equal(await end(store, await begin(store, true), 4, how), false);
      }
      assert.deepEqual([await isOn(store), (await changes(store)).length], [false, 2]);
    },
  },
  {
    name: 'never takes a check for on that somebody switches off meanwhile, whoever is back first',
    async run(store) {
      await inService(store, 1);
      for (const isOffFirst of [true, false]) {
        for (const how of ['done', 'refused', 'unknown'] as const) {
          const on = await begin(store, true);
          const off = await begin(store, false);
          if (isOffFirst) await end(store, off, 5, how);
          assert.equal(await end(store, on, 6), false);
          assert.equal((await isOn(store)) === true, false);
          if (!isOffFirst) await end(store, off, 7, how);
          assert.equal((await isOn(store)) === true, false);
        }
      }
      await turned(store, true, 9);
      assert.equal(await isOn(store), true);
    },
  },
  {
    name: 'lets nobody switch a check on while somebody is switching it off',
    async run(store) {
      await inService(store, 1);
      await turned(store, true, 1);
      const [first, second] = [await begin(store, false), await begin(store, false)];
      const on = () => store.beginIdentityCheck({ phoneNumberId, enabled: true });
      assert.equal(await on(), 'off_under_way');
      // Of two that overlap nobody knows when both are over, until no call can be under way any more.
      await end(store, second, 2);
      assert.equal(await on(), 'off_under_way');
      assert.equal(await end(store, first, 3, 'refused'), false);
      assert.deepEqual([await isOn(store), await on()], [false, 'off_under_way']);
      assert.deepEqual((await changes(store)).length, 1);
    },
  },
  {
    name: 'takes the check of a number that has left for off, also when the number comes back',
    async run(store) {
      await inService(store, 1);
      // The kit never switched it, but somebody may have.
      assert.equal(await isOn(store), undefined);
      await leave(store, 'claim-1', 1);
      assert.equal(await isOn(store), false);
      await comeBack(store, 'claim-3', 2);
      assert.equal(await isOn(store), false);
      await turned(store, true, 3);
      const on = await begin(store, true);
      await leave(store, 'claim-3', 4);
      assert.equal(await isOn(store), false);
      await comeBack(store, 'claim-4', 5);
      // Begun for the one who had it before.
      assert.equal(await end(store, on, 6), false);
      assert.deepEqual([(await known(store, 1)).leftAt, await isOn(store)], [undefined, false]);
      assert.equal((await known(store, 1)).identityCheckAt, undefined, 'nobody has decided that since');
      await turned(store, false, 7);
      assert.equal((await known(store, 1)).identityCheckAt, t0 + 7);
      await leave(store, 'claim-4', 8);
      assert.deepEqual([await isOn(store), (await known(store, 1)).identityCheckAt], [false, undefined]);
      assert.deepEqual(await changes(store), [
        ['on', 'off', 4, 'kit'],
        ['off', 'on', 3, 'ann'],
      ]);
    },
  },
];
