import { describe, expect, it } from 'vitest';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { createWorld, day, hour, minute, promised, second } from './support/world.ts';

/** Moves from try to try until nothing waits any more. */
async function untilOver(world: ReturnType<typeof createWorld>) {
  for (let round = 0; round < 100; round += 1) {
    await world.delivery.runDue();
    const [next] = world.rows.filter((row) => row.state === 'waiting').map((row) => row.runAt);
    if (next === undefined) return;
    world.pass(next - world.now());
  }
  throw new Error('the event is tried for ever');
}

describe('an event whose handler goes on failing', () => {
  it('is tried at growing distances, then hourly, and a last time a day after the first', async () => {
    const tries: number[] = [];
    const world = createWorld({
      on: {
        claimRegistered: () => {
          tries.push(world.now() - t0);
          throw new Error('not now');
        },
      },
    });
    world.tell();
    await untilOver(world);

    const early = [0, 5 * second, 35 * second, 155 * second, 755 * second, 2_555 * second];
    const hourly = Array.from({ length: 23 }, (_, n) => 2_555 * second + (n + 1) * hour);
    expect(tries).toEqual([...early, ...hourly, day]);
    expect(world.rows[0]).toMatchObject({ state: 'dead', attempts: 30, lastError: 'Error' });
  });

  it.each([
    [
      'shortest',
      () => 0,
      [4 * second, 24 * second, 96 * second, 8 * minute, 24 * minute, 48 * minute, 48 * minute],
    ],
    [
      'longest',
      (limit: number) => limit - 1,
      [6 * second, 36 * second, 144 * second, 12 * minute, 36 * minute, 72 * minute, 72 * minute],
    ],
  ])('has waits that differ by a fifth: the %s', async (_which, below, expected) => {
    const world = createWorld({ below, on: { claimRegistered: () => Promise.reject(new Error('no')) } });
    world.tell();
    const waits: number[] = [];
    for (let n = 0; n < expected.length; n += 1) {
      await world.delivery.runDue();
      const wait = (world.rows[0]?.runAt ?? 0) - world.now();
      waits.push(wait);
      world.pass(wait);
    }
    expect(waits).toEqual(expected);
  });

  it('is not tried before its time, not even a millisecond', async () => {
    let tries = 0;
    const world = createWorld({
      on: {
        claimRegistered: () => {
          tries += 1;
          throw new Error('not now');
        },
      },
    });
    world.tell();
    await world.delivery.runDue();
    world.pass(5 * second - 1);
    await world.delivery.runDue();
    expect(tries).toBe(1);
    world.pass(1);
    await world.delivery.runDue();
    expect(tries).toBe(2);
  });

  it('is given up only from 24 hours on: a try a millisecond earlier still has another one', async () => {
    const world = createWorld({ on: { claimRegistered: () => Promise.reject(new Error('no')) } });
    world.tell();
    await world.delivery.runDue();
    world.pass(day - 1);
    await world.delivery.runDue();
    expect(world.rows[0]).toMatchObject({ state: 'waiting', runAt: t0 + day });
    world.pass(1);
    await world.delivery.runDue();
    expect(world.rows[0]).toMatchObject({ state: 'dead' });
  });

  it('counts the day from the first try, not from when it happened', async () => {
    const world = createWorld({ on: { claimRegistered: () => Promise.reject(new Error('no')) } });
    world.tell();
    world.pass(3 * day); // nobody ran
    await world.delivery.runDue();
    expect(world.rows[0]).toMatchObject({ state: 'waiting', attempts: 1, runAt: t0 + 3 * day + 5 * second });
  });

  it('is delivered by a later try, and never again after it', async () => {
    let tries = 0;
    const world = createWorld({
      on: {
        claimRegistered: () => {
          tries += 1;
          if (tries < 4) throw new Error('not yet');
        },
      },
    });
    world.tell();
    await untilOver(world);
    world.pass(day);
    await world.delivery.runDue();
    expect(tries).toBe(4);
    expect(world.rows[0]).toMatchObject({ state: 'delivered' });
  });
});

describe('a handler that does not end', () => {
  it('has failed after 15 seconds, and what it does later changes nothing', async () => {
    const called = promised();
    const slow = promised();
    const world = createWorld({
      on: {
        claimRegistered: () => {
          called.keep();
          return slow.promise;
        },
      },
    });
    world.tell();
    const run = world.delivery.runDue();
    await called.promise;
    world.pass(15 * second - 1);
    await Promise.resolve();
    expect(world.rows[0]?.lastError).toBeUndefined();
    world.pass(1);
    await run;
    expect(world.rows[0]).toMatchObject({
      state: 'waiting',
      lastError: 'too_slow',
      runAt: t0 + 15 * second + 5 * second,
    });

    slow.keep();
    await slow.promise;
    await world.delivery.settled();
    expect(world.rows[0]).toMatchObject({ state: 'waiting', attempts: 1 });
  });

  it('leaves no timer behind when it does end', async () => {
    const world = createWorld({ on: { claimRegistered: async () => undefined } });
    world.tell();
    await world.delivery.runDue();
    expect(world.timers.size).toBe(0);
  });
});

describe('an event that nobody here can take', () => {
  it.each(['handler', 'http'] as const)(
    'waits an hour for a node that has its %s, and is a dead letter then',
    async (to) => {
      const world = createWorld();
      world.tell({ to: [to] });
      for (let minutes = 0; minutes < 60; minutes += 10) {
        await world.delivery.runDue();
        expect(world.rows[0]).toMatchObject({ state: 'waiting', lastError: 'no_destination' });
        world.pass(10 * 60_000);
      }
      await world.delivery.runDue();
      expect(world.rows[0]).toMatchObject({ state: 'dead', attempts: 7, lastError: 'no_destination' });
    },
  );

  it('is looked at again in an hour when this version does not know its type, and given up after a day', async () => {
    const world = createWorld({ on: { claimRegistered: () => undefined } });
    world.tell({ type: 'claimFromTheFuture' });
    await world.delivery.runDue();
    expect(world.rows[0]).toMatchObject({ state: 'waiting', runAt: t0 + hour, lastError: 'unknown_type' });
    await untilOver(world);
    expect(world.rows[0]).toMatchObject({ state: 'dead', attempts: 25, lastError: 'unknown_type' });
    expect(world.now()).toBe(t0 + day);
  });

  it.each(['constructor', '__proto__', 'toString'])('never finds a handler called %s', async (type) => {
    const world = createWorld();
    world.tell({ type });
    await world.delivery.runDue();
    expect(world.rows[0]).toMatchObject({ state: 'waiting', lastError: 'unknown_type' });
  });
});
