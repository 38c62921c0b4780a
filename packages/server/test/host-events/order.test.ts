import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/config/secret.ts';
import { deliverHostEvents } from '../../src/host-events/deliver-host-events.ts';
import { StoreUnavailableError } from '../../src/ports/store-errors.ts';
import { createWorld, promised, second } from './support/world.ts';

const long = process.env['TEST_LONG'] === '1';
const events = {
  url: 'https://bsp.example/events',
  secrets: [new Secret('a text of 24 bytes or more')] as [Secret],
};

describe('the order of one claim', () => {
  it('holds while an earlier event fails: the later ones wait, for both destinations on their own', async () => {
    let httpStatus = 500;
    const told: string[] = [];
    const world = createWorld({
      on: {
        claimNeedsAttention: ({ id }) => void told.push(`handler ${id}`),
        claimRegistered: ({ id }) => void told.push(`handler ${id}`),
      },
      events,
      post: async ({ headers }) => {
        told.push(`http ${headers['webhook-id']}`);
        return { status: httpStatus };
      },
    });
    const to = ['handler', 'http'] as const;
    world.tell({ type: 'claimNeedsAttention', claimId: 'ada', to: [...to] });
    world.tell({ claimId: 'ada', to: [...to] });
    world.tell({ claimId: 'bob', to: [...to] });
    await world.delivery.runDue();
    expect(told.toSorted()).toEqual([
      'handler event-1',
      'handler event-2',
      'handler event-3',
      'http event-1',
      'http event-3',
    ]);
    told.length = 0;
    httpStatus = 200;
    world.pass(5 * second);
    await world.delivery.runDue();
    expect(told.filter((one) => !one.endsWith('event-3'))).toEqual(['http event-1', 'http event-2']);
  });

  it('is kept by a dead letter, too: what comes after it is told, and it is not', async () => {
    const told: string[] = [];
    const world = createWorld({ on: { claimRegistered: ({ id }) => void told.push(id) } });
    const dead = world.tell({ type: 'claimEnded', claimId: 'ada' });
    const next = world.tell({ claimId: 'ada' });
    await world.delivery.runDue();
    expect(told).toEqual([]);
    world.pass(60 * 60_000);
    await world.delivery.runDue();
    expect(told).toEqual([next.id]);
    expect(world.rows.find(({ event }) => event.id === dead.id)?.state).toBe('dead');
  });

  it('holds whatever fails, with two nodes, lost answers and leases that run out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('ada', 'bob', 'cyd'), { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(
          fc.constantFrom<('fine' | 'throws' | 'end is lost')[]>('fine', 'throws', 'end is lost'),
        ),
        async (claims, fates) => {
          const arrived: string[] = [];
          const lost = new Set<string>();
          // Fewer failures than end an event's day.
          const failures = new Map<string, number>();
          const fateOf = (id: string) => {
            const before = failures.get(id) ?? 0;
            failures.set(id, before + 1);
            return before < 8 ? (fates.next().value ?? 'fine') : 'fine';
          };
          const world = createWorld({
            on: {
              claimRegistered: ({ id }) => {
                const fate = fateOf(id);
                if (fate === 'throws') throw new Error('no');
                arrived.push(id);
                if (fate === 'end is lost') lost.add(id);
              },
            },
          });
          const forgetful = {
            ...world.outbox.store,
            finishHostEvent: (input: Parameters<typeof world.outbox.store.finishHostEvent>[0]) => {
              // The node died after the host heard it, before it could write that down.
              if (lost.delete(input.lease.event.id)) return Promise.reject(new StoreUnavailableError('gone'));
              return world.outbox.store.finishHostEvent(input);
            },
          };
          const nodes = [0, 1].map(() => deliverHostEvents({ ...world.deps, store: forgetful }));
          const told = claims.map((claimId) => world.tell({ claimId }));
          while (world.rows.some((row) => row.state === 'waiting')) {
            await Promise.all(nodes.map((node) => node.runDue()));
            const moments = world.rows
              .filter((row) => row.state === 'waiting')
              .map((row) => Math.max(row.runAt, row.leasedUntil ?? 0))
              .filter((moment) => moment > world.now());
            if (moments.length > 0) world.pass(Math.min(...moments) - world.now());
          }
          for (const claim of new Set(claims)) {
            const mine = told.filter(({ claimId }) => claimId === claim).map(({ id }) => id);
            // Repeats may come, but nothing comes before what was to come first.
            const heard = arrived.filter((id) => mine.includes(id));
            expect([...new Set(heard)]).toEqual(mine);
            expect(heard).toEqual(heard.toSorted((a, b) => mine.indexOf(a) - mine.indexOf(b)));
          }
        },
      ),
      { numRuns: long ? 2_000 : 100 },
    );
  });
});

describe('a slow delivery', () => {
  it('holds up nobody else: 15 others at a time go on until nothing is due', async () => {
    const called = promised();
    const slow = promised();
    let atOnce = 0;
    let most = 0;
    let told = 0;
    const world = createWorld({
      on: {
        claimEnded: () => {
          called.keep();
          return slow.promise;
        },
        claimRegistered: async () => {
          atOnce += 1;
          most = Math.max(most, atOnce);
          await new Promise((resolve) => void setImmediate(resolve));
          atOnce -= 1;
          told += 1;
          if (told === 100) all.keep();
        },
      },
    });
    const all = promised();
    world.tell({ type: 'claimEnded' });
    for (let n = 0; n < 100; n += 1) world.tell();
    const run = world.delivery.runDue();
    await called.promise;
    await all.promise;
    expect(most).toBe(15);
    expect(world.rows.filter((row) => row.state === 'delivered').length).toBeGreaterThan(80);

    slow.keep();
    await run;
    expect(world.rows.every((row) => row.state === 'delivered')).toBe(true);
  });

  it('does not keep a round from what came due after it', async () => {
    const slow = promised();
    const told = promised();
    const world = createWorld({
      on: { claimEnded: () => slow.promise, claimRegistered: () => told.keep() },
    });
    world.tell({ type: 'claimEnded' });
    await world.delivery.begin();
    world.tell();
    await world.delivery.begin();
    await told.promise;
    expect(world.rows[0]).toMatchObject({ state: 'waiting', attempts: 1 });
    slow.keep();
    await world.delivery.settled();
    expect(world.rows.every((row) => row.state === 'delivered')).toBe(true);
  });

  it('never makes more than 16 deliveries at once, however often rounds begin', async () => {
    const slow = promised();
    let atOnce = 0;
    const world = createWorld({
      on: {
        claimRegistered: () => {
          atOnce += 1;
          return slow.promise;
        },
      },
    });
    for (let n = 0; n < 50; n += 1) world.tell();
    await Promise.all(Array.from({ length: 10 }, () => world.delivery.begin()));
    await world.delivery.begin();
    expect(atOnce).toBe(16);
    slow.keep();
    await world.delivery.settled();
    expect(atOnce).toBe(50);
  });

  it('never makes more than 16 deliveries at once when a round begins while the store still answers the last', async () => {
    const asked = promised();
    const answers = promised();
    const slow = promised();
    let atOnce = 0;
    const world = createWorld({
      on: {
        claimRegistered: () => {
          atOnce += 1;
          return slow.promise;
        },
      },
      store: {
        async leaseHostEvents(input) {
          asked.keep();
          await answers.promise;
          return world.outbox.store.leaseHostEvents(input);
        },
      },
    });
    for (let n = 0; n < 50; n += 1) world.tell();
    const begun = [world.delivery.begin()];
    await asked.promise;
    begun.push(world.delivery.begin());
    // Time enough for a second question, were it asked now.
    await new Promise((resolve) => void setImmediate(resolve));
    answers.keep();
    await Promise.all(begun);
    expect(atOnce).toBe(16);
    slow.keep();
    await world.delivery.settled();
    expect(atOnce).toBe(50);
  });
});
