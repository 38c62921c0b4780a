import assert from 'node:assert/strict';
import { leased, poolNumber, proof, t0, wish, type ContractCase } from './contract-case.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What a store promises to sweeps: they find what nobody spoke of, once, and whichever node they run on. */
export const sweepCases: ContractCase[] = [
  {
    name: 'remembers for whom a number was set aside, each customer once',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
      const open = (customerId: string, id: string, now: number) =>
        store.openSession(wish(customerId, { id, now, launchUntil: now + hour, claimUntil: now + day }));
      await open('ada', 'a1', t0);
      await open('bob', 'b1', t0 + 2 * hour);
      await open('ada', 'a2', t0 + 4 * hour);
      assert.deepEqual(await store.findLaunches('1000001'), [
        { customerId: 'ada', sessionId: 'a2', heldAt: t0, claimUntil: t0 + 4 * hour + day },
        { customerId: 'bob', sessionId: 'b1', heldAt: t0 + 2 * hour, claimUntil: t0 + 2 * hour + day },
      ]);
      assert.deepEqual(await store.findLaunches('1000002'), []);
      assert.equal(await store.hasSilentSessions({ now: t0 + 10 * hour, since: t0 }), true);
      assert.equal(await store.hasSilentSessions({ now: t0 + 10 * hour, since: t0 + 6 * hour }), false);
    },
  },
  {
    name: 'hurries to the accounts of those whose number vanished, once',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1), poolNumber(2)], now: t0, complete: true });
      await store.openSession(wish('ada'));
      await proof(store, await leased(store, 'ada'), '777');
      await store.noteAccounts({ now: t0, accounts: [{ wabaId: '888', ownerBusinessId: '9', lookAt: t0 }] });
      const settle = async (now: number) => {
        const [lease] = await store.leaseAccounts({ now, limit: 1 });
        assert.ok(lease);
        await store.finishAccount({ lease, now, lookAgainAt: now + day, settled: true });
      };
      await settle(t0);
      assert.deepEqual(await store.hastenVanished({ now: t0 + minute, since: t0 }), { vanished: 0 });
      await store.mirrorPool({ numbers: [poolNumber(2)], now: t0 + minute, complete: true });
      assert.deepEqual(await store.hastenVanished({ now: t0 + 2 * minute, since: t0 }), { vanished: 1 });
      await settle(t0 + 2 * minute);
      assert.deepEqual(await store.hastenVanished({ now: t0 + 3 * minute, since: t0 }), { vanished: 1 });
      assert.deepEqual(await store.leaseAccounts({ now: t0 + 3 * minute, limit: 10 }), []);
      assert.deepEqual(await store.hastenVanished({ now: t0 + day, since: t0 + minute * 2 }), {
        vanished: 0,
      });
    },
  },
  {
    name: 'gives each turn to one who asks, and again when it was given back',
    async run(store) {
      const asked = await Promise.all([1, 2, 3].map(() => store.takeTurn({ name: 'sync', slot: 7 })));
      assert.equal(asked.filter((mine) => mine).length, 1);
      assert.equal(await store.takeTurn({ name: 'compare', slot: 7 }), true);
      assert.equal(await store.takeTurn({ name: 'sync', slot: 9 }), true);
      assert.equal(await store.takeTurn({ name: 'sync', slot: 8 }), true);
      await store.returnTurn({ name: 'sync', slot: 8 });
      assert.equal(await store.takeTurn({ name: 'sync', slot: 8 }), true);
      assert.equal(await store.takeTurn({ name: 'sync', slot: 8 }), false);
    },
  },
  {
    name: 'gives work to claims that are under way and have none',
    async run(store) {
      const lease = await leased(store, 'ada');
      await proof(store, lease, '777');
      // A row of work that is gone without the claim having come anywhere.
      await store.finishStep({ lease, now: t0, next: { do: 'done' } });
      assert.equal(await store.reviveStuck({ now: t0 + 1, before: t0, limit: 10 }), 0);
      assert.equal(await store.reviveStuck({ now: t0 + 1, before: t0 + 1, limit: 10 }), 1);
      assert.equal((await store.leaseWork({ now: t0 + 1, limit: 10 }))[0]?.step, 'subscribe');
      assert.equal(await store.reviveStuck({ now: t0 + 1, before: t0 + 1, limit: 10 }), 0);
    },
  },
  {
    name: 'warns of each token that ends, once per stage, and of no token that a newer one stands for',
    async run(store) {
      const numbers = [poolNumber(1), poolNumber(2)];
      const row = (n: number, expiresAt: number) => ({
        id: `import-${n}`,
        customerId: 'ada',
        wabaId: '888',
        phoneNumberId: String(70 + n),
        phoneNumber: numbers[n - 1]?.phoneNumber ?? '',
        sealedToken: 'sealed-token',
        tokenExpiresAt: expiresAt,
        sealedPin: undefined,
        registeredAt: t0,
      });
      const ends = t0 + 60 * day;
      await store.importClaims({ now: t0, who: 'ann', claims: [row(1, ends)] });
      const warned: number[] = [];
      for (let now = t0; now <= ends + 3 * day; now += day / 4) {
        if ((await store.warnOfTokens({ now, limit: 10 })) > 0) warned.push((ends - now) / day);
      }
      assert.deepEqual(warned, [14, 7, 3, 1, 0]);
      const told = await store.leaseHostEvents({ now: ends + 3 * day, limit: 1 });
      assert.equal(told[0]?.event.type, 'tokenExpiring');
      assert.equal(told[0].event.data['daysLeft'], 14);
      const again = ends + 10 * day;
      await store.importClaims({ now: t0 + 1, who: 'ann', claims: [row(2, again + 60 * day)] });
      assert.equal(await store.warnOfTokens({ now: ends - day / 2, limit: 10 }), 0);
    },
  },
  {
    name: 'learns from Meta’s list whose an account is that was heard of without its owner',
    async run(store) {
      const accounts = (ownerBusinessId: string | undefined) => [
        { wabaId: '888', ownerBusinessId, lookAt: t0 },
      ];
      assert.deepEqual(await store.noteAccounts({ now: t0, accounts: accounts(undefined) }), { unknown: 1 });
      assert.deepEqual(await store.noteAccounts({ now: t0 + 1, accounts: accounts('9') }), { unknown: 0 });
      assert.deepEqual(await store.noteAccounts({ now: t0 + 2, accounts: accounts('10') }), { unknown: 0 });
      assert.equal((await store.leaseAccounts({ now: t0, limit: 1 }))[0]?.ownerBusinessId, '9');
    },
  },
];
