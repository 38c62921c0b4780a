import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverHostEvents } from '../../src/host-events/deliver-host-events.ts';
import type { HostEvent, HostEventEnd } from '../../src/ports/host-events.ts';
import type { Store } from '../../src/ports/store.ts';
import { incoming, t0 } from '../../src/testing/contract/contract-case.ts';
import { Secret } from '../../src/config/secret.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { createWorld, minute } from './support/world.ts';

const long = process.env['TEST_LONG'] === '1';

describe.each(engines)('delivering from $name', ({ create }) => {
  let database: TestDatabase;
  const stores: Store[] = [];
  beforeEach(async () => {
    database = await create();
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await database.drop();
  });

  /** One node's store. */
  async function open(leaseMs: number): Promise<Store> {
    const store = await openStore(database.address, leaseMs, ['handler', 'http']);
    stores.push(store);
    return store;
  }

  /** A claim that goes to and fro between operator and kit: an event for each time it comes to the operator. */
  async function tell(store: Store, name: string, times: number): Promise<void> {
    const { claim } = await store.recordClaim(incoming(name, { codeMark: name }));
    for (let n = 0; n < times; n += 1) {
      for (const event of ['operator_needed', 'retried'] as const) {
        const history = { what: `${event} ${n}`, who: 'ops', reason: undefined, traceId: undefined };
        const reason = event === 'retried' ? null : { code: String(n), message: `number ${n}` };
        expect(await store.decide({ claimId: claim.id, now: t0, event, reason, history })).toBe('saved');
      }
    }
  }
  /** Which of its claim's events this is. */
  const place = ({ data }: HostEvent) =>
    Number((data as { claim: { reason: { code: string } } }).claim.reason.code); // as told above

  it('keeps the order of each claim, and loses nothing, with several nodes and failures of every kind', async () => {
    const claims = long ? 40 : 8;
    const times = 6;
    const names = Array.from({ length: claims }, (_, n) => `customer-${n}`);
    // Every third try fails, for each event and destination at another one.
    let count = 0;
    const heard = new Map<string, number[]>();
    const arrive = (event: HostEvent, way: string) => {
      count += 1;
      if (count % 3 === 0) throw new Error('no');
      const key = `${way} ${event.claimId}`;
      heard.set(key, [...(heard.get(key) ?? []), place(event)]);
    };
    const world = createWorld({
      events: { url: 'https://bsp.example/', secrets: [new Secret('a text of 24 bytes or more')] },
    });
    const nodes: { runDue(): Promise<void> }[] = [];
    for (let n = 0; n < 3; n += 1) {
      nodes.push(
        deliverHostEvents({
          ...world.deps,
          store: await open(60_000),
          on: { claimNeedsAttention: (event) => arrive(event, 'handler') },
          post: async ({ body }) => {
            arrive(JSON.parse(body) as HostEvent, 'http');
            return { status: 200 };
          },
        }),
      );
    }
    const [store] = stores;
    if (store === undefined) throw new Error('no store');
    await Promise.all(names.map((name) => tell(store, name, times)));

    let left = 1;
    while (left > 0) {
      await Promise.all(nodes.map((node) => node.runDue()));
      left = (await store.listUndelivered({ limit: 1 })).items.length;
      world.pass(minute * 30);
    }
    expect(heard.size).toBe(2 * claims);
    for (const order of heard.values()) expect(order).toEqual(Array.from({ length: times }, (_, n) => n));
    expect(count).toBeGreaterThan(2 * claims * times);
  });

  it('tells once more, under the same id, what a node took and never ended', async () => {
    const dying = await open(0); // its leases are over at once
    await tell(dying, 'ada', 1);
    const taken = await dying.leaseHostEvents({ now: t0, limit: 16 });
    expect(taken.map(({ destination }) => destination).toSorted()).toEqual(['handler', 'http']);

    const told: HostEvent[] = [];
    const world = createWorld();
    const store = await open(60_000);
    let fails = true;
    const node = deliverHostEvents({
      ...world.deps,
      store,
      on: {
        claimNeedsAttention: (event) => {
          told.push(event);
          if (fails) throw new Error('no');
        },
      },
    });
    await node.runDue();
    expect(told.map(({ id }) => id)).toEqual([taken[0]?.event.id]);

    // The one that was thought dead comes back: whatever it says now is too late.
    const late = taken.find(({ destination }) => destination === 'handler');
    if (late === undefined) throw new Error('no lease');
    const ends: HostEventEnd[] = [
      { do: 'delivered' },
      { do: 'again', runAt: t0, error: 'late' },
      { do: 'give_up', error: 'late' },
    ];
    for (const end of ends) expect(await dying.finishHostEvent({ lease: late, now: t0, end })).toBe(false);
    const waiting = async () =>
      (await store.listUndelivered({ limit: 10, status: 'waiting' })).items.filter(
        ({ destination }) => destination === 'handler',
      );
    expect(await waiting()).toMatchObject([{ destination: 'handler', attempts: 2, lastError: 'Error' }]);

    fails = false;
    world.pass(minute);
    await node.runDue();
    expect(told.map(({ id }) => id)).toEqual([late.event.id, late.event.id]);
    expect(await waiting()).toEqual([]);
  });

  it('does not begin an event while another node is at the one before it', async () => {
    const other = await open(60_000);
    await tell(other, 'ada', 3);
    const lease = (await other.leaseHostEvents({ now: t0, limit: 16 })).find(
      ({ destination }) => destination === 'handler',
    );
    if (lease === undefined) throw new Error('no lease');
    const told: number[] = [];
    const world = createWorld();
    const node = deliverHostEvents({
      ...world.deps,
      store: await open(60_000),
      on: { claimNeedsAttention: (event) => void told.push(place(event)) },
    });
    await node.runDue();
    expect(told).toEqual([]);
    await other.finishHostEvent({ lease, now: t0, end: { do: 'delivered' } });
    await node.runDue();
    expect(told).toEqual([1, 2]);
  });
});
