import assert from 'node:assert/strict';
import type { HostEventLease } from '../../ports/host-events.ts';
import type { Store } from '../../ports/store.ts';
import { leased, proof, t0, type ContractCase } from './contract-case.ts';

const line = (what: string) => ({ what, who: 'ann', reason: undefined, traceId: undefined });

/** A claim that was registered and ended: two events. */
async function lived(store: Store, name: string, phoneNumberId: string): Promise<string> {
  const lease = await leased(store, name, { codeMark: `mark-${name}` });
  await proof(store, lease, phoneNumberId);
  await store.finishStep({ lease, now: t0 + 1, event: 'registered', next: { do: 'done' } });
  await store.decide({ claimId: lease.claimId, now: t0 + 2, event: 'ended', history: line('ended') });
  return lease.claimId;
}

const typesOf = (leases: readonly HostEventLease[]) => leases.map(({ event }) => event.type);

/** What a store promises about telling the host. */
export const hostEventCases: ContractCase[] = [
  {
    name: 'has an event to tell for each status that is news, and for none that was not written',
    async run(store) {
      const lease = await leased(store, 'ada');
      assert.deepEqual(await store.leaseHostEvents({ now: t0, limit: 10 }), []);
      const bob = await leased(store, 'bob', { codeMark: 'b' });
      await proof(store, lease, '777');
      assert.equal(await proof(store, bob, '777'), 'number_taken');
      assert.deepEqual(await store.leaseHostEvents({ now: t0, limit: 10 }), []);
      await store.finishStep({ lease, now: t0 + 7, event: 'registered', next: { do: 'done' } });
      const [told] = await store.leaseHostEvents({ now: t0 + 7, limit: 10 });
      assert.equal(told?.event.type, 'claimRegistered');
      assert.equal(told.event.claimId, lease.claimId);
      assert.equal(told.event.occurredAt, new Date(t0 + 7).toISOString());
      assert.deepEqual([told.destination, told.attempts, told.firstTriedAt], ['handler', 1, t0 + 7]);
      const { claim } = told.event.data as { claim?: Record<string, unknown> };
      assert.deepEqual([claim?.['status'], claim?.['customerId']], ['registered', 'ada']);
    },
  },
  {
    name: 'gives a claim’s events out one after the other, and those of other claims beside them',
    async run(store) {
      const ada = await lived(store, 'ada', '777');
      const bob = await lived(store, 'bob', '778');
      const first = await store.leaseHostEvents({ now: t0 + 9, limit: 10 });
      assert.deepEqual(typesOf(first), ['claimRegistered', 'claimRegistered']);
      assert.deepEqual(new Set(first.map(({ event }) => event.claimId)), new Set([ada, bob]));
      assert.deepEqual(await store.leaseHostEvents({ now: t0 + 9, limit: 10 }), []);
      for (const lease of first) {
        assert.equal(await store.finishHostEvent({ lease, now: t0 + 9, end: { do: 'delivered' } }), true);
      }
      const second = await store.leaseHostEvents({ now: t0 + 9, limit: 10 });
      assert.deepEqual(typesOf(second), ['claimEnded', 'claimEnded']);
    },
  },
  {
    name: 'holds a claim’s later events back while an earlier one waits to be tried again',
    async run(store) {
      await lived(store, 'ada', '777');
      const [lease] = await store.leaseHostEvents({ now: t0 + 9, limit: 10 });
      assert.ok(lease !== undefined);
      const end = { do: 'again', runAt: t0 + 1000, error: 'Error' } as const;
      assert.equal(await store.finishHostEvent({ lease, now: t0 + 9, end }), true);
      assert.deepEqual(await store.leaseHostEvents({ now: t0 + 999, limit: 10 }), []);
      const [again] = await store.leaseHostEvents({ now: t0 + 1000, limit: 10 });
      assert.deepEqual([again?.event.id, again?.attempts, again?.firstTriedAt], [lease.event.id, 2, t0 + 9]);
    },
  },
  {
    name: 'keeps an event that is given up as a dead letter, goes on to the next, and can have it delivered once more',
    async run(store) {
      await lived(store, 'ada', '777');
      const [lease] = await store.leaseHostEvents({ now: t0 + 9, limit: 10 });
      assert.ok(lease !== undefined);
      const end = { do: 'give_up', error: 'HTTP 500' } as const;
      await store.finishHostEvent({ lease, now: t0 + 9, end });
      assert.deepEqual(typesOf(await store.leaseHostEvents({ now: t0 + 9, limit: 10 })), ['claimEnded']);
      const { items } = await store.listUndelivered({ limit: 10, status: 'dead' });
      assert.deepEqual(
        items.map(({ event, state, lastError }) => [event.id, state, lastError]),
        [[lease.event.id, 'dead', 'HTTP 500']],
      );
      assert.equal((await store.listUndelivered({ limit: 10 })).items.length, 2);
      const page = await store.listUndelivered({ limit: 1 });
      const next = await store.listUndelivered({ limit: 1, cursor: page.nextCursor });
      assert.notEqual(next.items[0]?.event.id, page.items[0]?.event.id);

      assert.equal(await store.reviveHostEvent({ eventId: 'nothing', now: t0 + 20 }), false);
      assert.equal(await store.reviveHostEvent({ eventId: lease.event.id, now: t0 + 20 }), true);
      const [revived] = await store.leaseHostEvents({ now: t0 + 20, limit: 10 });
      assert.deepEqual([revived?.event.id, revived?.attempts], [lease.event.id, 1]);
    },
  },
  {
    name: 'fences off who delivered too slowly: the event goes out once more, and only the second end counts',
    leaseMs: 0,
    async run(store) {
      const stale = await leased(store, 'ada');
      const lost = { event: 'code_lost', next: { do: 'done' } } as const;
      await store.finishStep({ lease: stale, now: t0, ...lost });
      const [slow] = await store.leaseHostEvents({ now: t0, limit: 10 });
      const [fresh] = await store.leaseHostEvents({ now: t0, limit: 10 });
      assert.ok(slow !== undefined && fresh !== undefined && fresh.fence > slow.fence);
      assert.equal(await store.finishHostEvent({ lease: slow, now: t0, end: { do: 'delivered' } }), false);
      assert.equal(await store.finishHostEvent({ lease: fresh, now: t0, end: { do: 'delivered' } }), true);
      assert.deepEqual((await store.listUndelivered({ limit: 10 })).items, []);
    },
  },
];
