import { describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../src/domain/durations.ts';
import type { Store } from '../../src/ports/store.ts';
import { engines } from '../support/databases.ts';
import { careWorld } from './support/care-world.ts';

const sqlite = engines.filter(({ name }) => name === 'SQLite');

describe.each(engines)(
  'numbers that wait for their turn to have a code asked for, on $name',
  ({ create }) => {
    const world = careWorld(create);
    const numbered = <T>(count: number, make: (n: number) => T) =>
      Array.from({ length: count }, (_, n) => make(n + 1));

    it('are nothing to tell the host of, as long as it comes soon', async () => {
      const { store, care } = await world.node({ texts: true });
      world.meta = (id) =>
        store
          .keepNumber({ number: world.verified(Number(id) - 1_000_000, 90), now: world.now })
          .then(() => undefined);
      await world.mirror(store, [
        ...numbered(30, (n) => world.verified(n, 13.5)),
        ...numbered(30, (n) => world.verified(100 + n, -1)),
      ]);
      const until = world.now + hour;
      for (; world.now < until; world.now += 10 * minute) await care();
      expect(new Set(world.asked).size).toBe(60);
      expect(await world.told(store)).toEqual([]);
    });

    it('are told of after a day, when the turn never comes, and at once when their own code came to nothing', async () => {
      const { store, care } = await world.node({
        texts: true,
        store: { takeTurn: ({ name, slot }) => Promise.resolve(name !== 'ask for a code' || slot < 0) },
      });
      const { care: asks } = await world.node({ texts: true });
      await world.mirror(store, [world.verified(1, 13)]);
      await asks();
      await world.mirror(store, [
        world.verified(1, 13),
        world.verified(2, 13),
        world.added(3),
        world.verified(4, 1),
      ]);
      world.now += 15 * minute;
      await care();
      expect(await world.told(store)).toEqual(['numberExpiring 1000001 14 13']);
      const told: string[] = [];
      const start = world.now;
      for (; world.now < start + 2 * day; world.now += hour) {
        await care();
        for (const line of await world.told(store)) told.push(`${(world.now - start) / hour}: ${line}`);
      }
      expect(told).toEqual(['24: numberExpiring 1000002 14 12', '24: numberExpiring 1000004 0 0']);
    });

    it('come to it by need: what lapses soonest, and then what nobody can be given anyway', async () => {
      const { store, care } = await world.node({ texts: true });
      await world.mirror(store, [
        ...numbered(40, (n) => world.added(n)),
        ...numbered(20, (n) => world.verified(100 + n, 40 - n)),
      ]);
      await care();
      expect(world.asked.length).toBe(16);
      // The eight soonest, and others among which there is no strict order: eight are looked at at once.
      expect(world.asked).toEqual(expect.arrayContaining(numbered(8, (n) => String(1_000_112 + n))));
      world.now += 10 * minute;
      await care();
      expect(world.asked.slice(0, 20).sort()).toEqual(numbered(20, (n) => String(1_000_100 + n)));
      expect(world.asked.length).toBe(32);
    });
  },
);

describe.each(sqlite)('a pool that is large for its codes, on $name', ({ create }) => {
  const world = careWorld(create);
  /** Two codes in ten minutes: so the first codes of all take longer than a day, after which the second ones are due. */
  const node = async () => {
    const { store } = await world.node();
    const few: Store['takeTurn'] = (turn) =>
      turn.slot % 8 === 0 ? store.takeTurn(turn) : Promise.resolve(false);
    return world.node({ texts: true, store: { takeTurn: few } });
  };
  const many = 330;
  const soon = () => world.verified(9_000, 20 / 24);
  /** New numbers, and last of all one that is about to lapse. */
  const pool = () => [...Array.from({ length: many }, (_, n) => world.added(n + 1)), soon()];

  it('has the code of a number that lapses asked for before those of all new ones', async () => {
    const { store, care } = await node();
    await world.mirror(store, pool());
    const until = world.now + 10 * minute;
    for (; world.now <= until; world.now += minute) await care();
    expect(world.asked).toContain(soon().id);
  });

  it('has the code of each number asked for once before any is asked for in vain again', async () => {
    const { store, care } = await node();
    await world.mirror(store, pool());
    const start = world.now;
    for (; world.now < start + 1.5 * day && new Set(world.asked).size <= many; world.now += 10 * minute)
      await care();
    expect(new Set(world.asked).size).toBe(many + 1);
    const again = world.asked.filter((id, index) => world.asked.indexOf(id) < index && id !== soon().id);
    expect(again.length).toBeLessThanOrEqual(2);
  });
});
