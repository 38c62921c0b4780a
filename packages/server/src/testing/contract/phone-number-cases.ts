import assert from 'node:assert/strict';
import { leased, poolNumber, proof, t0, type ContractCase } from './contract-case.ts';
import {
  day,
  hear,
  history,
  hour,
  inService,
  known,
  later,
  minute,
  quality,
  read,
  second,
} from './in-service.ts';

/** What a store promises about numbers in service: since when it knows them, and what webhooks say of them. */
export const phoneNumberCases: ContractCase[] = [
  {
    name: 'knows a number from the commit that makes its claim live, and reads it a while after that',
    async run(store) {
      assert.equal(await store.findPhoneNumber('701'), undefined);
      await inService(store, 1);
      const number = await known(store, 1);
      assert.deepEqual(
        [number.wabaId, number.phoneNumber, number.facts, number.readAt, number.leftAt, number.problem],
        ['888', '+14155550001', {}, undefined, undefined, undefined],
      );
      assert.deepEqual(await store.listNumbersToRead({ now: t0 + 9 * minute, limit: 10 }), []);
      assert.equal((await store.listNumbersToRead({ now: t0 + 13 * minute, limit: 10 })).length, 1);
    },
  },
  {
    name: 'reads a number a while after it was registered, and not after every change of its claim',
    async run(store) {
      const lease = await leased(store, 'ada');
      await store.finishStep({
        lease,
        now: t0,
        event: 'proven',
        patch: { phoneNumberId: '701', wabaId: '888', phoneNumber: '+14155550001', provenAt: t0 },
        next: { do: 'go', step: 'register' },
      });
      await read(store, 1, t0 + hour);
      const wait = { do: 'wait', step: 'register', runAt: t0 } as const;
      await store.finishStep({ lease, now: t0 + 2 * hour, next: wait });
      assert.equal((await known(store, 1)).nextReadAt, t0 + hour + day);
      const [again] = await store.leaseWork({ now: t0 + 3 * hour, limit: 1, claimId: lease.claimId });
      assert.ok(again !== undefined);
      await store.finishStep({
        lease: again,
        now: t0 + 3 * hour,
        event: 'registered',
        next: { do: 'done' },
      });
      const { nextReadAt } = await known(store, 1);
      assert.ok(nextReadAt >= t0 + 3 * hour + 10 * minute && nextReadAt < t0 + 3 * hour + 13 * minute);
    },
  },
  {
    name: 'lets a number leave with its claim, and forgets nothing of it; then nobody reads it',
    async run(store) {
      await inService(store, 1);
      await read(store, 1, later);
      const end = {
        claimId: 'claim-1',
        now: later + day,
        event: 'ended',
        history: { what: 'ended', who: 'ann', reason: undefined, traceId: undefined },
      } as const;
      assert.equal(await store.decide(end), 'saved');
      assert.equal((await known(store, 1)).leftAt, later + day);
      assert.equal((await known(store, 1)).facts.status?.value, 'CONNECTED');
      assert.deepEqual(await store.listNumbersToRead({ now: later + 9 * day, limit: 10 }), []);
      await hear(store, later + 2 * day, quality(1, 'TIER_2K', later + 2 * day));
      assert.equal((await known(store, 1)).facts.messagingLimit?.value, 'TIER_250');
    },
  },
  {
    name: 'leaves an earlier number of a claim that was proven anew with another one',
    async run(store) {
      const lease = await leased(store, 'ada');
      const proven = { wabaId: '888', provenAt: t0 } as const;
      const first = { ...proven, phoneNumberId: '701', phoneNumber: '+14155550001' };
      await store.finishStep({
        lease,
        now: t0,
        event: 'proven',
        patch: first,
        next: { do: 'go', step: 'prove' },
      });
      const other = { ...proven, phoneNumberId: '702', phoneNumber: '+14155550002' };
      await store.finishStep({ lease, now: t0, patch: other, next: { do: 'done' } });
      assert.deepEqual([(await known(store, 1)).leftAt, (await known(store, 2)).leftAt], [t0, undefined]);
    },
  },
  {
    name: 'lets the number of a claim leave that another one takes over by the number of the pool alone',
    async run(store) {
      await store.mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
      // The customer signs up again and again; in the end the first number is back.
      for (const [turn, n] of [1, 2, 1].entries()) {
        const name = `turn-${turn}`;
        const of = { id: name, workId: name, sessionId: name, codeMark: name };
        const patch = {
          wabaId: '888',
          phoneNumberId: String(700 + n),
          phoneNumber: `+1415555000${n}`,
          poolNumberId: '1000001',
          provenAt: t0,
        };
        const end = { now: t0 + turn, event: 'proven', patch, next: { do: 'done' } } as const;
        assert.equal(await store.finishStep({ lease: await leased(store, 'ada', of), ...end }), 'saved');
        assert.equal((await known(store, n)).leftAt, undefined);
        if (turn > 0) assert.equal((await known(store, 3 - n)).leftAt, t0 + turn);
      }
    },
  },
  {
    name: 'changes a fact by what is newer only, with a line of history; what was unknown has changed nothing',
    async run(store) {
      await inService(store, 1);
      await hear(store, later, quality(1, 'TIER_250', later - 9 * second));
      assert.deepEqual(await history(store, 1), []);
      await hear(store, later, quality(1, 'TIER_2K', later - 5 * second));
      await hear(store, later, quality(1, 'TIER_UNLIMITED', later - 7 * second));
      assert.deepEqual((await known(store, 1)).facts, {
        messagingLimit: { value: 'TIER_2K', at: later - 5 * second },
      });
      assert.deepEqual(await history(store, 1), [
        [later - 5 * second, 'messagingLimit', 'TIER_250', 'TIER_2K', 'meta'],
      ]);
      await hear(
        store,
        later,
        quality(1, 'TIER_250', later - 9 * second),
        quality(1, 'TIER_2K', later - 5 * second),
      );
      assert.equal((await history(store, 1)).length, 1);
    },
  },
  {
    name: 'comes to one state whichever of two words for one moment is heard first',
    async run(store) {
      await inService(store, 1);
      await inService(store, 2);
      await hear(store, later, quality(1, 'TIER_2K', later), quality(1, 'TIER_10K', later));
      await hear(store, later, quality(2, 'TIER_10K', later), quality(2, 'TIER_2K', later));
      const [one, two] = [await known(store, 1), await known(store, 2)];
      assert.deepEqual(one.facts, two.facts);
    },
  },
  {
    name: 'means the number with these digits on this account, or on any where Meta names none',
    async run(store) {
      await inService(store, 1, '888');
      await inService(store, 2, '999');
      await hear(store, later, quality(1, 'TIER_2K', later, '999'), quality(2, 'TIER_2K', later, '888'));
      assert.deepEqual([(await known(store, 1)).facts, (await known(store, 2)).facts], [{}, {}]);
      assert.deepEqual([(await known(store, 1)).wakes, (await known(store, 2)).wakes], [0, 0]);
      await hear(store, later, { ...quality(1, 'TIER_2K', later), wabaId: undefined });
      assert.equal((await known(store, 1)).facts.messagingLimit?.value, 'TIER_2K');
    },
  },
  {
    name: 'knows how many numbers an account may have, by the newest word, also before it knows the account',
    async run(store) {
      assert.equal(await store.findAccountCap('888'), undefined);
      const cap = (mostNumbers: number, at: number) =>
        hear(store, later, { about: 'cap', wabaId: '888', mostNumbers, at });
      await cap(2, later - 9 * second);
      await cap(20, later - 5 * second);
      await cap(2, later - 7 * second);
      assert.equal(await store.findAccountCap('888'), 20);
      await cap(10, later);
      assert.equal(await store.findAccountCap('888'), 10);
      await cap(20, later);
      assert.equal(await store.findAccountCap('888'), 20, 'within one second the one that came last');
      await cap(10, later);
      assert.equal(await store.findAccountCap('888'), 10);
      assert.equal(await store.findAccountCap('999'), undefined);
    },
  },
  {
    name: 'misses no number of the claims that it recorded itself',
    async run(store) {
      await inService(store, 1);
      await proof(store, await leased(store, 'ada'), '777');
      const claims = await store.noteMissingNumbers({ now: later, limit: 10 });
      assert.deepEqual(claims, { noted: 0, next: { of: 'numbers', id: '' } });
      const numbers = await store.noteMissingNumbers({ now: later, limit: 10, after: claims.next });
      assert.deepEqual(numbers, { noted: 0, next: undefined });
      assert.equal((await known(store, 1)).leftAt, undefined);
    },
  },
];
